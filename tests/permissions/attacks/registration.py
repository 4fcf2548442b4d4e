"""Attacks on registering by phone: whose account one gets, and what one learns on the way."""

from portal_app import models as m
from tests import factories as f
from tests.door import newest_code, rows
from tests.people import database_at
from tests.permissions.attacks import attack
from tests.permissions.attacks.sign_in import tells_apart

PASSWORD = "nine lighthouses at dusk"
DETAILS = {"email": "office@example.com", "postal_code": "33602", "new_password": PASSWORD}
TOPIC = "access.registration_code"


def asked(door, phone, **typed):
    """Return a browser that has typed details for this phone."""
    browser = door.browser()
    browser.post("/auth/register", phone=phone, key=f"k{phone}", **(DETAILS | typed))
    return browser


def is_registered(door, phone, password=PASSWORD) -> bool:
    return door.inside(phone, password).is_in


def wrong(code) -> str:
    return "000000" if code != "000000" else "111111"


@attack("6.4.1", "6.6.2", where="door")
def the_code_of_a_registration_in_another_browser(door):
    phone = door.account()
    asked(door, phone)
    code = newest_code(door.server, TOPIC)
    thief = door.browser()
    thief.post("/auth/confirm-registration", code=code)
    mine = asked(door, door.account())
    mine.post("/auth/confirm-registration", code=code)
    return is_registered(door, phone)


@attack("6.6.3", where="door")
def guessing_the_code_of_a_registration(door):
    phone = door.account()
    browser = asked(door, phone)
    code = newest_code(door.server, TOPIC)
    for _ in range(5):
        browser.post("/auth/confirm-registration", code=wrong(code))
    browser.post("/auth/confirm-registration", code=code)
    return is_registered(door, phone)


@attack("6.5.1", "6.4.1", where="door")
def the_code_of_a_registration_used_twice(door):
    phone = door.account()
    browser = asked(door, phone)
    waiting, code = browser.cookie, newest_code(door.server, TOPIC)
    browser.post("/auth/confirm-registration", code=code)
    assert is_registered(door, phone)
    before = [row.password_hash for row in rows(door.server, m.PortalUser)]
    again = door.browser(waiting)
    again.post("/auth/confirm-registration", code=code)
    door.browser().post("/auth/confirm-registration", code=code)
    return [row.password_hash for row in rows(door.server, m.PortalUser)] != before or again.is_in


@attack("6.4.2", "6.4.1", where="door")
def the_details_alone_without_the_code(door):
    """Phone, email and ZIP are known to many: they never are enough."""
    phone = door.account()
    browser = asked(door, phone)
    for code in ("", "000000", "123456", PASSWORD, "33602"):
        browser.post("/auth/confirm-registration", code=code)
    browser.post("/auth/sign-in", identifier=phone, password=PASSWORD)
    return browser.is_in or is_registered(door, phone)


@attack("2.3.1", where="door")
def finishing_a_registration_that_was_never_begun(door):
    before = len(rows(door.server, m.PortalUser))
    browser = door.browser()
    phone = door.account()
    browser.post("/auth/sign-in", identifier=phone, password=phone)
    for path in ("/auth/confirm-registration", "/auth/register/resend"):
        browser.post(path, code="123456")
    return len(rows(door.server, m.PortalUser)) != before or is_registered(door, phone)


@attack("6.3.1", where="door")
def learning_by_registering_which_detail_was_wrong(door):
    phone = door.account()
    others = ({"email": "other@example.com"}, {"postal_code": "99999"})
    seen = [
        tells_apart(
            door, "/auth/register", {"phone": phone}, {"phone": "+18135599995"},
            **(DETAILS | other), key="k",
        )
        for other in others
    ]  # fmt: skip
    return any(seen)


@attack("6.3.1", where="door")
def learning_by_registering_who_is_registered_already(door):
    phone, _ = door.customer()
    known, unknown = {"phone": phone}, {"phone": "+18135599994"}
    return tells_apart(door, "/auth/register", known, unknown, **DETAILS, key="k")


@attack("6.1.1", where="door")
def keeping_somebody_registered_out_by_mistakes(door):
    """Five mismatches close a registration; whoever is in already must not notice."""
    phone, _ = door.customer()
    for _ in range(6):
        asked(door, phone, postal_code="99999")
    return not door.inside(phone, "seven green kettles sing").is_in


@attack("1.3.11", where="door")
def a_second_recipient_for_the_letter(door):
    phone = door.account()
    before = len(door.letters())
    for email in (
        "office@example.com\r\nBcc: evil@evil.example", "office@example.com, evil@evil.example",
        "office@example.com;evil@evil.example", "office@example.com%0aBcc:evil@evil.example",
        "<evil@evil.example> office@example.com", '"office@example.com" <evil@evil.example>',
    ):  # fmt: skip
        asked(door, phone, email=email)
    sent = door.letters()[before:]
    return any(letter.recipient != "office@example.com" for letter in sent)


@attack("2.4.1", where="door")
def letters_without_end_to_somebody_elses_address(door):
    """From ever new networks: the account itself gets only so many in a day."""
    phone = door.account()
    before = len(door.letters(TOPIC))
    for _ in range(14):
        asked(door, phone)
    return not 1 <= len(door.letters(TOPIC)) - before <= 10


@attack("6.3.4", where="door")
def registering_an_account_that_is_not_to_be_let_in(door):
    phones = []
    with database_at(door.server.database):
        for n, state in enumerate(("not_ready", "ready_unpublished", "locked", "suspended")):
            phones.append(f"+1813556{n:04}")
            f.account(main_phone=phones[-1], main_phone_e164=phones[-1], portal_access=state)
    before = len(door.letters())
    for phone in phones:
        asked(door, phone)
    return len(door.letters()) != before


@attack("1.3.3", where="door")
def a_form_the_size_of_a_book(door):
    answers = [
        door.browser().post("/auth/register", phone="1" * 20_000),
        door.browser().post("/auth/sign-in", identifier="x" * 200_000, password="y"),
    ]
    return any(answer.status_code != 413 for answer in answers)
