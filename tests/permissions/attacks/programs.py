"""Attacks by files: pages and programs in the place of a photo, and more than was asked for."""

import json
import socket

from portal_app import models as m
from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.integrations.disk_store import DiskStore
from portal_app.services import uploads
from tests import factories as f
from tests import files
from tests.asking import ask
from tests.people import database_at, sign_in
from tests.permissions.attacks import attack
from tests.services.uploads.conftest import Nobody

SCRIPT = b"<script>alert(document.domain)</script>"
PAGE = b"<!doctype html><title>x</title>" + SCRIPT
PROGRAM = b"#!/usr/bin/env python3\nimport os; os.system('id')\n"
SECOND_IS_LESS = 26_000_000  # than the largest file that is taken, 25 MB
State = m.UploadState


class Sender:
    """A customer's browser with a request of their own, in a session of its own."""

    def __init__(self, server, world):
        self.server, self.world, self.number = server, world, world.request()
        cookie = sign_in(world.url, world.people["owner"].user_id).cookie
        self.headers = {"origin": server.address, "Cookie": f"__Host-portal={cookie}"}

    def post(self, path, **sent):
        return ask(self.server, "POST", path, headers=self.headers, **sent)

    def begin(self, content, **asked):
        wanted = {
            "purpose": "rental_request_photo", "owner": self.number, "name": "lift.jpg",
            "type": files.JPEG, "size": len(content), "sha256": files.fingerprint(content),
            "key": clock.now().isoformat(),
        } | asked  # fmt: skip
        return self.post("/uploads", content=json.dumps(wanted))

    def land(self, form, content):
        kind = form["fields"]["Content-Type"]
        file = {"file": ("blob", content, kind)}
        return self.post(form["url"], data=form["fields"], files=file)

    def send(self, content):
        """Send a content as the photo that it says it is; return the upload's id."""
        begun = self.begin(content).json()
        assert self.land(begun["form"], content).status_code == 204
        assert self.post(f"/uploads/{begun['document']}/arrived").json() == {"state": "received"}
        return begun["document"]

    def get(self, document):
        return ask(self.server, "GET", f"/files/documents/{document}", headers=self.headers)

    def check(self, document):
        """Have the file looked at as the portal's own job does; return what became of it."""
        store = DiskStore(self.server.documents, secret="none is signed here", now=clock.now)
        with database_at(self.world.url):
            uploads.check(Actor.system("x"), document=document, store=store, scanner=Nobody())
            return f.fetch(m.Document, id=document).state

    def lying(self, folder):
        place = self.server.documents / folder
        return {path for path in place.rglob("*") if path.is_file()} if place.exists() else set()


@attack("5.3.1")
def a_page_or_a_program_by_its_own_name(server, world):
    sender = Sender(server, world)
    names = ("x.html", "x.py", "x.svg", "x.php", "x.jpg.html", "x.js", ".htaccess", "x.jpg\0.html")
    kinds = ("text/html", "text/x-python", "image/svg+xml", files.JPEG)
    answers = [
        sender.begin(PAGE, name=name, type=kind)
        for name, kind in zip(names * 2, kinds * 4, strict=True)
    ]
    return any(answer.status_code != 422 for answer in answers)


@attack("5.3.1")
def a_page_or_a_program_as_a_photo(server, world):
    """It lands, for nobody looks at it on its way; from there nothing leads to it."""
    sender = Sender(server, world)
    for content in (PAGE, PROGRAM):
        before = sender.lying("landing")
        document = sender.send(content)
        (landed,) = sender.lying("landing") - before
        place = landed.relative_to(server.documents)
        answers = [
            ask(server, "GET", path, headers=sender.headers)
            for path in (f"/uploads/{place}", f"/{place}", f"/documents/{place}", f"/files/{place}")
        ]
        if landed.stat().st_mode & 0o111 or any(one.status_code < 400 for one in answers):
            return True
        if sender.get(document).status_code == 200 or sender.check(document) is not State.REJECTED:
            return True
        if sender.get(document).status_code == 200:
            return True
    return False


@attack("5.3.1")
def a_page_inside_of_a_photo(server, world):
    """What is both comes back as a photo alone, and as a file that no browser shows."""
    sender = Sender(server, world)
    document = sender.send(files.picture() + PAGE)
    assert sender.check(document) is State.IMPORTED
    # The attack's own store seals with the key that the portal under test has as well.
    answer = sender.get(document)
    assert answer.status_code == 200
    is_harmless = (
        answer.headers["content-type"] == files.JPEG
        and answer.headers["content-disposition"].startswith("attachment")
        and answer.headers["x-content-type-options"] == "nosniff"
        and "sandbox" in answer.headers["content-security-policy"]
    )
    return SCRIPT in answer.content or not is_harmless


@attack("5.2.1")
def more_than_the_largest_file(server, world):
    answer = Sender(server, world).begin(b"x", size=SECOND_IS_LESS)
    return answer.status_code != 422 or "larger than 25 MB" not in answer.text


@attack("5.2.1")
def more_than_was_asked_for(server, world):
    """A place for one photo takes neither a byte nor nine megabytes more."""
    sender, content = Sender(server, world), files.picture()
    form = sender.begin(content).json()["form"]
    before = sender.lying("landing")
    answers = [sender.land(form, content + b"x" * more) for more in (1, 9_000_000)]
    return sender.lying("landing") != before or any(one.status_code != 404 for one in answers)


@attack("5.2.1")
def a_file_that_never_ends(server, world):
    """No length is said, and it goes on: the portal hangs up long before it is all there."""
    sender = Sender(server, world)
    before = sum(path.stat().st_size for path in sender.lying("."))
    cookie = sender.headers["Cookie"]
    head = (
        f"POST /uploads/landing HTTP/1.1\r\nHost: localhost:{server.port}\r\n"
        f"Origin: {server.address}\r\nCookie: {cookie}\r\nTransfer-Encoding: chunked\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n"
    )
    opening = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    piece, most, sent = b"x" * 65_536, 200_000_000, 0
    with socket.create_connection(("127.0.0.1", server.port), 20) as line:
        line.sendall(head.encode() + b"%x\r\n%s\r\n" % (len(opening), opening))
        try:
            while sent < most:
                line.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))
                sent += len(piece)
        except OSError:
            pass
    after = sum(path.stat().st_size for path in sender.lying("."))
    return sent >= most or after != before


@attack("5.2.1")
def more_than_was_said_put_where_it_lands(server, world):
    """As into a store elsewhere that let it in: the portal asks the store how much is there."""
    sender, content = Sender(server, world), files.picture()
    begun = sender.begin(content).json()
    with database_at(world.url):
        way = f.fetch(m.UploadSession, document_id=begun["document"])
    DiskStore(server.documents, secret="x" * 32, now=clock.now).write(
        way.landing_key, [content, b"x" * 9_000_000]
    )
    told = sender.post(f"/uploads/{begun['document']}/arrived").json()
    return told != {"state": "rejected"} or sender.get(begun["document"]).status_code == 200
