"""Sealing anew, under the secret of today, what the secret before has sealed."""

from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from sqlmodel import col, select

from portal_app.core import vault
from portal_app.core.actor import Actor
from portal_app.core.errors import NotFound
from portal_app.models import (
    Action,
    FormAnswer,
    FormAnswerHistory,
    Person,
    PortalUser,
    WebhookEndpoint,
)
from portal_app.services.transaction import transaction

_SOME = 200
Holder = PortalUser | Person | WebhookEndpoint | FormAnswer | FormAnswerHistory
# Each column that is kept sealed, and the word that stands for it in its place.
SEALED: tuple[tuple[type[Holder], str, str], ...] = (
    (PortalUser, "totp_secret_sealed", "totp"),
    (Person, "date_of_birth_sealed", "date_of_birth"),
    (WebhookEndpoint, "secret_sealed", "secret"),
    (FormAnswer, "value_sealed", "value"),
    (FormAnswerHistory, "value_sealed", "value"),
)


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many values are sealed under the secret of today now, and how many open no longer."""

    renewed: int = 0
    lost: int = 0


def reseal(actor: Actor) -> Resealed:
    """Seal anew whatever the secret before has sealed, some rows at a time; for the portal only.

    Nothing is lost if it is broken off: the rest is done by the next time.
    """
    if not actor.is_system:
        raise NotFound
    renewed = lost = 0
    for model, column, word in SEALED:
        after = ""
        while after is not None:
            done, failed, after = _some(actor, model, column, word, after)
            renewed, lost = renewed + done, lost + failed
    return Resealed(renewed, lost)


def _some(
    actor: Actor,
    model: type[Holder],
    column: str,
    word: str,
    after: str,
) -> tuple[int, int, str | None]:
    """Return how many rows were renewed and are lost, and after which to go on, None at the end."""
    done = failed = 0
    table = str(model.__tablename__)
    with transaction(actor) as tx:
        wanted = select(model).where(col(model.id) > after, getattr(model, column) != "")
        rows = tx.session.exec(wanted.order_by(col(model.id)).limit(_SOME).with_for_update()).all()
        for row in rows:
            held = getattr(row, column)
            try:
                renewed = vault.renewed(held, place=f"{table}:{word}:{row.id}")
            except (InvalidTag, ValueError):
                failed += 1
                continue
            if renewed != held:
                setattr(row, column, renewed)
                done += 1
        if done:
            tx.record(Action.SECRETS_RESEALED, table, amount=done)
    return done, failed, rows[-1].id if len(rows) == _SOME else None
