"""Which link a browser is using, while that link is still good."""

from portal_app.core.errors import Conflict
from portal_app.models import PortalSession, SessionStage
from portal_app.services import identity
from portal_app.services.invitations.queries.held import Link, link_used_by
from portal_app.services.invitations.rules import Standing
from portal_app.services.transaction import Transaction

OVER = "This took too long, or the link was replaced meanwhile. Open the newest link from us again."


def require_using(tx: Transaction, *, factors: int = 0) -> tuple[PortalSession, Link]:
    """Return the actor's session, and the link that it stands for while that is still good.

    `factors` is 1 once the code was right. Raises Conflict for every other session.
    """
    session = identity.require_session(tx, SessionStage.ACTIVATION)
    link = link_used_by(tx.session, session, lock=True)
    if link is None or link.standing is not Standing.GOOD or session.factors < factors:
        raise Conflict(OVER)
    return session, link
