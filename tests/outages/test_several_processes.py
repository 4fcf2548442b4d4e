"""Two portals on one PostgreSQL and one Redis: what is done through one holds in the other."""

import json
from contextlib import ExitStack

import pytest
from websockets.exceptions import ConnectionClosed

from portal_app.core.actor import Actor
from portal_app.core.ids import new_id
from portal_app.models import Job, MessageState, OutboundMessage
from portal_app.services import notifications
from portal_app.services.transaction import transaction
from tests.asking import ask
from tests.factories import fetch_all
from tests.outages.calling import until
from tests.people import database_at, sign_in
from tests.permissions.operations import long_name
from tests.portal_server import running
from tests.tab import Tab

LETTERS = 60
CONFIRMED = "Your store has confirmed when rent stops"


@pytest.fixture(scope="module")
def pair(stage, redis_url):
    given = {**stage.licence, "PORTAL_REDIS_URL": redis_url}
    with ExitStack() as both:
        yield [both.enter_context(running(stage.url, stage.folder, **given)) for _ in range(2)]


def cookie(stage, who):
    return sign_in(stage.url, stage.world.people[who].user_id).cookie


def test_a_change_through_one_appears_in_the_open_tab_of_the_other(pair, stage):
    first, second = pair
    number = stage.world.request()
    with (
        Tab(first, cookie=cookie(stage, "owner")) as customer,
        Tab(second, cookie=cookie(stage, "agent")) as desk,
    ):
        assert CONFIRMED not in json.dumps(customer.open(f"/requests/{number}"))
        desk.open(f"/staff/rental-requests?open={number}")
        form = {"number": number, "key": new_id(), "off_rent_at": ""}
        desk.send(long_name("rental_queue_state.acknowledge"), {"form": form})
        assert customer.wait_for(CONFIRMED, 5)


@pytest.mark.asvs("7.4.1")
def test_a_session_ended_through_one_is_cut_off_in_the_other(pair, stage):
    first, second = pair
    mine = cookie(stage, "owner")
    with Tab(first, cookie=mine) as tab:
        tab.open("/contracts")
        headers = {"cookie": f"__Host-portal={mine}", "origin": second.address}
        assert ask(second, "POST", "/auth/sign-out", headers=headers).status_code == 303
        with pytest.raises(ConnectionClosed):
            tab.wait_for("never", 5)
    assert ask(first, "GET", "/contracts", headers=headers).headers["location"].startswith("/sign")


@pytest.mark.asvs("6.3.1")
def test_wrong_passwords_are_counted_together(pair, stage):
    told = []
    for number in range(8):
        server = pair[number % 2]
        headers = {"origin": server.address}
        form = {"identifier": "nobody@example.com", "password": f"wrong horse {number}"}
        answer = ask(server, "POST", "/auth/sign-in", headers=headers, data=form)
        left = answer.headers["set-cookie"].partition("=")[2].partition(";")[0]
        with Tab(server, cookie=left) as tab:
            told.append("too many wrong passwords" in json.dumps(tab.open("/sign-in")))
    assert told == [False] * 5 + [True] * 3


def test_jobs_of_both_are_run_once_each(pair, stage):
    with database_at(stage.url):
        for number in range(LETTERS):
            with transaction(Actor.system("tests")) as tx:
                notifications.send_mail(
                    tx, topic="identity.password_changed", brand_id=stage.world.brand,
                    recipient=f"person{number}@example.com", facts={}, dedupe_key=f"once {number}",
                )  # fmt: skip

        def letters():
            return [m for m in fetch_all(OutboundMessage) if m.dedupe_key.startswith("once ")]

        until(lambda: all(m.state is MessageState.SENT for m in letters()), seconds=20)
        ids = {letter.id for letter in letters()}
        ran = [job for job in fetch_all(Job, name="send_message") if job.args["message_id"] in ids]
        assert len(ids) == len(ran) == LETTERS
        assert {job.attempts for job in ran} == {1}


def test_neither_has_met_a_failure(pair):
    for server in pair:
        assert "Traceback" not in server.logged()
        assert "unexpected failure" not in server.logged()
