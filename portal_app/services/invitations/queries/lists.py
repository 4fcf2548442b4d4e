"""Every invitation of the brand, and how many of their people ask for a new one."""

from enum import StrEnum

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, func, select, tuple_

from portal_app.core import clock, text
from portal_app.core.actor import Actor
from portal_app.core.paging import PAGE_SIZE, page_size
from portal_app.models import Account, Invitation, InvitationState, Person
from portal_app.services.invitations import policy
from portal_app.services.invitations.queries.lines import line_of
from portal_app.services.invitations.rules import LIVE
from portal_app.services.invitations.views import InvitationList, InvitationRow
from portal_app.services.transaction import reading

MOST_COUNTED = 100


class View(StrEnum):
    """Which invitations a list shows."""

    ASKED = "asked"
    LIVE = "live"
    EXPIRED = "expired"
    ALL = "all"


def invitations(
    actor: Actor, *, view: str = View.ALL, after: str = "", size: int = PAGE_SIZE
) -> InvitationList:
    """Return a page of the brand's invitations, newest first.

    `view` is a `View` ("all" when it is none), `after` the `after` of the page before. Who asks
    for a new link is listed until they have one or staff have set it aside.
    """
    size = page_size(size)
    chosen = View(view) if view in list(View) else View.ALL
    wanted = (
        select(Invitation, Person, Account)
        .join(Person, col(Person.id) == Invitation.person_id)
        .join(Account, col(Account.id) == Invitation.account_id)
        .where(policy.visible_to(actor), *_in(chosen))
        .order_by(col(Invitation.created_at).desc(), col(Invitation.id).desc())
        .limit(size + 1)
    )
    with reading() as session:
        last = session.get(Invitation, text.key(after)) if text.key(after) else None
        if last is not None and last.brand_id == actor.brand:
            place = tuple_(col(Invitation.created_at), col(Invitation.id))
            wanted = wanted.where(place < (last.created_at, last.id))
        found = session.exec(wanted).all()
    rows = tuple(
        InvitationRow(
            line=line_of(one),
            person_id=person.id,
            person=person.name,
            account_number=account.number,
            account=account.name,
            zone=account.timezone,
        )
        for one, person, account in found[:size]
    )
    return InvitationList(rows, found[size - 1][0].id if len(found) > size else "")


def waiting(actor: Actor) -> int:
    """Return how many people ask for a new link, counted up to a hundred."""
    asking = (
        select(Invitation.person_id)
        .where(policy.visible_to(actor), *_in(View.ASKED))
        .distinct()
        .limit(MOST_COUNTED)
    )
    with reading() as session:
        return session.exec(select(func.count()).select_from(asking.subquery())).one()


def _in(view: View) -> tuple[ColumnElement[bool], ...]:
    now = clock.now()
    is_live, ends = col(Invitation.state).in_(LIVE), col(Invitation.expires_at)
    return {
        View.ASKED: (col(Invitation.renewal_asked_at).is_not(None),),
        View.LIVE: (is_live, ends > now),
        View.EXPIRED: (
            or_(col(Invitation.state) == InvitationState.EXPIRED, and_(is_live, ends <= now)),
        ),
        View.ALL: (),
    }[view]
