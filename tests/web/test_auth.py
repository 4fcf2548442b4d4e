"""The posts that begin, change and end a session, from outside: a client without a browser."""

import re
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyotp.totp import TOTP

from portal_app import models as m
from portal_app.web.auth import ROUTES
from portal_app.web.auth.posting import LONGEST_BODY, safe_path
from tests.browser import Browser
from tests.door import (
    PASSWORD,
    STAFF_PASSWORD,
    STAFF_SECRET,
    newest_code,
    open_door,
    rows,
)

DETAILS = {"email": "office@example.com", "postal_code": "33602", "new_password": PASSWORD,
           "key": "k"}  # fmt: skip


@pytest.fixture(scope="module")
def door(sqlite_template, tmp_path_factory):
    with open_door(sqlite_template, tmp_path_factory.mktemp("door")) as server:
        yield server


NONSENSE = (
    b"",
    b"%ff%fe=%00",
    b"\xff\xfe",
    b"a=" + b"b" * 5000,
    b"&".join([b"x=1"] * 50),
    b'{"identifier": 1}',
    b"identifier=%00&password=%ED%A0%80&code=%F0%9F",
)


def register(server, phone):
    browser = Browser(server)
    browser.post("/auth/register", phone=phone, **DETAILS)
    code = newest_code(server, "access.registration_code")
    return browser.post("/auth/confirm-registration", code=code)


def signed_in(server, phone):
    browser = Browser(server)
    browser.post("/auth/sign-in", identifier=phone, password=PASSWORD)
    return browser


@pytest.mark.requirement("S3-11")
@pytest.mark.requirement("S3-12")
@pytest.mark.requirement("S3-14")
@pytest.mark.requirement("S3-15")
@pytest.mark.requirement("S3-18")
def test_from_the_first_post_to_the_last(door):
    browser = Browser(door)
    opened = browser.post("/auth/sign-in", identifier="813 555 4240", password="8135554240")
    assert (opened.status_code, opened.headers["location"]) == (303, "/register")
    posted = browser.post("/auth/register", phone="813 555 4240", **DETAILS)
    assert posted.headers["location"] == "/register/code"
    code = newest_code(door, "access.registration_code")
    done = browser.post("/auth/confirm-registration", code=code)
    assert done.headers["location"] == "/sign-in"
    assert browser.notes()["message"] == (
        "You can now sign in with your phone number and new password."
    )
    assert not browser.is_in
    entered = browser.post(
        "/auth/sign-in", identifier="(813) 555-4240", password=PASSWORD, next="/contracts?x=1"
    )
    assert entered.headers["location"] == "/contracts?x=1"
    assert browser.is_in
    before = browser.cookie
    left = browser.post("/auth/sign-out")
    assert left.headers["location"] == "/sign-in?ended=signed-out"
    assert left.headers["clear-site-data"] == '"cache", "storage"'
    browser.cookie = before
    assert not browser.is_in


@pytest.mark.parametrize(
    ("page", "leads_to"),
    [
        ("/sign-in?next=/contracts%3Fx%3D1", "/contracts?x=1"),
        ("/sign-in?next=//evil.example", "/"),
        ("/sign-in?ended=idle", "/"),
    ],
)
def test_who_signs_in_before_the_page_is_filled_still_gets_where_they_were_going(
    door, page, leads_to
):
    browser = Browser(door)
    register(door, "8135554248")
    answer = browser.post(
        "/auth/sign-in", page=page, identifier="8135554248", password=PASSWORD, next=""
    )
    assert answer.headers["location"] == leads_to


