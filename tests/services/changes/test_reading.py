"""What reading costs: a fixed number of queries, however much there is to read."""

from portal_app.services import changes
from tests import factories as f
from tests.counting import count_queries


def another_customer_asks(desk) -> None:
    account = f.account(brand_id=desk.account.brand_id)
    desk.ask(actor=f.consumer_actor(account))


def test_queries_of_the_queue_do_not_grow_with_it(any_db, desk):
    def asked(**more):
        with count_queries(any_db) as queries:
            changes.queue(desk.agent, **more)
        return len(queries)

    desk.ask()
    few = (asked(), asked(view="all", search="rosa"))
    for _ in range(12):
        another_customer_asks(desk)
    assert (asked(), asked(view="all", search="rosa")) == few == (4, 4)


def test_queries_of_ones_own_details_do_not_grow_with_what_was_asked_for(any_db, desk):
    def asked():
        with count_queries(any_db) as queries:
            changes.my_details(desk.customer)
        return len(queries)

    number = desk.ask()
    few = asked()
    for turn in range(8):
        desk.reject(number)
        number = desk.ask(given_name=f"Rosie {'ABCDEFGH'[turn]}")
    assert asked() == few <= 8


def test_queries_of_one_change_do_not_grow_with_its_history(any_db, desk):
    def asked(number):
        with count_queries(any_db) as queries:
            changes.queue_item(desk.agent, number=number)
        return len(queries)

    number = desk.ask()
    few = asked(number)
    for turn in range(8):
        desk.ask(given_name=f"Rosie {'ABCDEFGH'[turn]}")
    assert asked(number) == few <= 8
