"""News from the payment gateway: what is signed is noted once, and answered alike ever after."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlmodel import Session, select

from portal_app import models as m
from portal_app.core import clock
from portal_app.core.settings import DEVELOPMENT_SECRET
from portal_app.integrations.sandbox_gateway import SandboxGateway
from portal_app.ports.payments import GatewayNotice
from portal_app.web.hooks import PATH
from tests.asking import ask
from tests.people import database_at

GATEWAY = SandboxGateway(Path("unused"), secret=DEVELOPMENT_SECRET, now=clock.now)


def send(portal, notice):
    body, headers = GATEWAY.signed(notice)
    return ask(portal, "POST", PATH, content=body, headers=headers)


def noted(portal, name):
    with database_at(portal.database) as engine, Session(engine) as session:
        rows = session.exec(select(m.PaymentNotice)).all()
        return sum(row.notice_id == name for row in rows)


def test_news_is_noted_and_answered_without_a_word(portal):
    answer = send(portal, GatewayNotice("n-1", "no-such-charge"))
    assert (answer.status_code, answer.text) == (204, "")
    assert noted(portal, "n-1") == 1


@pytest.mark.asvs("2.3.4")
def test_the_same_news_twenty_times_at_once_is_noted_once(portal):
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: send(portal, GatewayNotice("n-2", "c")), range(20)))
    assert {answer.status_code for answer in answers} == {204}
    assert noted(portal, "n-2") == 1


def test_news_that_is_refused_leaves_nothing_but_a_line_in_the_log(portal):
    body, headers = GATEWAY.signed(GatewayNotice("n-3", "c"))
    answer = ask(portal, "POST", PATH, content=body + b" ", headers=headers)
    assert (answer.status_code, answer.text) == (400, "")
    assert noted(portal, "n-3") == 0
    assert "payment notice refused" in portal.logged()
