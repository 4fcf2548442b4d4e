"""Telling those who are let into an application what happened to it."""

from urllib.parse import quote

from portal_app.models import Application
from portal_app.services import notifications
from portal_app.services.proposals import policy
from portal_app.services.transaction import Transaction


def tell_parties(tx: Transaction, application: Application, happened: str, **facts: str) -> None:
    """Tell each of them, in the words of the topic `proposal.{happened}`."""
    notifications.tell(
        tx,
        topic=f"proposal.{happened}",
        brand_id=application.brand_id,
        to=policy.parties(tx.session, application),
        facts={"number": application.number, **facts},
        link=f"/applications/{quote(application.number, safe='')}",
    )
