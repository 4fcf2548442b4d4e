"""What an attacker with a socket library tries. Each returns whether it succeeded."""

import json
import secrets
import socket
from collections.abc import Callable

import httpx
from websockets.exceptions import ConnectionClosed, InvalidStatus

from portal_app.core.secrets import fingerprint
from portal_app.models import PortalSession
from portal_app.services import identity
from portal_app.services.transaction import transaction
from tests.people import database_at
from tests.permissions.world import World
from tests.portal_server import PortalServer
from tests.tab import Tab

Attack = Callable[[PortalServer, World], bool]
ATTACKS: list[Attack] = []
NAME = "Rosa"  # the given name of everybody in the world: seeing it unasked is a leak


def attack(function: Attack) -> Attack:
    ATTACKS.append(function)
    return function


def get(server, path, **options):
    return httpx.get(f"{server.address}{path}", follow_redirects=False, **options)


def as_(world, who):
    return {"Cookie": f"__Host-portal={world.people[who].cookie}"}


def opens(server, **options) -> bool:
    try:
        with Tab(server, **options):
            return True
    except (InvalidStatus, ConnectionClosed):
        return False


def sees_a_name(frames) -> bool:
    return NAME in json.dumps(frames)


@attack
def a_socket_from_another_site(server, world):
    return opens(server, origin="https://evil.example", cookie=world.people["owner"].cookie)


@attack
def a_socket_from_a_lookalike_site(server, world):
    return opens(server, origin=f"{server.address}.evil.example")


@attack
def a_socket_from_a_sandboxed_frame(server, world):
    return opens(server, origin="null", cookie=world.people["owner"].cookie)


@attack
def a_socket_without_an_origin(server, world):
    return opens(server, origin=None, cookie=world.people["owner"].cookie)


@attack
def a_stolen_tab_token_without_its_cookie(server, world):
    with Tab(server, cookie=world.people["owner"].cookie) as tab:
        tab.open("/help")
        token = tab.token
    with Tab(server, token=token) as thief:
        return sees_a_name(thief.open("/help"))


@attack
def a_stolen_tab_token_with_somebody_elses_cookie(server, world):
    with Tab(server, cookie=world.people["admin"].cookie) as tab:
        tab.open("/staff/gallery")
        with Tab(server, token=tab.token, cookie=world.people["stranger"].cookie) as thief:
            return "Dana Okafor" in json.dumps(thief.open("/staff/gallery"))


@attack
def the_reference_of_a_session_in_place_of_its_cookie(server, world):
    reference = fingerprint(world.people["owner"].cookie)
    options = {"cookie": f"x; ref={reference}"}
    with Tab(server, **options) as tab:
        return sees_a_name(tab.open("/help"))


@attack
def a_cookie_with_one_letter_changed(server, world):
    cookie = world.people["owner"].cookie
    forged = cookie[:-1] + ("A" if cookie[-1] != "A" else "B")
    with Tab(server, cookie=forged) as tab:
        return sees_a_name(tab.open("/help"))


@attack
def the_fingerprint_of_a_token_as_the_token(server, world):
    with Tab(server, cookie=fingerprint(world.people["owner"].cookie)) as tab:
        return sees_a_name(tab.open("/help"))


@attack
def a_session_that_was_ended(server, world):
    from tests.people import sign_in

    person = sign_in(server.database, world.people["stranger"].user_id)
    with Tab(server, cookie=person.cookie) as tab:
        if not sees_a_name(tab.open("/help")):
            return True  # the attack cannot be tried: count it as one that got through
        with database_at(server.database), transaction(world_actor(world)) as tx:
            identity.end_session(tx, tx.session.get_one(PortalSession, person.session_id), "x")
        try:
            cut_off = "41" in tab.wait_for("41", 6)
        except (ConnectionClosed, TimeoutError) as over:
            cut_off = isinstance(over, ConnectionClosed)
    with Tab(server, cookie=person.cookie) as again:
        return not cut_off or sees_a_name(again.open("/help"))


def world_actor(world):
    from portal_app.core.actor import Actor

    return Actor.system("attack")


@attack
def setting_a_variable_through_a_setter(server, world):
    name = "reflex___state____state.portal_app___state___base____portal_state.setvar"
    with Tab(server) as tab:
        tab.open("/sign-in")
        frames = tab.send(name, {"var_name": "notice", "value": {"title": "hacked"}})
        return "hacked" in json.dumps(frames)


@attack
def writing_variables_through_browser_storage(server, world):
    state = "reflex___state____state.reflex___state____update_vars_internal_state"
    target = "reflex___state____state.portal_app___state___shell____shell_state.shell"
    with Tab(server) as tab:
        tab.open("/sign-in")
        forged = {"vars": {target: {"is_admin": True, "name": "hacked"}}}
        tab.send(f"{state}.update_vars_internal", forged)
        return "hacked" in json.dumps(tab.open("/sign-in"))


@attack
def calling_a_private_helper(server, world):
    base = "reflex___state____state.portal_app___state___base____portal_state"
    with Tab(server, cookie=world.people["stranger"].cookie) as tab:
        tab.open("/help")
        found = [tab.send(f"{base}.{name}", {}) for name in ("_ask", "_send", "_caller", "_go")]
        return any("delta" in frame for frames in found for frame in frames)


@attack
def calling_reflexs_own_base_handlers(server, world):
    with Tab(server) as tab:
        tab.open("/sign-in")
        return any(
            "delta" in frame
            for name in ("setvar", "reset", "dict", "get_state", "_clean")
            for frame in tab.send(f"reflex___state____state.{name}", {})
        )


