"""Attacks by plain requests: from other sites, past the pages, against the parser of HTTP."""

import json
import socket
import time

import httpx
from sqlmodel import Session, col, select

from portal_app import models as m
from portal_app.core.actor import Access
from portal_app.routes import ROUTES
from portal_app.web.endpoints import ENDPOINTS
from portal_app.web.gate import SIGNED
from tests.asking import ask
from tests.holdings import holdings
from tests.people import database_at
from tests.permissions.attacks import attack
from tests.tab import Tab

EVERYTHING: frozenset[str] = frozenset({"change_signal", "job_schedule"})
REFUSED = m.Action.SESSION_REFUSED.value
# Where a signature stands in the place of an origin: attacks/hooks.py.
POSTS = sorted(
    route.path for route in ENDPOINTS if "POST" in route.methods and route.path not in SIGNED
)


def get(server, path, **options):
    return ask(server, "GET", path, **options)


def as_(world, who):
    return {"Cookie": f"__Host-portal={world.people[who].cookie}"}


def post(server, path, headers, **options):
    return ask(server, "POST", path, headers=headers, **options)


def gets_through(server, world, headers, **options) -> bool:
    """Send every form there is with these headers, as somebody who may; say whether one worked."""
    before = holdings(world.url, but=EVERYTHING)
    answers = [post(server, path, as_(world, "owner") | headers, **options) for path in POSTS]
    changed = holdings(world.url, but=EVERYTHING) != before
    return changed or any(answer.status_code != 403 for answer in answers)


@attack("3.5.1")
def forms_posted_from_another_site(server, world):
    return gets_through(server, world, {"origin": "https://evil.example"})


@attack("3.5.1")
def forms_posted_from_a_sandboxed_frame(server, world):
    return gets_through(server, world, {"origin": "null"})


@attack("3.5.1")
def forms_posted_without_an_origin(server, world):
    return gets_through(server, world, {"referer": f"{server.address}/security"})


@attack("3.5.1")
def forms_whose_fetch_metadata_says_cross_site(server, world):
    origin = {"origin": server.address}
    return any(
        gets_through(server, world, origin | {"sec-fetch-site": site})
        for site in ("cross-site", "same-site")
    )


@attack("3.5.2")
def requests_that_need_no_preflight(server, world):
    """What a page elsewhere may send without asking first: plain text, plain forms."""
    kinds = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")
    return any(
        gets_through(
            server, world, {"origin": "https://evil.example", "content-type": kind}, content="a=b"
        )
        for kind in kinds
    )


@attack("3.5.1")
def one_method_in_the_clothes_of_another(server, world):
    before = holdings(world.url, but=EVERYTHING)
    for name in ("X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"):
        get(server, "/auth/sign-out-everywhere", headers=as_(world, "owner") | {name: "POST"})
        get(server, "/auth/sign-out?_method=POST", headers=as_(world, "owner"))
    return holdings(world.url, but=EVERYTHING) != before


@attack("3.5.3")
def changing_something_by_looking_at_it(server, world):
    """Open and ask about every address twice; what a PDF notes of its reader is no change."""
    known = {"number": world.contract_number, "line_id": world.line, "run": world.run,
             "date": "2026-10-31", "token": "x" * 43}  # fmt: skip
    pages = [route.path for route in ROUTES]
    for name, value in known.items():
        pages = [path.replace(f"[{name}]", value) for path in pages]
    before = holdings(world.url)
    for path in (*pages, *(p for p in POSTS), "/branding.css", "/healthz"):
        for method in ("GET", "HEAD", "OPTIONS"):
            for who in ("owner", "admin"):
                ask(server, method, f"{path}?key=1&state=declined", headers=as_(world, who))
    return holdings(world.url) != before


@attack("3.4.2")
def asking_leave_for_another_site(server, world):
    evil = {"origin": "https://evil.example", "access-control-request-method": "POST",
            "access-control-request-headers": "x-portal"}  # fmt: skip
    paths = ("/", "/auth/stay", "/branding.css", "/_event/", f"/files/contracts/{world.contract}")
    answers = [
        ask(server, method, path, headers=evil | as_(world, "owner"))
        for path in paths
        for method in ("OPTIONS", "GET", "HEAD")
    ]
    allowed = [answer.headers.get("access-control-allow-origin", "") for answer in answers]
    return any(origin == "*" or "evil" in origin for origin in allowed)


def is_open(answer) -> bool:
    return answer.status_code == 200


@attack("8.2.1")
def pages_of_staff_opened_by_a_customer(server, world):
    pages = [route.path for route in ROUTES if route.path.startswith("/staff")]
    return any(is_open(get(server, path, headers=as_(world, "owner"))) for path in pages)


