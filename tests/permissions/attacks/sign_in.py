"""Attacks on the door: guessing, taking over, getting past a step, learning who is a customer."""

import json
import re

from pyotp.totp import TOTP

from portal_app import models as m
from portal_app.core.clock import now
from portal_app.core.secrets import fingerprint
from tests.asking import ask
from tests.door import STAFF_PASSWORD, rows
from tests.permissions.attacks import attack
from tests.permissions.door import PASSWORD
from tests.tab import Tab

NEW = "eleven patient herons wade"
WRONG = "wrong words entirely"


@attack("6.3.1", where="door")
def the_right_password_after_five_wrong_ones(door):
    phone, _ = door.customer()
    assert door.inside(phone).is_in
    other, _ = door.customer()
    browser = door.browser()
    for _ in range(5):
        browser.post("/auth/sign-in", identifier=other, password=WRONG)
    browser.post("/auth/sign-in", identifier=other, password=PASSWORD)
    return browser.is_in


@attack("6.3.1", where="door")
def guessing_one_password_from_many_networks(door):
    phone, _ = door.customer()
    for _ in range(5):
        door.browser().post("/auth/sign-in", identifier=phone, password=WRONG)
    return door.inside(phone).is_in


@attack("6.3.1", where="door")
def one_password_for_many_people(door):
    """Thirty people, one guess each, from one network: the thirty-first guess is not looked at."""
    browser = door.browser()
    for number in range(30):
        browser.post("/auth/sign-in", identifier=f"+1813558{number:04}", password=WRONG)
    phone, _ = door.customer()
    browser.post("/auth/sign-in", identifier=phone, password=PASSWORD)
    return browser.is_in


@attack("6.3.2", "13.2.3", where="door")
def names_and_passwords_that_everybody_knows(door):
    known = ("admin", "password", "demo", "portal", "changeme", "admin@example.com", "0000")
    people = ("admin", "admin@example.com", "root", "dana@example.com", "demo@example.com", "test")
    browsers = []
    for name in people:
        browsers += [door.browser()]
        for password in known[:4]:
            browsers[-1].post("/auth/sign-in", identifier=name, password=password)
    return any(browser.is_in for browser in browsers)


@attack("6.4.1", "6.3.4", where="door")
def the_phone_number_as_the_password_of_somebody_registered(door):
    phone, _ = door.customer()
    browser = door.browser()
    answer = browser.post("/auth/sign-in", identifier=phone, password=phone)
    return browser.is_in or answer.headers["location"] == "/register"


def outside(door, browser) -> dict:
    """What can be seen of an answer, but for what is the browser's own."""
    note = {key: value for key, value in browser.notes().items() if key not in {"at", "typed"}}
    return {"note": note, "cookie": bool(browser.cookie), "letters": len(door.letters())}


def tells_apart(door, path, known, unknown, **form) -> bool:
    """Post the same form for somebody known and for nobody; say whether the answers differ."""
    seen = []
    for who in (known, unknown):
        browser, before = door.browser(), len(door.letters())
        answer = browser.post(path, **form, **who)
        found = outside(door, browser) | {"letters": len(door.letters()) - before}
        headers = {k: v for k, v in answer.headers.items() if k not in {"date", "set-cookie"}}
        seen.append((answer.status_code, answer.content, headers, found))
    return seen[0] != seen[1]


@attack("6.3.1", where="door")
def learning_who_is_a_customer_by_signing_in(door):
    phone, _ = door.customer()
    known, unknown = {"identifier": phone}, {"identifier": "+18135599999"}
    wrong = tells_apart(door, "/auth/sign-in", known, unknown, password=WRONG)
    registrable = {"identifier": door.account(), "password": ""}
    return wrong or tells_apart(door, "/auth/sign-in", registrable, unknown | {"password": ""})


@attack("6.3.1", where="door")
def learning_who_may_register_by_typing_a_phone_twice(door):
    phone = door.account()
    known = {"identifier": phone, "password": phone}
    unknown = {"identifier": "+18135599998", "password": "+18135599998"}
    return tells_apart(door, "/auth/sign-in", known, unknown)


