"""Attacks on the socket: whose it is, from where it is opened, what it carries."""

import json
from contextlib import suppress

from websockets.exceptions import ConnectionClosed, InvalidStatus

from portal_app.core.actor import Actor, Role
from portal_app.core.secrets import fingerprint
from portal_app.models import PortalSession, PortalUser, StaffUser, UserStatus
from portal_app.services import identity
from portal_app.services.transaction import transaction
from portal_app.web.gate import SOCKETS_PER_SESSION
from tests import factories as f
from tests.asking import ask
from tests.people import database_at, sign_in
from tests.permissions.attacks import attack
from tests.permissions.operations import long_name
from tests.permissions.world import FIRM
from tests.tab import Tab, was_refused

NAME = "Rosa"  # the given name of everybody in the world: seeing it unasked is a leak
SYSTEM = Actor.system("attack")


def opens(server, **options) -> bool:
    try:
        with Tab(server, **options):
            return True
    except (InvalidStatus, ConnectionClosed):
        return False


def sees(words, frames) -> bool:
    return words in json.dumps(frames)


@attack("4.4.2", "3.5.2")
def a_socket_from_another_site(server, world):
    cookie = world.people["owner"].cookie
    assert opens(server, cookie=cookie)
    return opens(server, origin="https://evil.example", cookie=cookie)


@attack("4.4.2")
def a_socket_from_a_lookalike_site(server, world):
    lookalikes = (f"{server.address}.evil.example", f"{server.address}0", "http://localhost")
    return any(opens(server, origin=origin) for origin in lookalikes)


@attack("4.4.2")
def a_socket_from_a_sandboxed_frame(server, world):
    return opens(server, origin="null", cookie=world.people["owner"].cookie)


@attack("4.4.2")
def a_socket_without_an_origin(server, world):
    return opens(server, origin=None, cookie=world.people["owner"].cookie)


@attack("4.4.2", "4.4.3")
def the_long_way_round_by_polling(server, world):
    """Over HTTP nothing binds a tab to its session: that way must not exist."""
    cookie = {"cookie": f"__Host-portal={world.people['owner'].cookie}"}
    where, ours = "/_event/?EIO=4&transport=polling&token=1", {"origin": server.address}
    answers = [
        ask(server, "GET", where, headers=cookie),
        ask(server, "GET", where, headers=cookie | ours),
        ask(server, "POST", where, headers=cookie | ours, content="40/_event,"),
    ]
    return any(answer.status_code == 200 for answer in answers)


@attack("4.4.3", "4.4.4")
def a_stolen_tab_token_without_its_cookie(server, world):
    with Tab(server, cookie=world.people["owner"].cookie) as tab:
        assert sees(NAME, tab.open("/help"))
        token = tab.token
    with Tab(server, token=token) as thief:
        return sees(NAME, thief.open("/help"))


@attack("4.4.4")
def a_stolen_tab_token_with_somebody_elses_cookie(server, world):
    with Tab(server, cookie=world.people["admin"].cookie) as tab:
        assert sees("Dana Okafor", tab.open("/staff/gallery"))
        with Tab(server, token=tab.token, cookie=world.people["stranger"].cookie) as thief:
            return sees("Dana Okafor", thief.open("/staff/gallery"))


@attack("4.4.4", "15.3.7")
def two_tab_tokens_in_one_address(server, world):
    with Tab(server, cookie=world.people["owner"].cookie) as tab:
        tab.open("/help")
        with Tab(server, token=f"mine&token={tab.token}") as thief:
            return sees(NAME, thief.open("/help"))


@attack("7.2.1")
def the_reference_of_a_session_in_place_of_its_cookie(server, world):
    reference = fingerprint(world.people["owner"].cookie)
    with Tab(server, cookie=f"x; ref={reference}") as tab:
        return sees(NAME, tab.open("/help"))


@attack("7.2.1", "7.2.3")
def a_cookie_with_one_letter_changed(server, world):
    cookie = world.people["owner"].cookie
    forged = cookie[:-2] + ("A" if cookie[-2] != "A" else "B") + cookie[-1]
    with Tab(server, cookie=forged) as tab:
        return sees(NAME, tab.open("/help"))


@attack("7.2.1", "7.2.2")
def the_fingerprint_of_a_token_as_the_token(server, world):
    with Tab(server, cookie=fingerprint(world.people["owner"].cookie)) as tab:
        return sees(NAME, tab.open("/help"))


