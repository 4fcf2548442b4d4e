"""Photos of the items of a request, such as of damage, for the store to see (S3-25)."""

from sqlmodel import Session, col, select

from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict, NotAllowed, NotFound
from portal_app.models import Account, RentalRequest
from portal_app.services import uploads
from portal_app.services.rentals import policy
from portal_app.services.rentals.rules.moves import FINAL

MOST = 10


def _attach(session: Session, actor: Actor, number: str) -> uploads.Owner:
    """Whoever may ask may add photos, until the items are checked in."""
    request = policy.require_request(session, actor, number)
    account = session.get_one(Account, request.account_id)
    if not policy.may_request(session, actor, account):
        raise NotAllowed("Only the account's owner or an authorised contact can add photos.")
    if request.state in FINAL:
        raise Conflict("This request is over, so no photos can be added to it any more.")
    return uploads.Owner(request.id, request.brand_id)


def _read(session: Session, actor: Actor, request_id: str) -> uploads.Owner:
    wanted = select(RentalRequest).where(
        col(RentalRequest.id) == request_id, policy.visible_to(actor)
    )
    request = session.exec(wanted).first()
    if request is None:
        raise NotFound
    return uploads.Owner(request.id, request.brand_id)


PHOTO = uploads.register(
    uploads.Purpose(
        key="rental_request_photo",
        owner_type="rental_request",
        kinds=uploads.PHOTOS,
        attach=_attach,
        read=_read,
        most=MOST,
        module="rental",
    )
)