@attack("8.2.1")
def pages_of_managers_and_admins_opened_by_an_agent(server, world):
    above = (Access.MANAGER, Access.ADMIN)
    pages = [route.path for route in ROUTES if route.access in above]
    assert len(pages) > 5
    return any(is_open(get(server, path, headers=as_(world, "agent"))) for path in pages)


@attack("8.2.1")
def pages_opened_by_nobody(server, world):
    pages = [route.path for route in ROUTES if route.access is not Access.PUBLIC]
    return any(is_open(get(server, path)) for path in pages)


@attack("8.2.1", "1.1.1")
def a_page_under_another_spelling_of_its_address(server, world):
    spellings = (
        "/staff/outbox/index.html", "/staff%2Foutbox", "//staff/outbox", "/STAFF/OUTBOX",
        "/staff/./outbox", "/staff/x/../outbox", "/staff;/outbox", "/staff/outbox%00",
        "/staff/outbox%20", "/%73taff/outbox", "/staff%252foutbox", "/staff\\outbox",
        "/staff/outbox/.", "/index.html", "/404.html/../staff/outbox", "/staff/outbox?x=/sign-in",
        "/staff/outbox.html", "/sign-in/../staff/outbox", "/_event/../staff/outbox",
        "/assets/../staff/outbox", "/assets/..%2fstaff%2foutbox",
    )  # fmt: skip
    return any(
        (answer := raw(server, path)).status_code in {200, 307} or "Outbox" in answer.text
        for path in spellings
    )


def raw(server, path):
    """Ask for exactly this path: a client that tidies it up would spoil the attempt."""
    with socket.create_connection(("127.0.0.1", server.port), 5) as line:
        ask = f"GET {path} HTTP/1.1\r\nHost: localhost:{server.port}\r\nConnection: close\r\n\r\n"
        line.sendall(ask.encode())
        answer = _everything_from(line)
    head, _, body = answer.partition(b"\r\n\r\n")
    status = int(head.split()[1]) if head else 400
    return httpx.Response(status, content=body)


def _everything_from(line) -> bytes:
    line.settimeout(3)
    answers = b""
    try:
        while part := line.recv(65536):
            answers += part
    except TimeoutError:
        pass
    return answers


@attack("3.7.2")
def a_way_out_through_next(server, world):
    targets = ("//evil.example", "https://evil.example", "/\\evil.example", "/%0d%0aLocation:x",
               "https:evil.example", "\t//evil.example", "///evil.example")  # fmt: skip
    for target in targets:
        for path in ("/sign-in", "/contracts", "/choose-account"):
            for headers in ({}, as_(world, "owner"), as_(world, "agent")):
                answer = get(server, path, params={"next": target}, headers=headers)
                location = answer.headers.get("location", "/")
                if not location.startswith("/") or location.startswith(("//", "/\\")):
                    return True
    return False


@attack("3.7.2")
def a_way_out_through_the_path(server, world):
    paths = ("//evil.example", "//evil.example/..", "/\\evil.example", "//evil.example/contracts")
    for path in paths:
        with socket.create_connection(("127.0.0.1", server.port), 5) as line:
            ask = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            line.sendall(ask.encode())
            head = _everything_from(line).partition(b"\r\n\r\n")[0].lower()
        if b"location: //" in head or b"location: http" in head:
            return True
    return False


@attack("1.2.1")
def an_answer_split_in_two_by_a_line_end(server, world):
    split = "%0d%0aSet-Cookie:%20hacked=1%0d%0a%0d%0a<script>"
    paths = (
        f"/contracts/{split}",
        f"/contracts?x={split}",
        f"/{split}",
        f"/files/invoices/{split}",
    )
    return any("hacked" in str(raw_head(server, path)) for path in paths)


def raw_head(server, path) -> bytes:
    with socket.create_connection(("127.0.0.1", server.port), 5) as line:
        ask = f"GET {path} HTTP/1.1\r\nHost: localhost:{server.port}\r\nConnection: close\r\n\r\n"
        line.sendall(ask.encode())
        head = _everything_from(line).partition(b"\r\n\r\n")[0]
    return b"\n".join(one for one in head.split(b"\r\n") if not one.startswith(b"location"))


@attack("1.2.3", "1.2.1")
def another_brands_face_by_a_forged_host(server, world):
    answer = get(server, "/branding.css", headers={"host": 'x"}body{display:none}/*'})
    return "display:none}" in answer.text


