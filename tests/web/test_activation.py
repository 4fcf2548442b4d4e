"""An invitation from outside: looking never uses it up, the link leaves the address, one way in."""

import re
import shutil

import httpx
import pytest

from portal_app import models as m
from portal_app.core.secrets import fingerprint
from tests.door import newest_code, rows
from tests.people import database_at
from tests.portal_server import running
from tests.services.invitations.world import PASSWORD, covered, newest_token
from tests.web.test_auth import Browser

EMAIL = "margarethe@example.com"


@pytest.fixture(scope="module")
def door(sqlite_template, tmp_path_factory):
    """A portal with one holder who has a link, and one whose link was replaced."""
    folder = tmp_path_factory.mktemp("activation")
    url = f"sqlite:///{shutil.copy(sqlite_template, folder / 'portal.db')}"
    tokens = {}
    with database_at(url):
        first, second = covered(email=EMAIL), covered(email="other@example.com")
        second.invite("one")
        tokens["replaced"] = newest_token()
        second.invite("two")
        tokens["other"] = newest_token()
        first.invite()
        tokens["good"] = newest_token()
    extra = {"PORTAL_JOBS": "off", "PORTAL_TRUSTED_PROXY_HOPS": "1"}
    with running(url, folder, **extra) as server:
        server.tokens = tokens  # type: ignore[attr-defined]
        yield server


def everything(server):
    kept = (m.Invitation, m.PortalSession, m.PortalUser, m.OtpChallenge, m.OutboundMessage)
    return {kind.__name__: [row.model_dump() for row in rows(server, kind)] for kind in kept}


@pytest.mark.requirement("S0-09")
@pytest.mark.asvs("3.5.3")
@pytest.mark.asvs("7.6.2")
def test_a_mail_scanner_uses_nothing_up(door):
    before = everything(door)
    for kind in door.tokens:
        address = f"{door.address}/activate/{door.tokens[kind]}"
        for method in ("GET", "HEAD", "GET", "HEAD", "OPTIONS"):
            answer = httpx.request(method, address, follow_redirects=True)
            assert "set-cookie" not in answer.headers
            assert door.tokens[kind] not in answer.text
        # Nor does a scanner that asks the form's own address.
        assert httpx.get(f"{door.address}/auth/activate?token={door.tokens[kind]}").status_code in {
            404, 405,
        }  # fmt: skip
    assert everything(door) == before


@pytest.mark.asvs("3.4.5")
@pytest.mark.asvs("14.2.1")
def test_the_page_of_a_link_tells_no_other_site_its_address(door):
    answer = httpx.get(f"{door.address}/activate/{door.tokens['good']}")
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-cache"


def test_a_form_without_an_origin_counts_only_if_the_browser_says_that_it_is_ours(door):
    def post(**headers):
        address = f"{door.address}/auth/activate"
        return httpx.post(address, data={"token": "none"}, headers=headers).status_code

    assert post(origin="null", **{"sec-fetch-site": "same-origin"}) == 303
    for site in ("cross-site", "same-site", "none", ""):
        assert post(origin="null", **({"sec-fetch-site": site} if site else {})) == 403


@pytest.mark.asvs("6.3.1")
def test_a_guess_learns_nothing_and_starts_no_session(door):
    found = {}
    for guess in ("a" * 43, door.tokens["good"][:-1], fingerprint(door.tokens["good"])):
        browser = Browser(door)
        answer = browser.post("/auth/activate", token=guess)
        session = rows(door, m.PortalSession)[-1]
        found[guess] = (answer.status_code, session.stage, session.notes["note"]["problem"])
        assert answer.headers["location"] == f"/activate/{guess}"
    assert len(set(found.values())) == 1
    odd = Browser(door).post("/auth/activate", token="../sign-in?x=//evil.example")
    assert odd.headers["location"] == "/activate/unknown"


@pytest.mark.requirement("S0-09")
def test_who_holds_a_replaced_link_may_ask_for_another(door):
    browser = Browser(door)
    token = door.tokens["replaced"]
    refused = browser.post("/auth/activate", token=token)
    assert refused.headers["location"] == f"/activate/{token}"
    answer = browser.post("/auth/activate/ask-again", token=token)
    assert answer.headers["location"] == f"/activate/{token}"
    with database_at(door.database):
        asked = [row for row in rows(door, m.Invitation) if row.renewal_asked_at]
    assert [row.token_hash for row in asked] == [fingerprint(token)]


@pytest.mark.requirement("S0-09")
@pytest.mark.asvs("14.2.1")
@pytest.mark.asvs("7.2.4")
def test_the_link_is_exchanged_for_a_session_and_ends_with_a_first_password(door):
    browser, token = Browser(door), door.tokens["good"]
    started = browser.post("/auth/activate", token=token)
    assert (started.status_code, started.headers["location"]) == (303, "/activate/code")
    assert token not in str(started.headers)
    waiting = browser.cookie
    assert waiting

    # The code is for this browser only.
    code = newest_code(door, "invitation.code")
    stranger = Browser(door).post("/auth/activate/code", code=code)
    assert stranger.headers["location"] == "/activate/code"
    wrong = browser.post("/auth/activate/code", code="000000" if code != "000000" else "111111")
    assert wrong.headers["location"] == "/activate/code"
    skipped = browser.post("/auth/activate/password", new_password=PASSWORD)
    assert skipped.headers["location"] == "/activate/password"
    assert not [row for row in rows(door, m.PortalUser) if row.kind == "consumer"]

    right = browser.post("/auth/activate/code", code=code)
    assert right.headers["location"] == "/activate/password"
    assert browser.cookie != waiting
    weak = browser.post("/auth/activate/password", new_password="margarethe")
    assert weak.headers["location"] == "/activate/password"
    done = browser.post("/auth/activate/password", new_password=PASSWORD)
    assert done.headers["location"] == "/sign-in"

    # Nobody is signed in by it; then the email address signs in, and the link is used up.
    inside = httpx.get(
        f"{door.address}/contracts", headers={"cookie": f"__Host-portal={browser.cookie}"}
    )
    assert inside.headers["location"].startswith("/sign-in")
    again = Browser(door).post("/auth/activate", token=token)
    assert again.headers["location"] == f"/activate/{token}"
    guest = Browser(door)
    signed_in = guest.post("/auth/sign-in", identifier=EMAIL.upper(), password=PASSWORD)
    assert signed_in.headers["location"] == "/"
    assert re.fullmatch(r"[\w-]{43}", guest.cookie)


def test_the_logs_hold_no_link(door):
    assert not any(token in door.logged() for token in door.tokens.values())
