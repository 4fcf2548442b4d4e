"""What a representative sees of the contracts of whoever trusts them, and of nothing else."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from portal_app import models as m
from portal_app.core.actor import Actor
from portal_app.core.errors import NotAllowed, NotFound
from portal_app.services import access, billing, contracts, households, payments, rentals
from tests import factories as f
from tests.counting import count_queries
from tests.people import sign_in
from tests.services.households.conftest import signed_in
from tests.services.payments.plans import add_instalments, add_method

TODAY = date(2026, 11, 20)


@dataclass
class Trust:
    """Idris holds one service contract, is a contact of a rental account, and trusts Wanda."""

    idris: m.Person
    wanda: Actor
    held: m.Contract
    rented: m.Contract
    beside: m.Contract

    def seen_by(self, **areas: str) -> Actor:
        """Wanda, as she is known once she is trusted so far."""
        f.grant(self.idris, f.fetch(m.Person, id=self.wanda.person_id), areas=areas)
        return households.tied(self.wanda)

    def accounts(self, actor: Actor) -> dict[str, str]:
        return {one.id: one.acting_for for one in contracts.accounts_of(actor)}


@pytest.fixture
def trust(any_db, clock) -> Trust:
    service = {"kind": m.ContractKind.SERVICE_CONTRACT}
    idris = f.person(given_name="Idris", family_name="Aldous")
    family, firm = f.account(name="Aldous family", has_service_contracts=True), f.account()
    f.contact(firm, idris)
    held = f.contract(family, holder_id=idris.id, **service)
    beside = f.contract(family, holder_id=f.person().id, **service)
    rented = f.contract(firm)
    f.line(rented, quantity=3)
    f.invoice(firm, 12_300, TODAY)
    add_instalments(held, [TODAY + timedelta(days=9)])
    add_method(held)
    return Trust(idris, signed_in(f.person(given_name="Wanda")), held, rented, beside)


def numbers(actor, account):
    found = contracts.contract_list(actor, account=account)
    return {row.number for row in found.rows}


@pytest.mark.guards("contracts.whole_for")
@pytest.mark.requirement("S1-09")
def test_contracts_are_seen_as_far_as_whoever_trusts_sees_them(trust):
    actor = trust.seen_by(contracts="view")
    mine = trust.held.account_id, trust.rented.account_id
    assert trust.accounts(actor) == dict.fromkeys(mine, "Idris Aldous")
    assert numbers(actor, mine[0]) == {trust.held.number}
    assert numbers(actor, mine[1]) == {trust.rented.number}
    for contract in (trust.held, trust.rented):
        assert contracts.contract_detail(actor, number=contract.number).row.id == contract.id
    with pytest.raises(NotFound):
        contracts.contract_detail(actor, number=trust.beside.number)


def refused(*asked) -> None:
    for ask in asked:
        with pytest.raises(NotFound):
            ask()


class Printer:
    def render(self, _template: str, _data: object) -> bytes:
        return b"%PDF"


def figures(actor, account):
    """What of an account is about money."""
    invoice = f.fetch(m.Invoice, account_id=account)
    day = {"account": account, "as_of": TODAY.isoformat()}
    return (
        lambda: billing.account_summary(actor, account=account),
        lambda: billing.invoice_list(actor, account=account),
        lambda: billing.invoice_detail(actor, number=invoice.number),
        lambda: billing.invoice_document(actor, invoice=invoice.id, renderer=Printer()),
        lambda: billing.statement_list(actor, account=account),
        lambda: billing.statement(actor, **day),
        lambda: billing.statement_document(actor, **day, renderer=Printer()),
    )


def items(actor, account):
    """What of an account is about what is rented."""
    return (
        lambda: rentals.items_out(actor, account=account),
        lambda: rentals.lines_out(actor, account=account),
        lambda: rentals.requests_of(actor, account=account),
    )


@pytest.mark.requirement("S1-09")
@pytest.mark.asvs("8.2.2")
def test_who_is_trusted_with_contracts_sees_what_is_out_and_no_figures(trust):
    actor = trust.seen_by(contracts="view", cases="act", documents="act")
    account = trust.rented.account_id
    out = rentals.items_out(actor, account=account).rows
    assert [row.contract_number for row in out] == [trust.rented.number]
    for ask in items(actor, account):
        ask()
    refused(
        *figures(actor, account),
        *items(actor, trust.held.account_id),  # of which nobody who trusts her is a contact
        lambda: payments.contract_payments(actor, contract=trust.held.id),
        lambda: payments.begin_setup(actor, contract=trust.held.id, gateway=None, key="k"),
    )
    (choice,) = [one for one in contracts.accounts_of(actor) if one.id == account]
    assert (choice.is_whole, choice.has_items, choice.has_figures) == (False, True, False)
    held = contracts.profile(actor, account=account)
    assert (held.main_phone, held.email) == ("", "")
    assert payments.what_next(actor, account=trust.held.account_id) == ()
    assert not payments.has_payments(actor, account=trust.held.account_id)


@pytest.mark.requirement("S1-09")
@pytest.mark.asvs("8.2.2")
def test_who_is_trusted_with_payments_sees_figures_and_nothing_that_is_out(trust):
    actor = trust.seen_by(payments="view")
    account, other = trust.rented.account_id, f.account(name="Strange Ltd")
    f.invoice(other, 4_500, TODAY)
    for ask in figures(actor, account):
        ask()
    refused(
        *items(actor, account),
        *figures(actor, other.id),
        lambda: contracts.contract_detail(actor, number=trust.rented.number),
    )
    assert trust.accounts(actor)[account] == "Idris Aldous"
    assert numbers(actor, account) == set()
    (choice,) = [one for one in contracts.accounts_of(actor) if one.id == account]
    assert (choice.rents, choice.is_billed) == (False, True)


ASKED = {
    "quantity": 1, "requested_for": "now", "method": "pickup", "place": "Gate 4",
    "contact_name": "Wanda", "contact_phone": "(813) 555-0111",
}  # fmt: skip


@pytest.mark.requirement("S1-09")
@pytest.mark.requirement("S3-25")
def test_items_are_called_off_for_another_only_by_who_may_act_in_contracts(trust):
    line = f.fetch(m.ContractLine, contract_id=trust.rented.id).id
    actor = trust.seen_by(contracts="view")
    assert not rentals.items_out(actor, account=trust.rented.account_id).may_request
    with pytest.raises(NotAllowed):
        rentals.call_off_rent(actor, line=line, **ASKED, key="one")
    actor = trust.seen_by(contracts="act")
    assert rentals.items_out(actor, account=trust.rented.account_id).may_request
    number = rentals.call_off_rent(actor, line=line, **ASKED, key="two")
    assert rentals.request_detail(actor, number=number).row.number == number
    rentals.cancel_request(actor, number=number, key="three")
    for grant in f.fetch_all(m.Grant):
        households.revoke_grant(trust.wanda, grant=grant.id, key=grant.id)
    refused(lambda: rentals.request_detail(households.tied(trust.wanda), number=number))


@pytest.mark.requirement("S1-09")
def test_who_looks_after_bills_alone_lets_nobody_call_off(any_db, clock):
    giver, wanda = f.person(given_name="Joanna"), signed_in(f.person(given_name="Wanda"))
    account = f.account()
    f.contact(account, giver, role=m.ContactRole.BILLING)
    line = f.line(f.contract(account), quantity=3)
    f.grant(giver, f.fetch(m.Person, id=wanda.person_id), areas={"contracts": "act"})
    actor = households.tied(wanda)
    assert not rentals.items_out(actor, account=account.id).may_request
    with pytest.raises(NotAllowed):
        rentals.request_form(actor, line=line.id)


@pytest.mark.requirement("S1-09")
def test_payments_are_seen_and_seen_to_only_by_whoever_is_trusted_with_them(trust):
    actor = trust.seen_by(contracts="view", payments="view")
    shown = payments.contract_payments(actor, contract=trust.held.id)
    assert (bool(shown.schedule), shown.methods) == (True, ())
    (method,) = f.fetch_all(m.PaymentMethod)
    with pytest.raises(NotAllowed):
        payments.remove_method(actor, payment_method=method.id, key="k")
    actor = trust.seen_by(payments="act")
    assert len(payments.contract_payments(actor, contract=trust.held.id).methods) == 1
    payments.remove_method(actor, payment_method=method.id, key="k")
    with pytest.raises(NotFound):
        payments.contract_payments(actor, contract=trust.beside.id)


@pytest.mark.requirement("S1-09")
@pytest.mark.parametrize("areas", [{}, {"cases": "act"}, {"contracts": "none"}])
def test_other_areas_open_no_contract(trust, areas):
    actor = trust.seen_by(**areas)
    assert actor.represents == {trust.idris.id}
    assert trust.accounts(actor) == {}
    with pytest.raises(NotFound):
        contracts.contract_detail(actor, number=trust.held.number)
    with pytest.raises(NotFound):
        contracts.contract_list(actor, account=trust.held.account_id)


@pytest.mark.requirement("S1-09")
def test_taken_away_means_gone_at_the_next_question(trust):
    trust.seen_by(contracts="view")
    session = sign_in(str(m.database.engine().url.render_as_string(hide_password=False)),
                      trust.wanda.user_id)  # fmt: skip
    actor = replace(trust.wanda, session_id=session.session_id)
    access.choose_account(households.tied(actor), account=trust.held.account_id)
    households.revoke_grant(trust.wanda, grant=f.fetch(m.Grant).id, key="k")
    with pytest.raises(NotFound):
        access.choose_account(households.tied(actor), account=trust.held.account_id)
    with pytest.raises(NotFound):
        contracts.contract_detail(households.tied(actor), number=trust.held.number)


@pytest.mark.guards("contracts.own_accounts")
@pytest.mark.requirement("S1-09")
def test_own_accounts_stay_ones_own(trust):
    own = f.account(name="Crowe & Co")
    f.contact(own, f.fetch(m.Person, id=trust.wanda.person_id))
    f.contract(own)
    actor = trust.seen_by(contracts="view")
    assert trust.accounts(actor)[own.id] == ""
    assert access.settle_account(actor) is False
    assert f.fetch(m.PortalSession, id=actor.session_id).account_id == own.id
    assert len(numbers(actor, own.id)) == 1
    with count_queries(m.database.engine()) as queries:
        contracts.accounts_of(households.tied(signed_in(f.person())))
    plain = [one for one, _ in queries.sent if "FROM account" in one]
    assert len(plain) == 1
