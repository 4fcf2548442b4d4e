"""One reading for all that a page asks; nothing remembered while something is written."""

from portal_app.core.actor import Actor
from portal_app.models import database
from portal_app.services import contracts
from portal_app.services.reading import at_once, reading, remembered
from portal_app.services.transaction import transaction
from tests import factories as f
from tests.counting import count_queries


def test_what_is_asked_twice_in_one_reading_is_asked_once(any_db):
    account = f.account()
    actor = f.consumer_actor(account)

    @at_once
    def both():
        first = contracts.contract_list(actor, account=account.id)
        return first, contracts.contract_list(actor, account=account.id, shelf="quotes")

    with count_queries(database.engine()) as apart:
        contracts.contract_list(actor, account=account.id)
        contracts.contract_list(actor, account=account.id, shelf="quotes")
    with count_queries(database.engine()) as together:
        both()
    assert len(together) == len(apart) - 1


def test_different_questions_have_their_own_answers(any_db):
    asked = []

    @remembered
    def echo(_session, what, *, loud=False):
        asked.append(what)
        return what.upper() if loud else what

    with reading() as session:
        assert [echo(session, "a"), echo(session, "b"), echo(session, "a")] == ["a", "b", "a"]
        assert echo(session, "a", loud=True) == "A"
    assert asked == ["a", "b", "a"]


def test_what_is_read_while_writing_is_not_an_older_reading(any_db):
    account = f.account()
    actor, system = f.consumer_actor(account), Actor.system("tests")
    with reading() as outer:
        assert not contracts.contract_list(actor, account=account.id).rows
        with transaction(system) as tx, reading() as inner:
            assert inner is not outer
            assert tx.session is not outer
        f.contract(account)
    assert contracts.contract_list(actor, account=account.id).rows


def test_while_writing_nothing_is_remembered(any_db):
    asked = []

    @remembered
    def count(_session):
        asked.append(1)
        return len(asked)

    with transaction(Actor.system("tests")) as tx:
        assert [count(tx.session), count(tx.session)] == [1, 2]


def test_what_cannot_be_remembered_is_asked_all_the_same(any_db):
    @remembered
    def echo(_session, what):
        return what

    with reading() as session:
        assert echo(session, ["a"]) == ["a"]