@pytest.mark.asvs("3.3.1")
@pytest.mark.asvs("3.3.2")
@pytest.mark.asvs("3.3.3")
@pytest.mark.asvs("3.3.4")
@pytest.mark.asvs("7.2.4")
def test_the_cookie_is_new_at_each_step_and_out_of_reach_of_scripts(door):
    browser = Browser(door)
    tokens = set()
    waiting = browser.post("/auth/sign-in", identifier="dana@example.com", password=STAFF_PASSWORD)
    tokens.add(browser.cookie)
    assert waiting.headers["location"] == "/sign-in/code"
    assert not browser.is_in
    code = TOTP(STAFF_SECRET).now()
    inside = browser.post("/auth/second-factor", code=code)
    tokens.add(browser.cookie)
    assert inside.headers["location"] == "/staff"
    assert browser.is_in
    assert len(tokens) == 2
    for answer in (waiting, inside):
        flags = {part.strip().lower() for part in answer.headers["set-cookie"].split(";")[1:]}
        assert flags == {"httponly", "path=/", "samesite=lax", "secure"}
    old = Browser(door)
    old.cookie = (tokens - {browser.cookie}).pop()
    assert not old.is_in


@pytest.mark.requirement("S3-13")
@pytest.mark.asvs("6.3.1")
def test_known_and_unknown_look_alike_from_outside(door):
    register(door, "813 555 4241")
    for path, known, unknown in (
        ("/auth/sign-in", {"identifier": "813 555 4241"}, {"identifier": "813 555 9941"}),
        ("/auth/reset", {"identifier": "813 555 4241"}, {"identifier": "813 555 9941"}),
        ("/auth/register", {"phone": "813 555 4242"}, {"phone": "813 555 9942"}),
    ):
        more = DETAILS | {"postal_code": "99999"} if "register" in path else {"password": "no idea"}
        answers = []
        for who in (known, unknown):
            browser = Browser(door)
            answer = browser.post(path, **more, **who)
            note = {k: v for k, v in browser.notes().items() if k not in {"at", "typed"}}
            headers = {k: v for k, v in answer.headers.items() if k not in {"date", "set-cookie"}}
            answers.append(
                (answer.status_code, headers, answer.content, note, bool(browser.cookie))
            )
        assert answers[0] == answers[1], path


def test_what_was_typed_comes_back_but_no_password(door):
    browser = Browser(door)
    browser.post("/auth/register", phone="call me", email="no", postal_code="", new_password="hush")
    note = browser.notes()
    assert note["typed"] == {"phone": "call me", "email": "no", "postal_code": ""}
    assert set(note["fields"]) == {"phone", "email", "postal_code", "new_password"}
    for row in rows(door, m.PortalSession):
        assert "hush" not in str(row.notes) and PASSWORD not in str(row.notes)


@pytest.mark.asvs("7.4.1")
@pytest.mark.asvs("7.5.1")
@pytest.mark.asvs("6.2.3")
def test_a_password_is_changed_after_proving_it_again_and_other_devices_are_out(door):
    register(door, "813 555 4243")
    browser, other = signed_in(door, "813 555 4243"), signed_in(door, "813 555 4243")
    new = "eleven patient herons wade"
    refused = browser.post("/auth/password", current=PASSWORD, new_password=new)
    assert refused.headers["location"] == "/security"
    assert "Confirm your password" in rows(door, m.PortalSession)[-2].notes["note"]["problem"]
    browser.post("/auth/step-up", password=PASSWORD)
    done = browser.post("/auth/password", current=PASSWORD, new_password=new)
    assert done.headers["location"] == "/security?done=password"
    assert browser.is_in and not other.is_in


@pytest.mark.asvs("7.5.2")
def test_everybody_is_signed_out_everywhere(door):
    register(door, "813 555 4244")
    browser, other = signed_in(door, "813 555 4244"), signed_in(door, "813 555 4244")
    browser.post("/auth/step-up", password=PASSWORD)
    browser.post("/auth/sign-out-everywhere")
    assert not browser.is_in and not other.is_in


