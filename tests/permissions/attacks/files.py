"""Attacks on what can be fetched: documents of others, and what the server itself is made of."""

from portal_app.models import Document
from portal_app.models import UploadState as State
from tests import factories as f
from tests.asking import ask, said
from tests.people import database_at, sign_in
from tests.permissions.attacks import attack
from tests.permissions.attacks.requests import as_, get
from tests.permissions.kept import kept_file, waiting_file

STRANGERS = ("stranger", "former", "suspended", "other_brand", "other_staff")


def anybody_gets(server, world, path, people=STRANGERS) -> bool:
    """Say whether somebody gets a document, or learns that there is one."""
    assert get(server, path, headers=as_(world, "owner")).content.startswith(b"%PDF")
    made_up = path.rpartition("/")[0].replace(world.account, "x" * 36) + "/2026-10-31"
    for who in people:
        answer = get(server, path, headers=as_(world, who))
        other = get(server, made_up, headers=as_(world, who))
        expected = 303 if who == "suspended" else 404
        if answer.status_code != expected or said(answer) != said(other):
            return True
    return get(server, path).status_code != 303


@attack("8.2.2", "8.4.1")
def somebody_elses_contract_as_a_pdf(server, world):
    return anybody_gets(server, world, f"/files/contracts/{world.contract}")


@attack("8.2.2", "8.4.1")
def somebody_elses_invoice_as_a_pdf(server, world):
    return anybody_gets(server, world, f"/files/invoices/{world.invoice}")


@attack("8.2.2", "8.4.1")
def somebody_elses_statement_as_a_pdf(server, world):
    return anybody_gets(server, world, f"/files/statements/{world.account}/2026-10-31")


@attack("8.2.2", "8.4.1")
def somebody_elses_photo(server, world):
    path = f"/files/documents/{kept_file(server, world)}"
    assert get(server, path, headers=as_(world, "owner")).status_code == 200
    for who in ("stranger", "former", "other_brand", "other_staff"):
        answer = get(server, path, headers=as_(world, who))
        made_up = get(server, f"/files/documents/{'x' * 36}", headers=as_(world, who))
        if answer.status_code != 404 or said(answer) != said(made_up):
            return True
    return get(server, path).status_code == 200


@attack("5.4.3", "8.2.2")
def a_photo_before_it_has_been_checked(server, world):
    path = f"/files/documents/{waiting_file(world)}"
    people = ("owner", "agent", "admin", "stranger", "suspended")
    return any(get(server, path, headers=as_(world, who)).status_code == 200 for who in people)


@attack("8.2.2")
def going_on_with_somebody_elses_upload(server, world):
    """Also colleagues on the same account, and staff, have nothing to do with it."""
    document = waiting_file(world, State.REQUESTED)
    for who in ("authorised", "stranger", "other_brand", "agent", "admin"):
        ours = {"origin": server.address} | as_(world, who)
        for step in ("parts", "arrived", "cancel"):
            answer = ask(server, "POST", f"/uploads/{document}/{step}", headers=ours, content=b"{}")
            if answer.status_code != 404:
                return True
    with database_at(world.url):
        return f.fetch(Document, id=document).state is not State.REQUESTED


@attack("5.2.2", "15.2.3")
def a_file_where_only_signed_ones_land(server, world):
    ours = {"origin": server.address} | as_(world, "owner")
    fields = {"key": "landing/00000000-0000-4000-8000-000000000000", "Content-Type": "text/html"}
    policy = {"policy": "e30=", "signature": "0" * 64}
    file = {"file": ("x.html", b"<script>", "text/html")}
    answers = [
        ask(server, "POST", "/uploads/landing", headers=ours, data=fields | policy, files=file),
        ask(server, "POST", "/uploads/landing", headers=ours, files=file),
        ask(server, "PUT", "/uploads/landing/e30=.00", headers=ours, content=b"<script>"),
        ask(server, "PUT", "/uploads/landing/..%2f..%2fx", headers=ours, content=b"<script>"),
    ]
    landed = [path for path in server.documents.glob("landing/*") if path.is_file()]
    return bool(landed) or any(answer.status_code < 400 for answer in answers)


@attack("8.2.2")
def a_document_of_the_account_that_was_switched_off(server, world):
    path = f"/files/contracts/{world.dormant_contract}"
    assert get(server, path, headers=as_(world, "agent")).status_code == 200
    return get(server, path, headers=as_(world, "suspended")).status_code == 200