def is_cut_off(server, person, end) -> bool:
    """Say whether an open tab is closed once `end` has been done, and a new one is nobody's."""
    with Tab(server, cookie=person.cookie) as tab:
        assert sees(NAME, tab.open("/help")) or sees("Dana Okafor", tab.open("/staff/gallery"))
        with database_at(server.database):
            end()
        over = False
        with suppress(TimeoutError):
            try:
                tab.wait_for("41", 6)
                over = True
            except ConnectionClosed:
                over = True
    with Tab(server, cookie=person.cookie) as again:
        shown = [again.open(path) for path in ("/help", "/staff/gallery")]
    return over and not sees(NAME, shown) and not sees("Dana Okafor", shown)


@attack("7.4.1")
def a_session_that_was_ended(server, world):
    person = sign_in(server.database, world.people["stranger"].user_id)

    def end():
        with transaction(SYSTEM) as tx:
            identity.end_session(tx, tx.session.get_one(PortalSession, person.session_id), "x")

    return not is_cut_off(server, person, end)


@attack("7.4.2")
def a_tab_of_somebody_who_was_dismissed(server, world):
    with database_at(server.database):
        user = f.staff(Role.ADMIN, brand_id=world.brand).user_id
    boss = Actor.system("attack", brand=world.brand)
    return not is_cut_off(
        server,
        sign_in(server.database, user),
        lambda: identity.change_staff(boss, user=user, role=Role.ADMIN, is_active=False),
    )


@attack("7.4.2", "8.2.1")
def power_that_was_taken_away_a_moment_ago(server, world):
    with database_at(server.database):
        user = f.staff(Role.ADMIN, brand_id=world.brand).user_id
    with Tab(server, cookie=sign_in(server.database, user).cookie) as tab:
        tab.open("/staff/settings/audit")
        name = long_name("audit_state.load")
        assert not was_refused(tab.send(name, {}))
        with database_at(server.database):
            member = f.fetch(StaffUser, user_id=user)
            member.role = Role.AGENT
            f._save(member)
        return not was_refused(tab.send(name, {}))


@attack("7.4.2")
def a_sign_in_that_was_switched_off_behind_its_tab(server, world):
    """Nothing tells the tab here: the row alone is changed, as by another process."""
    with database_at(server.database):
        account = f.account(brand_id=world.brand, name=FIRM)
        actor = f.consumer_actor(account)
    with Tab(server, cookie=sign_in(server.database, actor.user_id).cookie) as tab:
        assert sees(NAME, tab.open("/help"))
        with database_at(server.database):
            user = f.fetch(PortalUser, id=actor.user_id)
            user.status = UserStatus.DISABLED
            f._save(user)
        return not was_refused(tab.send(long_name("profile_state.load"), {}))


@attack("2.4.1")
def more_tabs_than_a_person_has(server, world):
    person = sign_in(server.database, world.people["owner"].user_id)
    tabs = []
    try:
        tabs.extend(Tab(server, cookie=person.cookie) for _ in range(SOCKETS_PER_SESSION + 1))
    except (InvalidStatus, ConnectionClosed):
        return len(tabs) != SOCKETS_PER_SESSION
    finally:
        for tab in tabs:
            tab.close()
    return True


@attack()
def a_frame_larger_than_the_limit(server, world):
    with Tab(server) as tab:
        tab.open("/sign-in")
        try:
            tab.send("reflex___state____state.x", {"text": "A" * 80_000})
        except (ConnectionClosed, TimeoutError):
            return False
        return True


@attack("16.5.1")
def frames_that_are_not_events(server, world):
    frames = (
        "42/_event,[", '42/_event,["event",[]]', '42/_event,["event"]', "49", "42{}",
        '42/_event,["event",{"name":1}]', '42/_event,["event",{"name":"a.b","payload":[]}]',
        '42/_event,["event",{"name":"a.b","payload":{},"router_data":7}]',
    )  # fmt: skip
    told = []
    for frame in frames:
        with Tab(server) as tab:
            tab.open("/sign-in")
            try:
                tab.raw(frame)
                tab.open("/sign-in")
            except (ConnectionClosed, TimeoutError):
                pass
            told += tab.frames
    is_well = ask(server, "GET", "/healthz").status_code == 200
    return not is_well or any("Traceback" in words or "Error" in words for words in told)
