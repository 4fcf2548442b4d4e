"""Calling items off rent, and what the store does with the request."""

from portal_app import models as m
from portal_app.services import billing, contracts, documents, rentals
from tests import factories as f
from tests.faults.scenarios.registry import Command, scenario
from tests.services.rentals.conftest import Hire, make_hire


@scenario(rentals.call_off_rent)
def items_are_called_off_rent() -> Command:
    hire = make_hire()
    return lambda: hire.ask(key="click")


def _asked() -> tuple[Hire, str]:
    hire = make_hire()
    return hire, hire.ask()


@scenario(rentals.cancel_request)
def a_request_is_taken_back() -> Command:
    hire, number = _asked()
    return lambda: rentals.cancel_request(hire.owner, number=number, key="click")


@scenario(rentals.acknowledge)
def a_request_is_acknowledged() -> Command:
    hire, number = _asked()
    return lambda: rentals.acknowledge(hire.agent, number=number, key="click")


@scenario(rentals.decline)
def a_request_is_declined() -> Command:
    hire, number = _asked()
    reason = "The lift is needed until Friday."
    return lambda: rentals.decline(hire.agent, number=number, reason=reason, key="click")


def _acknowledged() -> tuple[Hire, str]:
    hire, number = _asked()
    rentals.acknowledge(hire.agent, number=number, key="earlier")
    return hire, number


@scenario(rentals.schedule)
def a_pickup_is_planned() -> Command:
    hire, number = _acknowledged()
    when = "2026-11-24T09:00"
    return lambda: rentals.schedule(hire.agent, number=number, when=when, key="click")


@scenario(rentals.reschedule)
def a_pickup_is_put_off() -> Command:
    hire, number = _acknowledged()
    rentals.schedule(hire.agent, number=number, when="2026-11-24T09:00", key="later")
    when = "2026-11-25T09:00"
    return lambda: rentals.reschedule(hire.agent, number=number, when=when, key="click")


@scenario(rentals.receive_return)
def items_come_back() -> Command:
    hire, number = _acknowledged()
    return lambda: rentals.receive_return(hire.agent, number=number, key="click")


@scenario(rentals.check_in)
def items_are_checked_in() -> Command:
    hire, number = _acknowledged()
    rentals.receive_return(hire.agent, number=number, key="later")
    return lambda: rentals.check_in(hire.agent, number=number, quantity=2, key="click")


class Paper:
    """Prints nothing: what is killed here is the note of who took a document away."""

    def render(self, template: str, data: object) -> bytes:
        return b"%PDF"


TAKEN = "Each time a document is taken away is written down."


@scenario(contracts.contract_document, documents.hand_out, anew=TAKEN)
def a_contract_is_taken_away() -> Command:
    hire = make_hire()
    given = {"contract": hire.contract.id, "renderer": Paper()}
    return lambda: contracts.contract_document(hire.owner, **given)


@scenario(billing.invoice_document, anew=TAKEN)
def an_invoice_is_taken_away() -> Command:
    hire = make_hire()
    bill = f.invoice(hire.account, 12_300, f.clock.today())
    given = {"invoice": bill.id, "renderer": Paper()}
    return lambda: billing.invoice_document(hire.owner, **given)


@scenario(billing.statement_document, anew=TAKEN)
def a_statement_is_taken_away() -> Command:
    hire = make_hire()
    f.entry(hire.account, 12_300, f.clock.today(), kind=m.EntryKind.CHARGE)
    given = {"account": hire.account.id, "as_of": "2026-11-20", "renderer": Paper()}
    return lambda: billing.statement_document(hire.owner, **given)


@scenario(billing.mail_statement)
def a_statement_is_sent_by_mail() -> Command:
    account = f.account()
    owner = f.consumer_actor(account)
    asked = {"account": account.id, "as_of": "2026-10-31"}
    return lambda: billing.mail_statement(owner, **asked, key="click")
