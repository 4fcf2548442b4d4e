"""What follows when a feed changes who is party to an application (S2-06)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import col, select

from portal_app.models import INVITABLE, ApplicationParty
from portal_app.services.applications.commands.links import shut_out
from portal_app.services.transaction import Transaction


def note_feed(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> int:
    """Shut out at once whoever is no party any more, or in a role that may not come in.

    `rows` are parties by column, just written. Returns how many were shut out.
    """
    gone = [
        str(row["id"])
        for row in rows
        if row["ended_at"] is not None or row["role"] not in INVITABLE
    ]
    found = tx.session.exec(
        select(ApplicationParty)
        .where(col(ApplicationParty.id).in_(gone), col(ApplicationParty.portal_enabled))
        .order_by(col(ApplicationParty.id))
    ).all()
    for party in found:
        tx.session.refresh(party)
        shut_out(tx, party)
    return len(found)
