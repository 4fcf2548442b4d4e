"""Writes to the holders of new contracts, once what was imported counts (S0-07)."""

from portal_app.core.actor import Actor
from portal_app.jobs.registry import job
from portal_app.services import invitations


@job("greet_holders")
def greet_holders(brand: str) -> None:
    """Invite who has no sign-in yet, tell the others; each contract once."""
    invitations.greet_holders(Actor.system("greet_holders", brand=brand))
