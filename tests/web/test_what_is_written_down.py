"""Each way to prove who one is, taken rightly and wrongly, leaves an entry in the audit trail."""

import re

import pytest
from pyotp.totp import TOTP

from portal_app import models as m
from portal_app.models import Action
from portal_app.web.auth import ROUTES
from tests.browser import Browser
from tests.door import PASSWORD, STAFF_PASSWORD, STAFF_SECRET, newest_code, open_door, rows
from tests.web.test_auth import DETAILS

PHONE = "813 555 4240"
NEW = "eleven patient herons wade"
# Those that prove nothing: they send a code or a letter once more, look at another account of
# one's own, or say that somebody is still there. What they send is in the outbox.
PROVE_NOTHING = {"/auth/resend", "/auth/register/resend", "/auth/activate/resend",
    "/auth/application/resend", "/auth/activate/ask-again", "/auth/application/ask-again",
    "/auth/factor/text", "/auth/set-up/text", "/auth/account", "/auth/stay"}  # fmt: skip
# Those that need a link or a first authenticator app: the services' own tests try these.
IN_SERVICES = {"/auth/activate", "/auth/activate/code", "/auth/activate/password",
    "/auth/application", "/auth/application/code", "/auth/set-up", "/auth/factor/confirm",
    "/auth/factor/off"}  # fmt: skip


@pytest.fixture(scope="module")
def door(sqlite_template, tmp_path_factory):
    with open_door(sqlite_template, tmp_path_factory.mktemp("door")) as server:
        yield server


@pytest.fixture(scope="module")
def journey(door):
    """Go all the ways in turn; return what each post added to the trail."""
    taken = []

    def post(browser, path, **form):
        before = len(rows_of_trail(door))
        browser.post(path, **form)
        added = rows_of_trail(door)[before:]
        taken.append((path, [(one.action, one.detail.get("reason", "")) for one in added], added))

    browser = Browser(door)
    post(browser, "/auth/sign-in", identifier=PHONE, password="no idea at all")
    post(browser, "/auth/register", phone=PHONE, **DETAILS | {"postal_code": "99999"})
    browser = Browser(door)
    post(browser, "/auth/register", phone=PHONE, **DETAILS)
    code = newest_code(door, "access.registration_code")
    post(browser, "/auth/confirm-registration", code="000000" if code != "000000" else "111111")
    post(browser, "/auth/confirm-registration", code=code)
    post(browser, "/auth/sign-in", identifier=PHONE, password=PASSWORD)
    post(browser, "/auth/step-up", password="no idea at all")
    post(browser, "/auth/step-up", password=PASSWORD)
    post(browser, "/auth/password", current=PASSWORD, new_password=NEW)
    post(browser, "/auth/sign-out-elsewhere")
    post(browser, "/auth/sign-out")
    post(browser, "/auth/reset", identifier=PHONE)
    letters = [r for r in rows(door, m.OutboundMessage) if r.topic == "identity.password_reset"]
    token = re.search(r"/reset/([\w-]{43})", letters[-1].text)[1]
    post(browser, "/auth/reset/confirm", token="x" * 43, new_password=PASSWORD)
    post(browser, "/auth/reset/confirm", token=token, new_password=PASSWORD)
    staff = Browser(door)
    post(staff, "/auth/sign-in", identifier="dana@example.com", password=STAFF_PASSWORD)
    good = TOTP(STAFF_SECRET).now()
    post(staff, "/auth/second-factor", code="000000" if good != "000000" else "111111")
    post(staff, "/auth/second-factor", code=TOTP(STAFF_SECRET).now())
    browser.post("/auth/sign-in", identifier=PHONE, password=PASSWORD)
    browser.post("/auth/step-up", password=PASSWORD)
    post(browser, "/auth/sign-out-everywhere")
    return taken


def rows_of_trail(door):
    return sorted(rows_by_number(door), key=lambda entry: entry.seq)


def rows_by_number(door):
    from sqlmodel import Session, select

    from tests.people import database_at

    with database_at(door.database) as engine, Session(engine) as session:
        return session.exec(select(m.AuditEvent)).all()


REFUSED = Action.SESSION_REFUSED
EXPECTED = [
    ("/auth/sign-in", (REFUSED, "password")),
    ("/auth/register", (Action.REGISTRATION_STARTED, "")),
    ("/auth/register", (Action.REGISTRATION_STARTED, "")),
    ("/auth/confirm-registration", (REFUSED, "registration")),
    ("/auth/confirm-registration", (Action.USER_REGISTERED, "")),
    ("/auth/sign-in", (Action.SESSION_STARTED, "")),
    ("/auth/step-up", (REFUSED, "step_up")),
    ("/auth/step-up", (Action.SESSION_STEPPED_UP, "")),
    ("/auth/password", (Action.PASSWORD_CHANGED, "")),
    ("/auth/sign-out-elsewhere", (Action.SESSIONS_ENDED, "")),
    ("/auth/sign-out", (Action.SESSION_ENDED, "")),
    ("/auth/reset", (Action.PASSWORD_RESET_REQUESTED, "")),
    ("/auth/reset/confirm", (REFUSED, "reset")),
    ("/auth/reset/confirm", (Action.PASSWORD_RESET, "")),
    ("/auth/sign-in", None),  # the password alone lets no member of staff in
    ("/auth/second-factor", (REFUSED, "code")),
    ("/auth/second-factor", (Action.SESSION_STARTED, "")),
    ("/auth/sign-out-everywhere", (Action.SESSIONS_ENDED, "")),
]


@pytest.mark.asvs("16.3.1")
def test_every_way_in_leaves_an_entry_rightly_or_wrongly_taken(journey):
    assert [path for path, *_ in journey] == [path for path, _ in EXPECTED]
    for (path, found, _), (_, wanted) in zip(journey, EXPECTED, strict=True):
        assert wanted is None or (wanted[0].value, wanted[1]) in found, path
    mismatched = journey[1][1]
    assert (Action.REGISTRATION_MISMATCHED.value, "") in mismatched


@pytest.mark.asvs("16.3.1")
@pytest.mark.asvs("16.2.1")
def test_each_entry_says_when_from_where_and_holds_no_password_and_no_code(journey):
    for path, _, added in journey:
        for entry in added:
            assert entry.at and entry.ip.startswith("203."), path
            assert PASSWORD not in str(entry.detail) and NEW not in str(entry.detail)


@pytest.mark.asvs("16.3.1")
def test_no_other_way_was_forgotten():
    tried = {path for path, _ in EXPECTED}
    assert {route.path for route in ROUTES} == tried | PROVE_NOTHING | IN_SERVICES
