"""The demonstration's payments: one that was missed, one contract that somebody wants to end."""

from contextlib import suppress
from typing import Any

from portal_app import wiring
from portal_app.core.actor import Actor, ActorKind, Role
from portal_app.core.errors import Conflict
from portal_app.services import contracts, payments


def bring_about(actor: Actor, wanted: dict[str, Any]) -> None:
    """Let the brand take payments, miss what cannot be taken, ask for an end; each only once.

    What is missed is missed by the real run, with its attempt, its fee and its letter.
    """
    admin = Actor(ActorKind.STAFF, "demo", "", "Demo", actor.brand, frozenset({Role.ADMIN}))
    if not payments.payment_policy(admin).version:
        changes = {"takes_payments": True, "fee": wanted["fee"]}
        payments.set_policy(admin, changes=changes, version=0, key=f"{actor.brand}-payments")
    for number in wanted["run"]:
        found = contracts.contract_detail(actor, number=number)
        payments.collect(actor, contract=found.row.id, gateway=wiring.payment_gateway())
    for one in wanted["cancel"]:
        # On a later load the request is there already, or has been decided.
        with suppress(Conflict):
            payments.ask_to_cancel(
                admin, contract=one["contract"], reason=one["reason"], key=f"end-{one['contract']}"
            )
