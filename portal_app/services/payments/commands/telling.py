"""Who hears of what happens to payments: people, the master system, the trail, open tabs."""

from collections.abc import Mapping

from sqlmodel import col, or_, select

from portal_app.core import clock
from portal_app.core.money import Money
from portal_app.models import Account, AccountContact, Action, ContactRole, Contract, Instalment
from portal_app.services import events, notifications
from portal_app.services.payments.policy import Deal
from portal_app.services.transaction import Transaction
from portal_app.services.wording import money

_HEARS = (ContactRole.OWNER, ContactRole.BILLING)


def page_of(contract: Contract) -> str:
    """Return the page on which the payments of a contract are seen to."""
    return f"/contracts/{contract.id}"


def tell(tx: Transaction, deal: Deal, happened: str, facts: Mapping[str, str]) -> None:
    """Tell the contract's holder, in the portal and by letter; without one, who looks after it."""
    notifications.tell(
        tx,
        topic=f"payment.{happened}",
        brand_id=deal.contract.brand_id,
        to=_people(tx, deal),
        facts={"contract": deal.contract.number, **facts},
        link=page_of(deal.contract),
    )


def write_down(
    tx: Transaction, deal: Deal, action: Action, thing: str, thing_id: str, **detail: object
) -> None:
    """Add to the audit trail, and let the tabs follow that show this contract."""
    tx.record(action, thing, thing_id, contract_id=deal.contract.id, **detail)
    touch(tx, deal)


def touch(tx: Transaction, deal: Deal) -> None:
    """Let the tabs follow that show this contract's payments."""
    contract = deal.contract
    tx.touch(
        f"contract:{contract.id}", f"account:{contract.account_id}", f"payments:{contract.brand_id}"
    )


def announce(tx: Transaction, deal: Deal, name: str, row: Instalment, **data: object) -> None:
    """Tell the master system what became of a payment (S0-14)."""
    events.emit(
        tx,
        name=f"payment.{name}",
        brand_id=row.brand_id,
        subject_type="instalment",
        external_id=row.external_id,
        data={"contract": deal.contract.external_id, "state": row.state.value, **data},
    )


def announce_contract(tx: Transaction, deal: Deal, name: str, **data: object) -> None:
    """Tell the master system what became of a contract."""
    events.emit(
        tx,
        name=f"contract.{name}",
        brand_id=deal.contract.brand_id,
        subject_type="contract",
        external_id=deal.contract.external_id,
        data={"status": deal.contract.status.value, **data},
    )


def printed(amount_minor: int, contract: Contract) -> str:
    """Return an amount of a contract's as letters say it."""
    return money(Money(amount_minor, contract.currency))


def _people(tx: Transaction, deal: Deal) -> list[str]:
    if deal.contract.holder_id:
        return [deal.contract.holder_id]
    return _contacts(tx, deal.account, clock.today(deal.zone))


def _contacts(tx: Transaction, account: Account, today: object) -> list[str]:
    starts, ends = col(AccountContact.starts_on), col(AccountContact.ends_on)
    found = tx.session.exec(
        select(AccountContact.person_id).where(
            AccountContact.account_id == account.id,
            col(AccountContact.role).in_(_HEARS),
            col(AccountContact.ended_at).is_(None),
            or_(starts.is_(None), starts <= today),
            or_(ends.is_(None), ends >= today),
        )
    )
    return sorted(set(found))