@attack("8.2.1")
def the_refusals_of_an_import_for_those_who_may_not_import(server, world):
    path = f"/files/imports/{world.run}/refusals.csv"
    assert get(server, path, headers=as_(world, "manager")).status_code == 200
    people = ("owner", "agent", "other_staff", "other_brand", "suspended")
    return any(get(server, path, headers=as_(world, who)).status_code == 200 for who in people)


@attack("1.1.1", "1.2.4", "8.2.2")
def documents_by_senseless_names(server, world):
    names = (
        "../../etc/passwd", "%2e%2e%2f", "..%2f..%2fetc%2fpasswd", "%252e%252e%252f",
        "' OR 1=1 --", "%00", f"{world.contract}%00", f"{world.contract}%20", "a" * 3000,
        world.contract.upper(), f"{world.contract[:-1]}%25", "%", "*", "{{7*7}}", "%ff%fe",
    )  # fmt: skip
    for folder in ("contracts", "documents", "invoices", f"statements/{world.account}"):
        # Each in a session of its own: one may ask for only so many documents in a minute.
        cookie = sign_in(world.url, world.people["stranger"].user_id).cookie
        for name in names:
            headers = {"cookie": f"__Host-portal={cookie}"}
            answer = get(server, f"/files/{folder}/{name}", headers=headers)
            if answer.status_code not in {400, 404, 414}:
                return True
    return False


def any_is_there(server, world, *paths) -> bool:
    return any(
        get(server, path, headers=headers).status_code not in {404, 405, 303, 400}
        for path in paths
        for headers in ({}, as_(world, "owner"), as_(world, "admin"))
    )


@attack("13.4.1")
def the_history_of_the_source(server, world):
    return any_is_there(
        server, world, "/.git", "/.git/", "/.git/config", "/.git/HEAD", "/.gitignore", "/.svn/",
        "/assets/.git/config", "/.github/", "/%2egit/config", "/assets/..%2f.git%2fconfig",
    )  # fmt: skip


@attack("13.4.3")
def the_listing_of_a_folder(server, world):
    folders = ("/assets/", "/assets", "/fonts/", "/files/", "/files/contracts/", "/.states/",
               "/staff/settings/", "/auth/", "/external/", "/var/")  # fmt: skip
    return any_is_there(server, world, *folders)


@attack("13.4.5", "13.4.2")
def what_tells_how_the_portal_is_doing_or_built(server, world):
    return any_is_there(
        server, world, "/_all_routes", "/openapi.json", "/docs", "/redoc", "/metrics", "/_health",
        "/ping", "/debug", "/server-status", "/auth-codespace", "/csp.json", "/stamp",
        "/build/csp.json", "/assets/..%2fcsp.json", "/__spa-fallback.html", "/404.html",
        "/sign-in.html", "/.web/", "/reflex.json", "/vite.config.js", "/package.json",
    )  # fmt: skip


@attack("15.2.3", "3.2.1")
def a_place_to_put_files(server, world):
    """Reflex offers uploads that anybody can fetch again; here there must be none of that."""
    ours = {"origin": server.address} | as_(world, "owner")
    files = {"files": ("x.html", b"<script>alert(1)</script>", "text/html")}
    answers = [
        ask(server, "POST", path, headers=ours, files=files)
        for path in ("/_upload", "/_upload/", "/upload", "/files/contracts/x", "/assets/x.html")
    ]
    put = ask(server, "PUT", "/assets/x.html", headers=ours, content=b"<script>")
    there = any_is_there(server, world, "/_upload/x.html", "/uploaded_files/x.html")
    return there or any(answer.status_code < 400 for answer in (*answers, put))


@attack("13.3.1", "13.2.5")
def files_of_the_server(server, world):
    return any_is_there(
        server, world, "/.env", "/requirements.txt", "/rxconfig.py", "/alembic.ini",
        "/var/portal.db", "/portal.db", "/portal_app/portal_app.py", "/demo/people.csv",
        "/../../etc/passwd", "/..%2f..%2fetc%2fpasswd", "/assets/..%2f..%2f..%2fetc%2fpasswd",
        "/fonts/....//....//etc/passwd", "/%c0%ae%c0%ae/etc/passwd", "/.web/build/csp.json",
    )  # fmt: skip