@attack("7.2.1")
def one_cookie_tossed_over_another(server, world):
    """A neighbouring site can set a cookie, but not one of this name for this host."""
    cookie = world.people["stranger"].cookie
    for header in (
        f"__Host-portal=forged; __Host-portal={cookie}", f"portal={cookie}",
        f"__Secure-portal={cookie}", f"__host-portal={cookie}", f"__Host-portal2={cookie}",
    ):  # fmt: skip
        if is_open(get(server, "/security", headers={"Cookie": header})):
            return True
    return False


@attack("4.1.3", "15.3.4")
def an_address_forged_by_a_header(server, world):
    """Nobody stands in front of this portal: what a caller says of its address counts nowhere."""
    forged = {"X-Forwarded-For": "10.9.8.7", "Forwarded": "for=10.9.8.7", "X-Real-IP": "10.9.8.7",
              "X-Portal-User": "admin", "X-Forwarded-Host": "evil.example",
              "X-Original-URL": "/staff", "X-Rewrite-URL": "/staff/outbox"}  # fmt: skip
    origin = {"origin": server.address}
    answers = [
        post(
            server,
            "/auth/sign-in",
            headers=forged | origin | {"X-Forwarded-For": f"10.9.{n}.7"},
            data={"identifier": f"+1813559{n:04}", "password": "wrong words entirely"},
        )
        for n in range(31)
    ]
    assert answers[0].status_code == 303
    return "10.9." in refusals(world) or not told_to_wait(world)


def refusals(world) -> str:
    """What the trail says of refused sign-ins, addresses included."""
    with database_at(world.url) as engine, Session(engine) as session:
        trail = session.exec(select(m.AuditEvent).where(m.AuditEvent.action == REFUSED)).all()
        return json.dumps([[row.ip, row.detail] for row in trail])


def told_to_wait(world) -> bool:
    """Say whether the last form was answered that there were too many."""
    with database_at(world.url) as engine, Session(engine) as session:
        newest = select(m.PortalSession).order_by(col(m.PortalSession.id).desc())
        return "several times" in json.dumps(session.exec(newest.limit(1)).one().notes)


def smuggled(server, *lines) -> bool:
    """Send one request with two readings; say whether its second half was answered."""
    text = "\r\n".join(("POST /healthz HTTP/1.1", f"Host: localhost:{server.port}", *lines))
    hidden = "\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port), 5) as line:
        line.sendall((text + hidden).encode())
        answers = _everything_from(line)
    return answers.count(b"HTTP/1.1 ") > 1 and b" 404" in answers


@attack("4.2.1")
def two_lengths_for_one_request(server, world):
    chunked = "Transfer-Encoding: chunked"
    return any(
        smuggled(server, *lines)
        for lines in (
            ("Content-Length: 4", chunked),
            (chunked, "Content-Length: 4"),
            ("Content-Length: 4", "Content-Length: 60"),
            ("Content-Length: 4", "Transfer-Encoding: xchunked"),
            ("Content-Length: 4", "Transfer-Encoding:\tchunked"),
        )
    )


@attack("13.4.4")
def having_a_request_read_back(server, world):
    answers = [
        ask(server, method, path, headers=as_(world, "owner"))
        for method in ("TRACE", "TRACK", "CONNECT", "DEBUG", "PROPFIND")
        for path in ("/", "/auth/stay", "/files/contracts/x")
    ]
    cookie = world.people["owner"].cookie
    return any(answer.status_code < 400 or cookie in answer.text for answer in answers)


@attack("16.4.1")
def a_line_of_the_log_that_somebody_else_wrote(server, world):
    forged = '\n{"event": "forged", "level": "info"}\r\n\x1b[2J'
    name = 'forged\\n{\\"event\\": \\"forged\\"}'
    with Tab(server, cookie=world.people["owner"].cookie) as tab:
        tab.open("/help")
        tab.send(f"audit_state.load{forged}", {"a": forged})
        tab.send(name, {})
    get(server, "/staff/outbox%0a%7b%22event%22:%22forged%22%7d", headers=as_(world, "owner"))
    post(server, "/auth/sign-out", {"origin": "https://evil.example/{forged}"})
    return any(
        line.lstrip().startswith(('{"event": "forged"', "forged")) or "\x1b" in line
        for line in server.logged().splitlines()
    )


@attack()
def thousands_of_pieces_of_one_file(server, world):
    """What Starlette once answered in a time that grew with the square of their number."""
    pieces = ",".join(f"{n}-{n}" for n in range(6_000))
    begun = time.monotonic()
    get(server, "/portal.css", headers={"range": f"bytes={pieces}"})
    return time.monotonic() - begun > 5
