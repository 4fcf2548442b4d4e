"""How far somebody is with adding a method on the gateway's page."""

from sqlmodel import Session

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.models import Contract, PaymentMethod, PaymentSetup
from portal_app.services.payments import policy
from portal_app.services.payments.queries.building import link_of, method_of
from portal_app.services.payments.views import Setup
from portal_app.services.transaction import reading


def setup(actor: Actor, *, reference: str) -> Setup:
    """Return a way to the gateway's page that this actor began; NotFound for anybody else's."""
    with reading() as session:
        return setup_view(session, policy.require_setup(session, actor, reference))


def setup_view(session: Session, row: PaymentSetup) -> Setup:
    """Return what is shown of a way to the gateway's page."""
    contract = session.get_one(Contract, row.contract_id)
    method = session.get(PaymentMethod, row.method_id) if row.method_id else None
    shown = method_of(method, clock.today(), method) if method else None
    return Setup(row.reference, row.state, link_of(contract), shown)