@attack
def sending_arguments_that_a_handler_does_not_have(server, world):
    name = "reflex___state____state.portal_app___state___base____portal_state.say"
    with Tab(server) as tab:
        tab.open("/sign-in")
        frames = tab.send(name, {"text": "x", "tone": "good", "is_admin": True, "actor": "admin"})
        return "Traceback" in json.dumps(frames) or "TypeError" in json.dumps(frames)


@attack
def a_frame_larger_than_the_limit(server, world):
    with Tab(server) as tab:
        tab.open("/sign-in")
        try:
            tab.send("reflex___state____state.x", {"text": "A" * 80_000})
        except (ConnectionClosed, TimeoutError):
            return False
        return True


@attack
def frames_that_are_not_events(server, world):
    for frame in ("42/_event,[", '42/_event,["event",[]]', '42/_event,["event"]', "49", "42{}"):
        with Tab(server) as tab:
            tab.open("/sign-in")
            try:
                tab.raw(frame)
                tab.open("/sign-in")
            except (ConnectionClosed, TimeoutError):
                continue
    return get(server, "/healthz").status_code != 200


@attack
def a_form_posted_from_another_site(server, world):
    headers = {"origin": "https://evil.example", **as_(world, "owner")}
    answer = httpx.post(f"{server.address}/auth/sign-out-everywhere", headers=headers)
    return answer.status_code != 403


@attack
def a_form_posted_without_an_origin(server, world):
    answer = httpx.post(f"{server.address}/auth/sign-out", headers=as_(world, "owner"))
    return answer.status_code != 403


@attack
def a_form_whose_fetch_metadata_says_cross_site(server, world):
    headers = {"origin": server.address, "sec-fetch-site": "cross-site", **as_(world, "owner")}
    return httpx.post(f"{server.address}/auth/sign-out", headers=headers).status_code != 403


@attack
def pages_of_staff_opened_by_a_customer(server, world):
    answers = [
        get(server, path, headers=as_(world, "owner")).status_code
        for path in ("/staff", "/staff/outbox", "/staff/jobs", "/staff/settings/portal")
    ]
    return any(status == 200 for status in answers)


@attack
def pages_of_admins_opened_by_an_agent(server, world):
    paths = ("/staff/outbox", "/staff/imports", "/staff/settings/audit")
    return any(get(server, path, headers=as_(world, "agent")).status_code == 200 for path in paths)


@attack
def pages_opened_by_nobody(server, world):
    paths = ("/", "/contracts", f"/contracts/{world.contract_number}", "/staff", "/security")
    return any(get(server, path).status_code == 200 for path in paths)


@attack
def somebody_elses_contract_as_a_pdf(server, world):
    path = f"/files/contracts/{world.contract}"
    people = ("stranger", "former", "other_brand", "other_staff")
    return any(get(server, path, headers=as_(world, who)).status_code != 404 for who in people)


@attack
def somebody_elses_invoice_as_a_pdf(server, world):
    path = f"/files/invoices/{world.invoice}"
    return any(
        get(server, path, headers=as_(world, who)).status_code != 404
        for who in ("stranger", "former", "other_brand", "other_staff")
    )


@attack
def somebody_elses_statement_as_a_pdf(server, world):
    path = f"/files/statements/{world.account}/2026-10-31"
    return any(
        get(server, path, headers=as_(world, who)).status_code != 404
        for who in ("stranger", "former", "other_brand", "other_staff")
    )


@attack
def files_by_senseless_names(server, world):
    names = ("../../etc/passwd", "%2e%2e%2f", "' OR 1=1 --", b"\x00".hex(), "a" * 3000)
    return any(
        get(server, f"/files/contracts/{name}", headers=as_(world, "owner")).status_code
        not in {303, 400, 404, 414}
        for name in names
    )


@attack
def files_of_the_server(server, world):
    paths = (
        "/.git/config", "/.env", "/requirements.txt", "/rxconfig.py", "/var/portal.db",
        "/assets/..%2f..%2f..%2fetc%2fpasswd", "/_all_routes", "/openapi.json", "/docs",
        "/.states/", "/assets/", "/_upload",
    )  # fmt: skip
    return any(get(server, path).status_code == 200 for path in paths)


@attack
def a_way_out_through_next(server, world):
    targets = ("//evil.example", "https://evil.example", "/\\evil.example", "/%0d%0aLocation:x")
    for target in targets:
        answer = get(server, "/sign-in", params={"next": target}, headers=as_(world, "owner"))
        location = answer.headers.get("location", "/")
        if not location.startswith("/") or location.startswith(("//", "/\\")):
            return True
    return False


@attack
def an_address_forged_by_a_header(server, world):
    with Tab(server, cookie=world.people["owner"].cookie) as tab:
        frames = tab.open("/help")
    answer = get(server, "/healthz", headers={"x-forwarded-for": "10.9.8.7", "x-portal-user": "a"})
    return answer.status_code != 200 or "10.9.8.7" in json.dumps(frames)


@attack
def another_brands_face_by_a_forged_host(server, world):
    answer = get(server, "/branding.css", headers={"host": 'x"}body{display:none}/*'})
    return "display:none}" in answer.text


@attack
def one_cookie_tossed_over_another(server, world):
    cookie = world.people["stranger"].cookie
    header = f"__Host-portal={secrets.token_urlsafe(32)}; __Host-portal={cookie}"
    answer = get(server, "/security", headers={"Cookie": header})
    return answer.status_code == 200


@attack
def two_lengths_for_one_request(server, world):
    text = (
        f"POST /healthz HTTP/1.1\r\nHost: localhost:{server.port}\r\nContent-Length: 4\r\n"
        "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port), 5) as line:
        line.sendall(text.encode())
        line.settimeout(2)
        answers = b""
        try:
            while part := line.recv(65536):
                answers += part
        except TimeoutError:
            pass
    return answers.count(b"HTTP/1.1 ") > 1 and b"404" in answers
