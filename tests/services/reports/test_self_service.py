from datetime import date

import pytest

from portal_app.core.actor import ANONYMOUS, Actor, ActorKind, Role
from portal_app.core.errors import NotAllowed, NotFound
from portal_app.models import Action
from portal_app.services import changes, reports
from portal_app.services.reports import SelfServiceMonth
from portal_app.services.transaction import transaction
from tests import factories as f


def note(actor: Actor, action: Action, object_type: str = "x", object_id: str = "1") -> None:
    with transaction(actor) as tx:
        tx.record(action, object_type, object_id)


def name(given: str) -> dict[str, str]:
    return {"given_name": given, "family_name": "Lindqvist"}


@pytest.mark.requirement("S3-26")
def test_what_customers_do_by_themselves_is_counted_by_month(any_db, clock):
    customer, manager = f.consumer_actor(f.account()), f.staff_actor(Role.MANAGER)
    nobody_yet = Actor(brand=customer.brand)
    clock.at(2026, 10, 31, 23, 59)
    note(nobody_yet, Action.USER_REGISTERED, "portal_user", customer.user_id)
    note(nobody_yet, Action.SESSION_STARTED, "portal_user", customer.user_id)
    note(customer, Action.RENTAL_REQUESTED, "rental_request")
    clock.at(2026, 11, 1, 0, 0)
    note(nobody_yet, Action.SESSION_STARTED, "portal_user", customer.user_id)
    note(customer, Action.DOCUMENT_DOWNLOADED, "account")
    note(customer, Action.DOCUMENT_DOWNLOADED, "contract")
    note(customer, Action.DOCUMENT_DOWNLOADED, "invoice")
    # What staff do, what others do and what is refused does not count.
    note(manager, Action.DOCUMENT_DOWNLOADED, "contract")
    note(nobody_yet, Action.SESSION_STARTED, "portal_user", manager.user_id)
    note(customer, Action.RENTAL_CANCELLED, "rental_request")
    clock.at(2026, 11, 20, 12, 0)
    found = reports.self_service(manager, months=3)
    assert found.months == (
        SelfServiceMonth(date(2026, 11, 1), sign_ins=1, statements=1, documents=2),
        SelfServiceMonth(date(2026, 10, 1), registrations=1, sign_ins=1, off_rents=1),
        SelfServiceMonth(date(2026, 9, 1)),
    )
    assert (found.total.sign_ins, found.total.calls_saved) == (2, 4)


@pytest.mark.requirement("S3-26")
def test_a_statement_that_was_mailed_counts_like_one_that_was_fetched(any_db, clock):
    customer, manager = f.consumer_actor(f.account()), f.staff_actor(Role.MANAGER)
    note(customer, Action.DOCUMENT_DOWNLOADED, "account")
    note(customer, Action.STATEMENT_MAILED, "account")
    note(manager, Action.STATEMENT_MAILED, "account")
    total = reports.self_service(manager).total
    assert (total.statements, total.documents, total.calls_saved) == (2, 0, 2)


@pytest.mark.requirement("S3-26")
def test_a_change_that_a_customer_asked_for_counts_once_it_is_made(any_db, clock):
    customer, manager = f.consumer_actor(f.account()), f.staff_actor(Role.MANAGER)

    def counted():
        total = reports.self_service(manager).total
        return total.changes, total.calls_saved

    # At once, after a look, not at all, and by staff themselves.
    changes.ask(customer, kind="language", values={"locale": "en-GB"}, key="at-once")
    assert counted() == (1, 1)
    waiting = changes.ask(customer, kind="name", values=name("Rosalind"), key="waits")
    assert counted() == (1, 1)
    changes.approve(manager, number=waiting, version=1, key="yes")
    assert counted() == (2, 2)
    refused = changes.ask(customer, kind="name", values=name("Rosamund"), key="waits-too")
    changes.reject(manager, number=refused, version=1, reason="The papers differ.", key="no")
    changes.correct(
        manager, person=customer.person_id, kind="name", values=name("Rosa"), key="by-staff"
    )
    assert counted() == (2, 2)


def test_each_brand_counts_its_own(db, clock):
    customer = f.consumer_actor(f.account())
    note(customer, Action.RENTAL_REQUESTED, "rental_request")
    other = f.staff_actor(Role.MANAGER, brand_id=f.brand(key="other", name="Other").id)
    assert reports.self_service(other).total.off_rents == 0
    assert reports.self_service(f.staff_actor(Role.ADMIN)).total.off_rents == 1


def test_months_reach_back_over_the_year(db, clock):
    clock.at(2026, 2, 28, 12, 0)
    manager = f.staff_actor(Role.MANAGER)
    months = [one.month for one in reports.self_service(manager, months=14).months]
    assert months[0] == date(2026, 2, 1)
    assert months[-1] == date(2025, 1, 1)
    assert len(set(months)) == 14


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (lambda: f.staff_actor(Role.AGENT), NotAllowed),
        (lambda: f.consumer_actor(f.account()), NotFound),
        (lambda: ANONYMOUS, NotFound),
        (lambda: Actor(ActorKind.CONSUMER, brand=f.brand().id), NotFound),
    ],
)
def test_reports_are_for_managers(db, make, refusal):
    with pytest.raises(refusal):
        reports.self_service(make())
