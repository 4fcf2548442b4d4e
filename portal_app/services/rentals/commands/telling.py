"""Who hears of a change to a request: the people concerned, the store, and open tabs."""

from sqlmodel import col, select

from portal_app.core import clock
from portal_app.models import (
    AccountContact,
    Action,
    Area,
    Brand,
    ContactRole,
    PortalUser,
    Reach,
    RentalRequest,
    RentalRequestStep,
    RequestState,
    ReturnMethod,
)
from portal_app.services import households, notifications
from portal_app.services.rentals import policy
from portal_app.services.rentals.policy import Hire
from portal_app.services.rentals.rules.words import METHOD_WORDS, local_text
from portal_app.services.transaction import Transaction


def write_down(
    tx: Transaction, request: RentalRequest, hire: Hire, action: Action, *, note: str = ""
) -> None:
    """Add the step to the request's history and to the audit trail; open tabs follow."""
    tx.session.add(
        RentalRequestStep(
            request_id=request.id,
            at=clock.now(),
            state=request.state,
            by_name=tx.actor.name[:120],
            by_staff=tx.actor.is_staff,
            note=note,
        )
    )
    tx.record(
        action,
        "rental_request",
        request.id,
        number=request.number,
        account_id=hire.account.id,
        line_id=hire.line.id,
        quantity=request.quantity,
        state=request.state.value,
    )
    tx.touch(f"account:{hire.account.id}", f"rentals:{request.brand_id}")


def tell_customer(tx: Transaction, request: RentalRequest, hire: Hire, happened: str) -> None:
    """Tell the person who asked, in the ways that they chose; if they have left, the owners.

    Who asked for somebody else hears of it beside the owners, while they may see it (S1-09).
    """
    notifications.tell(
        tx,
        topic=f"rental.{happened}",
        brand_id=request.brand_id,
        to=_people(tx, request, hire),
        facts=_facts(tx, request, hire),
        link=f"/requests/{request.number}",
    )


def tell_store(tx: Transaction, request: RentalRequest, hire: Hire, happened: str) -> None:
    """Write to the store, if it has an address; its staff see the queue change either way."""
    if hire.store is None or not hire.store.email:
        return
    notifications.send_mail(
        tx,
        topic=f"rental.{happened}",
        brand_id=request.brand_id,
        recipient=hire.store.email,
        facts=_facts(tx, request, hire),
        link=f"/staff/rental-requests?open={request.number}",
        dedupe_key=f"rental.{happened}:{request.id}",
    )


def _people(tx: Transaction, request: RentalRequest, hire: Hire) -> list[str]:
    where = (
        col(AccountContact.account_id) == hire.account.id,
        col(AccountContact.ended_at).is_(None),
    )
    contacts = tx.session.exec(select(AccountContact).where(*where)).all()
    current = [each for each in contacts if policy.is_current(each, hire.account)]
    asker = tx.session.get(PortalUser, request.requested_by)
    if asker and asker.person_id in {each.person_id for each in current}:
        return [asker.person_id]
    owners = {each.person_id for each in current if each.role is ContactRole.OWNER}
    return sorted(owners | _representative(tx, asker, current))


def _representative(
    tx: Transaction, asker: PortalUser | None, current: list[AccountContact]
) -> set[str]:
    """Return who asked for somebody on the account, while trusted with its contracts by them."""
    if asker is None or not asker.person_id:
        return set()
    givers = households.grantors(tx.session, asker.person_id, Area.CONTRACTS, Reach.VIEW)
    return {asker.person_id} if givers & {each.person_id for each in current} else set()


def _facts(tx: Transaction, request: RentalRequest, hire: Hire) -> dict[str, str]:
    is_set = request.state is RequestState.SCHEDULED and request.scheduled_for
    stops = request.confirmed_off_rent_at
    return {
        "number": request.number,
        "item": hire.line.description,
        "quantity": str(request.quantity),
        "contract": hire.contract.number,
        "account": f"{hire.account.name} ({hire.account.number})",
        "requested_for": local_text(request.requested_for, hire.zone),
        "scheduled_for": local_text(is_set, hire.zone) if is_set else "",
        "off_rent_at": local_text(stops, hire.zone) if stops else "",
        "method": METHOD_WORDS[request.method],
        "is_pick_up": "yes" if request.method is ReturnMethod.PICKUP else "",
        "place": request.place,
        "contact_name": request.contact_name,
        "contact_phone": request.contact_phone,
        "notes": request.notes,
        "reason": request.reason,
        "us": (hire.store or tx.session.get_one(Brand, request.brand_id)).name,
        "store": hire.store.name if hire.store else "",
        "store_phone": hire.store.phone if hire.store else "",
    }
