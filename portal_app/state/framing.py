"""What the frame around every page is made of, as the services say it."""

from dataclasses import dataclass, field

from portal_app.core.actor import Access, Actor
from portal_app.services import (
    applications,
    branding,
    cases,
    changes,
    contracts,
    households,
    invitations,
    licensing,
    notifications,
    payments,
    rentals,
)
from portal_app.services.branding import Doorway
from portal_app.services.cases import Corner
from portal_app.services.contracts import AccountChoice
from portal_app.services.reading import at_once


@dataclass(frozen=True)
class Frame:
    """What the frame shows beyond the caller, as the services say it."""

    doorway: Doorway
    accounts: tuple[AccountChoice, ...]
    unread: int
    has_rental: bool
    chosen: AccountChoice | None = None
    context: households.Context | None = None
    items_out: int = 0
    waiting: int = 0
    has_payments: bool = False
    has_figures: bool = True
    is_head: bool = False
    may_act: bool = False
    cases: Corner = field(default_factory=Corner)
    has_applications: bool = False
    licence: licensing.LicenceState | None = None


@at_once
def frame(actor: Actor, *, account: str, context: str = "") -> Frame:
    """Gather what the frame shows; a few short readings, whoever asks."""
    is_consumer, has_module = actor.is_consumer, licensing.has_module("rental")
    accounts = contracts.accounts_of(actor) if is_consumer else ()
    chosen = next((one for one in accounts if one.id == account), None)
    has_rental = has_module and not actor.is_guest and (chosen is None or chosen.rents)
    has_items = has_rental and chosen is not None
    whom = households.context_of(actor, key=context)
    return Frame(
        doorway=branding.portal_state(actor, brand=actor.brand),
        accounts=accounts,
        unread=notifications.unread_count(actor) if is_consumer else 0,
        has_rental=has_rental,
        chosen=chosen,
        context=whom,
        items_out=rentals.lines_out(actor, account=account) if has_items else 0,
        waiting=_waiting(actor) if actor.is_staff else 0,
        has_payments=bool(chosen and chosen.has_service_contracts)
        and payments.has_payments(actor, account=account),
        has_figures=has_module and is_consumer and (chosen is None or chosen.is_billed),
        is_head=bool(actor.memberships) and households.is_head(actor),
        may_act=bool(actor.represents or actor.memberships),
        cases=cases.cases_corner(actor, whom=whom.key if whom else ""),
        has_applications=applications.has_applications(actor),
        licence=licensing.running_out(actor) if actor.has(Access.MANAGER) else None,
    )


def _waiting(actor: Actor) -> int:
    """Count what waits for staff, from every corner of the portal."""
    corners = (rentals, changes, invitations, payments, cases, applications)
    return sum(corner.waiting(actor) for corner in corners)


def work_of(brand: str) -> tuple[str, ...]:
    """Name what the count of waiting work follows."""
    corners = ("rentals", "changes", "invitations", "payments", "cases", "applications")
    return tuple(f"{what}:{brand}" for what in corners)
