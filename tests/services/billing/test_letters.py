"""A statement by mail: to whoever asks, once, and to nobody else."""

from datetime import date

import pytest

from portal_app import models as m
from portal_app.core.errors import Conflict, Invalid, NotFound
from portal_app.services import billing
from tests import factories as f

DAY = "2026-10-31"


def asked(actor, account, key="click", **other):
    return billing.mail_statement(
        actor, **{"account": account.id, "as_of": DAY, "key": key} | other
    )


@pytest.fixture
def account(any_db, clock) -> m.Account:
    account = f.account(name="Lindqvist Roofing")
    f.entry(account, 12_345, date(2026, 10, 2))
    return account


@pytest.mark.requirement("S3-20")
def test_a_statement_goes_to_the_address_of_whoever_asks(account):
    actor = f.consumer_actor(account)
    address = asked(actor, account)
    (letter,) = f.fetch_all(m.OutboundMessage)
    assert letter.recipient == address == f.fetch(m.Person, id=actor.person_id).email
    assert letter.subject == "Your statement as of 31 October 2026"
    assert "Balance owed: $123.45" in letter.text
    assert letter.text.count("/statements/2026-10-31") == 1
    assert [row.action for row in f.fetch_all(m.AuditEvent)] == ["statement:self:mailed"]


def test_pressed_twice_or_asked_for_again_that_day_sends_one_letter(account, clock):
    actor = f.consumer_actor(account)
    assert asked(actor, account) == asked(actor, account) == asked(actor, account, key="another")
    assert len(f.fetch_all(m.OutboundMessage)) == 1
    clock.advance(days=1)
    asked(actor, account, key="tomorrow")
    assert len(f.fetch_all(m.OutboundMessage)) == 2


def test_a_stranger_is_told_nothing_and_nothing_is_sent(account):
    stranger = f.consumer_actor(f.account())
    with pytest.raises(NotFound):
        asked(stranger, account)
    with pytest.raises(Invalid, match="has not come yet"):
        asked(f.consumer_actor(account), account, as_of="2027-01-01")
    assert f.fetch_all(m.OutboundMessage) == []


def test_without_an_address_the_sentence_says_whom_to_ask(account):
    actor = f.consumer_actor(account)
    person = f.fetch(m.Person, id=actor.person_id)
    person.email = ""
    f._save(person)
    with pytest.raises(Conflict, match="Ask your store"):
        asked(actor, account)
    assert f.fetch_all(m.OutboundMessage) == []
    assert f.fetch_all(m.IdempotencyKey) == []
