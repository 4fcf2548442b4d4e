"""What happens to a case stands in every open tab of those allowed, without a reload.

On one worker, and on two that share PostgreSQL and Redis; so does the end of a right.
"""

import statistics
import time
from contextlib import ExitStack

import pytest

from portal_app import models as m
from portal_app.core.ids import new_id
from tests import factories as f
from tests.outages.calling import send_only
from tests.people import database_at, sign_in
from tests.permissions import cases_world
from tests.permissions.operations import long_name
from tests.portal_server import running
from tests.results import record
from tests.tab import Tab

TRIES = 15
# How long it nearly always takes is a figure on the scoreboard; a busy machine is given time.
PATIENCE_SECONDS = 10
WRITING = '"replying_rx_state_":"0'


@pytest.fixture(scope="module", params=["one worker", "two workers"])
def portals(request, stage, redis_url):
    """The portal that customers have open, and the one that staff and heads have open."""
    shared = {"PORTAL_REDIS_URL": redis_url} if request.param == "two workers" else {}
    given = {**stage.licence, "PORTAL_JOBS": "off", **shared}
    with ExitStack() as stack:
        first = stack.enter_context(running(stage.url, stage.folder, **given))
        second = stack.enter_context(running(stage.url, stage.folder, **given)) if shared else first
        yield request.param.replace(" ", "_"), first, second


@pytest.fixture
def number(stage):
    """A case about the owner, which staff have taken up."""
    with database_at(stage.url):
        return cases_world.case(stage.world)


def cookie(stage, who):
    return sign_in(stage.url, stage.world.people[who].user_id).cookie


class Stopwatch:
    """Sends events in one tab and notes how long until the other has what follows from them."""

    def __init__(self, doing, seeing):
        self.doing, self.seeing = doing, seeing
        self.took = {}

    def time(self, what, event, payload, shown):
        begun = time.monotonic()
        send_only(self.doing, long_name(event), payload)
        self.seeing.wait_for(shown, PATIENCE_SECONDS)
        self.took.setdefault(what, []).append(time.monotonic() - begun)

    def judge(self, name):
        nearly_all = {what: statistics.quantiles(one, n=20)[-1] for what, one in self.took.items()}
        record("live", {f"{what}_{name}_ms": round(one * 1000) for what, one in nearly_all.items()})


def form(number, **entered):
    return {"form": {"number": number, "key": new_id(), **entered}}


@pytest.mark.requirement("S1-16")
@pytest.mark.requirement("S1-21")
def test_comments_states_and_presence_are_in_the_other_tab_at_once(stage, portals, number):
    name, first, second = portals
    with (
        Tab(first, cookie=cookie(stage, "owner")) as customer,
        Tab(second, cookie=cookie(stage, "agent")) as desk,
    ):
        customer.open(f"/cases/{number}")
        desk.open(f"/staff/cases?open={number}")
        watch = Stopwatch(desk, customer)
        for n in range(TRIES):
            watch.time("presence", "case_queue_state.begin_reply", {"number": number}, WRITING)
            said = form(number, words=f"Answer {n}.")
            watch.time("comment", "case_queue_state.reply", said, f"Answer {n}.")
            asked = form(number, ask_words=f"Which {n}?")
            watch.time("asked", "case_queue_state.ask", asked, '"status":"Waiting for you"')
            watch.time("opened", "case_queue_state.take_up", form(number), '"status":"Open"')
    watch.judge(name)


def test_what_a_customer_writes_is_on_the_open_sheet_at_once(stage, portals, number):
    name, first, second = portals
    with (
        Tab(first, cookie=cookie(stage, "owner")) as customer,
        Tab(second, cookie=cookie(stage, "agent")) as desk,
    ):
        customer.open(f"/cases/{number}")
        desk.open(f"/staff/cases?open={number}")
        watch = Stopwatch(customer, desk)
        for n in range(TRIES - 5):  # a customer may write thirty times an hour
            said = form(number, words=f"Reply {n}!")
            watch.time("customers_comment", "case_state.comment", said, f"Reply {n}!")
    watch.judge(name)


@pytest.mark.requirement("S1-09")
def test_a_right_to_cases_that_is_taken_away_ends_in_open_tabs_at_once(stage, portals, number):
    name, first, second = portals
    with database_at(stage.url):
        owner = f.fetch(m.Person, id=cases_world.person(stage.world))
        helper = f.person(brand_id=stage.world.brand, given_name="Wanda")
        user = f.user(helper).id
    with (
        Tab(first, cookie=sign_in(stage.url, user).cookie) as tab,
        Tab(second, cookie=cookie(stage, "owner")) as theirs,
    ):
        theirs.open("/access")
        watch = Stopwatch(theirs, tab)
        for _ in range(TRIES):
            with database_at(stage.url):
                grant = f.grant(owner, helper, areas={"cases": "act"}).id
            assert number in str(tab.open(f"/cases/{number}"))
            revoked = {"grant": grant, "key": new_id()}
            watch.time("right_ended", "openness_state.revoke", revoked, "Page not found")
            tab.open("/access")
    watch.judge(name)