@pytest.mark.asvs("3.5.3")
@pytest.mark.asvs("7.6.2")
def test_asking_for_a_page_or_a_link_changes_nothing_and_starts_no_session(door):
    register(door, "813 555 4245")
    Browser(door).post("/auth/reset", identifier="813 555 4245")
    letters = [r for r in rows(door, m.OutboundMessage) if r.topic == "identity.password_reset"]
    token = re.search(r"/reset/([\w-]{43})", letters[-1].text)[1]
    before = [[row.model_dump() for row in rows(door, model)]
              for model in (m.PortalSession, m.PasswordReset, m.OutboundMessage)]  # fmt: skip
    for path in (f"/reset/{token}", "/sign-in", "/register", "/auth/sign-in", "/auth/sign-out"):
        for method in ("GET", "HEAD"):
            answer = httpx.request(method, f"{door.address}{path}")
            assert "set-cookie" not in answer.headers
    after = [[row.model_dump() for row in rows(door, model)]
             for model in (m.PortalSession, m.PasswordReset, m.OutboundMessage)]  # fmt: skip
    assert after == before
    browser = Browser(door)
    done = browser.post("/auth/reset/confirm", token=token, new_password="eleven patient herons")
    assert done.headers["location"] == "/sign-in"


@pytest.mark.asvs("6.1.3")
@pytest.mark.asvs("6.3.4")
def test_these_are_all_the_ways_in(door):
    assert {route.path for route in ROUTES} == {
        "/auth/sign-in", "/auth/second-factor", "/auth/resend", "/auth/set-up",
        "/auth/set-up/text", "/auth/register", "/auth/confirm-registration",
        "/auth/register/resend", "/auth/reset", "/auth/reset/confirm", "/auth/step-up",
        "/auth/password", "/auth/factor/text", "/auth/factor/confirm", "/auth/factor/off",
        "/auth/sign-out-elsewhere", "/auth/sign-out-everywhere", "/auth/sign-out",
        "/auth/account", "/auth/stay", "/auth/application", "/auth/application/ask-again",
        "/auth/application/code", "/auth/application/resend", "/auth/activate",
        "/auth/activate/ask-again",
        "/auth/activate/code", "/auth/activate/resend", "/auth/activate/password",
    }  # fmt: skip


@pytest.mark.asvs("2.2.2")
@pytest.mark.parametrize("path", sorted(route.path for route in ROUTES))
def test_nonsense_is_answered_without_a_fault(door, path):
    browser = Browser(door)
    for body in NONSENSE:
        answer = httpx.post(
            f"{door.address}{path}",
            content=body,
            headers={"origin": door.address, "x-forwarded-for": browser.ip,
                     "content-type": "application/x-www-form-urlencoded"},
        )  # fmt: skip
        assert answer.status_code in {303, 401}
    notes = [row.notes.get("note", {}) for row in rows(door, m.PortalSession)]
    assert not [note for note in notes if "on our side" in note.get("problem", "")]


@pytest.mark.asvs("1.3.3")
def test_a_form_the_size_of_a_book_is_not_read(door):
    answer = Browser(door).post("/auth/sign-in", identifier="x" * (LONGEST_BODY + 1))
    assert answer.status_code == 413


def test_a_person_with_an_ended_session_may_post_the_form_again(door):
    browser = Browser(door)
    browser.cookie = "a-token-that-nobody-knows"
    answer = browser.post("/auth/sign-in", identifier="813 555 9999", password="no idea")
    assert answer.headers["location"] == "/sign-in"
    assert browser.cookie != "a-token-that-nobody-knows"


@pytest.mark.asvs("3.7.2")
@given(st.text(max_size=40))
@example("//evil.example")
@example("/\\evil.example")
@example("\\\\evil.example")
@example("https:evil.example")
@example("https://evil.example/")
@example("/\t/evil.example")
@example("/%0d%0aSet-Cookie:x=1")
@example("javascript:alert(1)")
@example("/ /evil.example")
@example("///evil.example")
@example("/auth/sign-out")
@example("/sign-in?next=/sign-in")
def test_nobody_is_sent_out_of_the_portal(wanted):
    path = safe_path(wanted)
    assert path in {"", wanted}
    if path:
        parts = urlsplit(path)
        assert (parts.scheme, parts.netloc) == ("", "")
        assert path[0] == "/" and path[1:2] not in {"/", "\\"}
        assert not path.startswith(("/auth/", "/sign-in"))
        assert path.isascii() and path.isprintable() and "\\" not in path


@pytest.mark.parametrize("path", ["/", "/contracts?phase=ended&x=1", "/reset-all", "/items-out"])
def test_a_page_of_the_portal_may_be_gone_back_to(path):
    assert safe_path(path) == path
