"""A followed link over the bare socket: the page is let be seen with its data, not before."""

import json

import pytest
from reflex.state import OnLoadInternalState
from reflex_base.utils.format import format_event_handler
from sqlmodel import col, update

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.models import Account, PortalSession
from portal_app.services.transaction import transaction
from tests import factories as f
from tests.people import database_at, sign_in
from tests.tab import Tab

FOLLOW = format_event_handler(OnLoadInternalState.event_handlers["on_load_internal"])
SYSTEM = Actor.system("test")


@pytest.fixture(scope="module")
def visitor(server):
    """Somebody with two contracts: who they are, and their user."""
    with database_at(server.database):
        person = f.person()
        account = f.account(has_service_contracts=True)
        f.contact(account, person)
        for number in ("SD-1", "SD-2"):
            f.contract(account, holder_id=person.id, kind="service_contract", number=number)
        return person, f.user(person).id


@pytest.fixture
def cookie(server, visitor):
    return sign_in(server.database, visitor[1]).cookie


def change_sessions(server, user, **values):
    """Change the sessions of somebody behind their tabs' back."""
    with database_at(server.database), transaction(SYSTEM) as tx:
        tx.session.exec(
            update(PortalSession).where(col(PortalSession.user_id) == user).values(**values)
        )


def letting_be_seen(frames, path):
    """Return the places, among the frames, of those that let a page be seen."""
    said = f'"arrived_at_rx_state_": "{path}"'
    return [place for place, frame in enumerate(frames) if said in json.dumps(frame)]


@pytest.mark.requirement("S3-23")
def test_a_page_is_let_be_seen_once_and_together_with_its_data(server, cookie):
    with Tab(server, cookie=cookie) as tab:
        tab.open("/help")
        for path, shown in (
            ("/contracts", {"SD-1", "SD-2"}),
            ("/contracts/SD-1", {"SD-1"}),
            ("/contracts/SD-2", {"SD-2"}),
        ):
            frames = tab.send(FOLLOW, {}, path)
            (place,) = letting_be_seen(frames, path)
            told = json.dumps(frames[place]["delta"])
            assert {number for number in ("SD-1", "SD-2") if number in told} == shown


def test_a_tab_that_connects_anew_holds_its_page_back_until_the_data_is_there(server, cookie):
    with Tab(server, cookie=cookie) as tab:
        assert letting_be_seen(tab.open("/contracts/SD-1"), "-") == [], "nothing was held yet"
        for path in ("/contracts/SD-1", "/contracts/SD-1?section=history#payments"):
            frames = tab.open(path)
            (held,) = letting_be_seen(frames, "-")
            assert "SD-1" in json.dumps(frames[held]["delta"]), "a tab begins with what it held"
            (place,) = letting_be_seen(frames, "/contracts/SD-1")
            assert place > held


def test_the_frame_follows_to_an_account_that_was_chosen_in_another_tab(server, visitor, cookie):
    person, user = visitor
    with database_at(server.database):
        other = f.account(has_service_contracts=True, number="A-OTHER")
        f.contact(other, person)
    with Tab(server, cookie=cookie) as tab:
        tab.open("/help")
        change_sessions(server, user, account_id=other.id)
        frames = tab.send(FOLLOW, {}, "/contracts")
        (place,) = letting_be_seen(frames, "/contracts")
        assert "Account A-OTHER" in json.dumps(frames[: place + 1])


def test_a_page_without_data_of_its_own_is_let_be_seen(server):
    with Tab(server) as tab:
        tab.open("/sign-in")
        frames = tab.send(FOLLOW, {}, "/help")
        assert len(letting_be_seen(frames, "/help")) == 1


@pytest.mark.asvs("7.4.1")
def test_a_frame_that_is_kept_does_not_keep_the_session(server, visitor, cookie):
    with Tab(server, cookie=cookie) as tab:
        tab.open("/help")
        change_sessions(server, visitor[1], revoked_at=clock.now())
        following = {"name": FOLLOW, "payload": {}, "router_data": {"asPath": "/contracts"}}
        tab.raw("42/_event," + json.dumps(["event", following]))
        assert "/sign-in?ended=expired" in tab.wait_for("_redirect")
        assert not [frame for frame in tab.frames if "SD-1" in frame]


def change_account(server, account, **values):
    """Change an account behind the tabs' back, as a feed does."""
    with database_at(server.database), transaction(SYSTEM) as tx:
        tx.session.exec(update(Account).where(col(Account.id) == account.id).values(**values))
        tx.touch(f"account:{account.id}")


def told_of(tab, words, seconds):
    try:
        tab.wait_for(words, seconds)
    except TimeoutError:
        return False
    return True


def follow(tab, path):
    """Follow a link, and wait for the page: an event in between would stand at another address."""
    said = {"pathname": path, "asPath": path, "query": {"number": path.rsplit("/", 1)[1]}}
    tab.raw(
        "42/_event," + json.dumps(["event", {"name": FOLLOW, "payload": {}, "router_data": said}])
    )
    tab.wait_for(f'"arrived_at_rx_state_":"{path}"')


def test_a_page_that_was_left_is_followed_no_more_and_the_next_one_is(server):
    with database_at(server.database):
        account, agent = f.account(number="A-LEFT"), f.staff_actor()
    with Tab(server, cookie=sign_in(server.database, agent.user_id).cookie) as tab:
        tab.open("/staff/gallery")
        follow(tab, "/staff/customers/A-LEFT")
        change_account(server, account, name="First name")
        assert told_of(tab, "First name", 5)
        follow(tab, "/staff/gallery")
        change_account(server, account, name="Second name")
        assert not told_of(tab, "customer_state", 2)
        follow(tab, "/staff/customers/A-LEFT")
        change_account(server, account, name="Third name")
        assert told_of(tab, "Third name", 5)