@attack("6.3.1", where="door")
def learning_who_is_a_customer_by_asking_for_a_link(door):
    """A letter goes out, of course: whoever asks must not be able to tell."""
    phone, _ = door.customer(email=f"who{door.account()[-4:]}@example.com")
    seen = []
    for who in (phone, "+18135599997", "nobody@example.com", "' OR 1=1 --"):
        browser = door.browser()
        answer = browser.post("/auth/reset", identifier=who)
        note = {k: v for k, v in browser.notes().items() if k not in {"at", "typed"}}
        seen.append((answer.status_code, answer.headers["location"], note, bool(browser.cookie)))
    assert door.letters("identity.password_reset")
    return any(one != seen[0] for one in seen)


@attack("7.2.4", where="door")
def a_token_planted_before_somebody_signs_in(door):
    attacker, phone = door.browser(), door.customer()[0]
    attacker.post("/auth/sign-in", identifier="+18135599996", password="+18135599996")
    planted = attacker.cookie
    assert planted
    victim = door.browser(planted)
    victim.post("/auth/sign-in", identifier=phone, password=PASSWORD)
    assert victim.is_in
    return victim.cookie == planted or door.browser(planted).is_in


@attack("7.2.4", "7.2.3", where="door")
def a_token_of_the_attackers_own_making(door):
    phone, _ = door.customer()
    made_up = "A" * 43
    victim = door.browser(made_up)
    victim.post("/auth/sign-in", identifier=phone, password=PASSWORD)
    return victim.cookie == made_up or door.browser(made_up).is_in


@attack("7.4.1", where="door")
def the_cookie_of_somebody_who_signed_out(door):
    browser = door.inside(door.customer()[0])
    stolen = browser.cookie
    with Tab(door.server, cookie=stolen) as tab:
        assert "Rosa" in json.dumps(tab.open("/help"))
    browser.post("/auth/sign-out")
    with Tab(door.server, cookie=stolen) as tab:
        return "Rosa" in json.dumps(tab.open("/help")) or door.browser(stolen).is_in


@attack("7.4.1", "7.4.3", where="door")
def the_cookie_of_a_device_that_was_ended(door):
    phone, _ = door.customer()
    thief, owner = door.inside(phone), door.inside(phone)
    owner.post("/auth/step-up", password=PASSWORD)
    owner.post("/auth/sign-out-elsewhere")
    assert owner.is_in
    return thief.is_in


@attack("7.2.4", "7.5.1", where="door")
def the_cookie_from_before_a_password_was_changed(door):
    phone, _ = door.customer()
    owner = door.inside(phone)
    stolen = owner.cookie
    owner.post("/auth/step-up", password=PASSWORD)
    stolen_later = owner.cookie
    owner.post("/auth/password", current=PASSWORD, new_password=NEW)
    assert owner.is_in and door.inside(phone, NEW).is_in
    return any(door.browser(cookie).is_in for cookie in (stolen, stolen_later))


@attack("6.3.3", "2.3.1", where="door")
def inside_with_the_password_alone(door):
    """The session that waits for the second step opens nothing: no page, file, post or event."""
    phone, _ = door.customer(app=True)
    waiting = door.inside(phone)
    answers = [waiting.get(path).status_code for path in ("/", "/contracts", "/security")]
    waiting.post("/auth/password", current=PASSWORD, new_password=NEW)
    waiting.post("/auth/factor/off", password=PASSWORD)
    with Tab(door.server, cookie=waiting.cookie) as tab:
        shown = tab.open("/security")
    changed = door.inside(phone, NEW).cookie != "" and door.inside(phone).is_in
    return waiting.is_in or 200 in answers or "Rosa" in json.dumps(shown) or changed


@attack("6.3.3", where="door")
def setting_up_a_second_step_that_one_has_already(door):
    """Whoever has the password replaces the authenticator instead of answering for it."""
    phone, _ = door.customer(app=True)
    waiting = door.inside(phone)
    for path in ("/auth/set-up", "/auth/set-up/text", "/auth/factor/text", "/auth/factor/confirm"):
        waiting.post(path, code="123456")
    with Tab(door.server, cookie=waiting.cookie) as tab:
        return "otpauth" in json.dumps(tab.open("/sign-in/set-up")) or waiting.is_in


