"""Attacks on what can be fetched: documents of others, and what the server itself is made of."""

from tests.asking import ask
from tests.people import sign_in
from tests.permissions.attacks import attack
from tests.permissions.attacks.requests import as_, get

STRANGERS = ("stranger", "former", "suspended", "other_brand", "other_staff")


def anybody_gets(server, world, path, people=STRANGERS) -> bool:
    """Say whether somebody gets a document, or learns that there is one."""
    assert get(server, path, headers=as_(world, "owner")).content.startswith(b"%PDF")
    made_up = path.rpartition("/")[0].replace(world.account, "x" * 36) + "/2026-10-31"
    for who in people:
        answer = get(server, path, headers=as_(world, who))
        other = get(server, made_up, headers=as_(world, who))
        expected = 303 if who == "suspended" else 404
        if answer.status_code != expected or answer.content != other.content:
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
    for folder in ("contracts", "invoices", f"statements/{world.account}"):
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
