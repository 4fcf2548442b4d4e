"""Tokens by which the operator's systems read events: shown once, kept as a fingerprint."""

from datetime import timedelta

from sqlmodel import col, func, select

from portal_app.core import clock
from portal_app.core.actor import Actor, ActorKind
from portal_app.core.entries import Entries
from portal_app.core.errors import Conflict
from portal_app.core.secrets import fingerprint, new_token
from portal_app.models import Action, ApiToken
from portal_app.services.events import policy
from portal_app.services.events.views import NewSecret
from portal_app.services.transaction import reading, transaction

PREFIX = "cpt_"
MOST_TOKENS = 50
_NAME = 80
_HINT = 4
_NOTED_EVERY = timedelta(minutes=1)
ONCE = "This was made already, and its value is shown once only. Revoke it and make another."


def create_token(actor: Actor, *, name: str, key: str) -> NewSecret:
    """Make a token that may read events; the value is returned here and never again."""
    policy.require_connecting(actor)
    entered = Entries()
    missing = "Enter the name of the system that will use it."
    called = entered.line("name", name, limit=_NAME, missing=missing)
    entered.done()
    value = PREFIX + new_token()
    with transaction(actor) as tx:
        if tx.earlier_answer(key, "events.create_token") is not None:
            raise Conflict(ONCE)
        mine = col(ApiToken.brand_id) == actor.brand, col(ApiToken.revoked_at).is_(None)
        if tx.session.exec(select(func.count()).where(*mine)).one() >= MOST_TOKENS:
            raise Conflict(f"There are {MOST_TOKENS} tokens already. Revoke one first.")
        token = ApiToken(
            brand_id=actor.brand,
            name=called,
            hint=value[-_HINT:],
            token_hash=fingerprint(value),
            scopes=[policy.EVENTS_READ],
            created_at=clock.now(),
            created_by=actor.name[:120],
        )
        tx.session.add(token)
        tx.session.flush()
        tx.record(Action.TOKEN_CREATED, "api_token", token.id, name=called, scopes=token.scopes)
        tx.touch(f"connections:{actor.brand}")
        tx.answer(key, token.id)
        return NewSecret(token.id, value)


def revoke_token(actor: Actor, *, token: str, key: str) -> None:
    """Let a token open nothing any more, from this moment on."""
    policy.require_connections(actor)
    with transaction(actor) as tx:
        found = policy.require_token(tx.session, actor, token)
        if tx.earlier_answer(key, "events.revoke_token", token) is not None:
            return
        if found.revoked_at is None:
            found.revoked_at = clock.now()
            tx.record(Action.TOKEN_REVOKED, "api_token", found.id, name=found.name)
            tx.touch(f"connections:{actor.brand}")


def integration_for(token: str, *, ip: str = "") -> Actor | None:
    """Return the system that a token lets in; None for one that is unknown or revoked."""
    if not token.startswith(PREFIX):
        return None
    with reading() as session:
        found = session.exec(
            select(ApiToken).where(ApiToken.token_hash == fingerprint(token))
        ).first()
    if found is None or found.revoked_at is not None:
        return None
    actor = Actor(
        kind=ActorKind.INTEGRATION,
        user_id=found.id,
        name=found.name,
        brand=found.brand_id,
        scopes=frozenset(found.scopes),
        ip=ip,
    )
    _note_use(actor, found)
    return actor


def _note_use(actor: Actor, token: ApiToken) -> None:
    """Keep when a token was last used, at most once a minute."""
    now = clock.now()
    if token.last_used_at is None or now - token.last_used_at >= _NOTED_EVERY:
        with transaction(actor) as tx:
            kept = tx.session.get(ApiToken, token.id, with_for_update=True)
            if kept is not None:
                kept.last_used_at = now
                tx.touch(f"connections:{actor.brand}")