@attack("2.3.1", where="door")
def the_second_step_without_the_first(door):
    _, secret = door.customer(app=True)
    browser = door.browser()
    browser.post("/auth/second-factor", code=TOTP(secret).at(now()))
    return browser.is_in


@attack("6.6.2", where="door")
def the_second_step_of_somebody_else(door):
    phone, _ = door.customer(app=True)
    _, mine = door.customer(app=True)
    browser = door.inside(phone)
    browser.post("/auth/second-factor", code=TOTP(mine).at(now()))
    return browser.is_in


@attack("6.5.1", where="door")
def an_authenticator_code_read_over_a_shoulder(door):
    phone, secret = door.customer(app=True)
    code = TOTP(secret).at(now())
    owner = door.inside(phone)
    owner.post("/auth/second-factor", code=code)
    assert owner.is_in
    thief = door.inside(phone)
    thief.post("/auth/second-factor", code=code)
    return thief.is_in


@attack("6.6.3", where="door")
def guessing_authenticator_codes(door):
    """Five for a sign-in, ten in an hour: then not even the right one is looked at."""
    phone, secret = door.customer(app=True)
    for _ in range(2):
        browser = door.inside(phone)
        for _ in range(5):
            browser.post("/auth/second-factor", code="000000")
    last = door.inside(phone)
    last.post("/auth/second-factor", code=TOTP(secret).at(now()))
    return last.is_in


@attack("6.2.3", "7.5.1", where="door")
def a_new_password_without_the_old_one(door):
    phone, _ = door.customer()
    browser = door.inside(phone)
    browser.post("/auth/password", current=PASSWORD, new_password=NEW)  # not proved again
    browser.post("/auth/step-up", password=PASSWORD)
    for current in ("", WRONG, NEW):
        browser.post("/auth/password", current=current, new_password=NEW)
    return door.inside(phone, NEW).is_in


@attack("6.2.1", "6.2.4", "6.2.11", where="door")
def a_password_that_anybody_guesses(door):
    phone, _ = door.customer()
    owner = door.inside(phone)
    weak = ("short", "plinth fjord", "password123456789", "qwertyuiopasdfgh", "1" * 20, phone * 2,
            "Rosa Lindqvist 2026", "Harbourline-portal", "x" * 129)  # fmt: skip
    for password in weak:
        owner.post("/auth/step-up", password=PASSWORD)
        answer = owner.post("/auth/password", current=PASSWORD, new_password=password)
        if "done" in answer.headers["location"]:
            return True
    return not door.inside(phone).is_in


@attack("6.4.1", "6.5.1", where="door")
def a_link_to_a_new_password_used_twice(door):
    phone, _ = door.customer(email=f"twice{door.account()[-4:]}@example.com")
    door.browser().post("/auth/reset", identifier=phone)
    token = re.search(r"/reset/([\w-]{43})", door.letters("identity.password_reset")[-1].text)[1]
    door.browser().post("/auth/reset/confirm", token=token, new_password=NEW)
    assert door.inside(phone, NEW).is_in
    third = "nineteen quiet otters"
    door.browser().post("/auth/reset/confirm", token=token, new_password=third)
    return door.inside(phone, third).is_in


@attack("6.4.1", "7.2.3", where="door")
def a_link_to_a_new_password_that_was_never_sent(door):
    phone, _ = door.customer(email=f"never{door.account()[-4:]}@example.com")
    door.browser().post("/auth/reset", identifier=phone)
    kept = rows(door.server, m.PasswordReset)[-1]
    for token in ("", "A" * 43, kept.token_hash, kept.id, "%", "' OR 1=1 --"):
        door.browser().post("/auth/reset/confirm", token=token, new_password=NEW)
    return door.inside(phone, NEW).is_in


