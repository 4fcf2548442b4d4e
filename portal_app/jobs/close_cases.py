"""Every hour: warns about solutions that nobody answers, and closes what was warned about."""

from portal_app.core.actor import Actor
from portal_app.jobs.registry import periodic
from portal_app.services import cases


@periodic("50 * * * *", name="close_cases")
def close_cases(slot: str) -> None:  # noqa: ARG001 - names the hour
    """Count a solution as accepted after the days that a brand has set."""
    cases.close_unanswered(Actor.system("cases"))
