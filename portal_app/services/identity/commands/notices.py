"""Letters about a sign-in, written in the transaction that makes them true."""

from portal_app.core.ids import new_id
from portal_app.models import PortalUser
from portal_app.services import notifications
from portal_app.services.identity.queries.users import contact_email
from portal_app.services.transaction import Transaction


def tell_user(
    tx: Transaction, user: PortalUser, topic: str, *, link: str = "/security", **facts: str
) -> None:
    """Write to the owner of a sign-in, so that what they did not do themselves is noticed."""
    if recipient := contact_email(tx.session, user):
        notifications.send_mail(
            tx,
            topic=topic,
            brand_id=user.brand_id,
            recipient=recipient,
            facts=facts,
            dedupe_key=f"{topic}:{new_id()}",
            link=link,
        )