@attack("6.4.3", where="door")
def a_link_to_a_new_password_round_the_second_step(door):
    email = f"round{door.account()[-4:]}@example.com"
    phone, _ = door.customer(app=True, email=email)
    door.browser().post("/auth/reset", identifier=phone)
    token = re.search(r"/reset/([\w-]{43})", door.letters("identity.password_reset")[-1].text)[1]
    thief = door.browser()
    thief.post("/auth/reset/confirm", token=token, new_password=NEW)
    return thief.is_in or door.inside(phone, NEW).is_in


@attack("13.2.4", where="door")
def a_link_that_leads_to_the_attackers_host(door):
    """The letter's address must not come from what the request says of its host."""
    phone, _ = door.customer(email=f"host{door.account()[-4:]}@example.com")
    browser = door.browser()
    for name in ("host", "x-forwarded-host", "x-host"):
        headers = browser.headers(**{name: "evil.example"})
        ask(door.server, "POST", "/auth/reset", headers=headers, data={"identifier": phone})
    letters = door.letters("identity.password_reset")
    return any("evil" in letter.text + letter.html + json.dumps(letter.facts) for letter in letters)


@attack("3.7.2", where="door")
def a_way_out_after_signing_in(door):
    phone, _ = door.customer()
    targets = ("//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)",
               "/%0d%0aX: y", "\\\\evil.example", "/\t/evil.example", "/auth/sign-out")  # fmt: skip
    browser = door.browser()
    for target in targets:
        answer = browser.post("/auth/sign-in", identifier=phone, password=PASSWORD, next=target)
        if answer.headers["location"] != "/":
            return True
    return False


@attack("15.3.7", where="door")
def one_field_twice(door):
    """Whoever reads the last and whoever reads the first must not check different ones."""
    mine, _ = door.customer()
    theirs, _ = door.customer()
    browser = door.browser()
    for order in ((mine, theirs), (theirs, mine)):
        body = "&".join(f"identifier=%2B{phone[1:]}" for phone in order) + f"&password={PASSWORD}"
        kind = {"content-type": "application/x-www-form-urlencoded"}
        answer = ask(
            door.server, "POST", "/auth/sign-in?identifier=%2B1&password=x",
            headers=browser.headers(**kind), content=body.replace(" ", "+"),
        )  # fmt: skip
        token = re.search(r"__Host-portal=([\w-]+)", answer.headers.get("set-cookie", ""))
        person = _who(door, token[1]) if token else ""
        if person != order[0]:
            return True
    return False


def _who(door, token) -> str:
    sessions = {row.token_hash: row.user_id for row in rows(door.server, m.PortalSession)}
    phones = {row.user_id: row.value for row in rows(door.server, m.LoginIdentifier)
              if row.kind == "phone"}  # fmt: skip
    return phones.get(sessions.get(fingerprint(token)), "")


@attack("1.2.4", where="door")
def signs_of_sql_at_the_door(door):
    signs = ("' OR '1'='1", "' OR 1=1 --", '" OR ""="', "+1' UNION SELECT * FROM portal_user --",
             "dana@example.com'--", "%", "_")  # fmt: skip
    before = len(rows(door.server, m.PortalUser))
    browsers = []
    for sign in signs:
        browsers += [door.browser()]
        browsers[-1].post("/auth/sign-in", identifier=sign, password=sign)
        browsers[-1].post("/auth/reset", identifier=sign)
        browsers[-1].post("/auth/second-factor", code=sign)
    return any(b.is_in for b in browsers) or len(rows(door.server, m.PortalUser)) != before


@attack("7.5.1", "7.5.2", where="door")
def everybody_else_signed_out_by_an_open_browser(door):
    phone, _ = door.customer()
    owner, left_open = door.inside(phone), door.inside(phone)
    left_open.post("/auth/sign-out-elsewhere")
    left_open.post("/auth/sign-out-everywhere")
    return not owner.is_in


@attack("6.3.3", where="door")
def staff_with_a_password_and_no_second_step(door):
    browser = door.browser()
    browser.post("/auth/sign-in", identifier="dana@example.com", password=STAFF_PASSWORD)
    assert browser.cookie
    for code in ("", "000000", "null", "[]"):
        browser.post("/auth/second-factor", code=code)
    return browser.is_in or browser.get("/staff").status_code == 200
