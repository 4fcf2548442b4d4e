"""What is kept of a refusal at the door: a line in the log, and an entry if it is somebody's."""

import logging

from portal_app import wiring
from portal_app.core.actor import Actor
from portal_app.services import audit

log = logging.getLogger("portal.door")
_LONGEST = 120


def refused(actor: Actor, operation: str) -> None:
    """Note that this caller asked for something that is not theirs to ask for."""
    log.warning("operation refused", extra={"operation": operation, "actor": actor.user_id})
    audit.note_refusal(actor, operation=operation, limiter=wiring.rate_limiter())


def from_elsewhere(what: str, origin: str) -> None:
    """Note a form or a tab that another site wanted to send or open."""
    log.warning("from elsewhere", extra={"operation": what, "origin": origin[:_LONGEST]})
