"""Publication: the one moment at which an account that became ready may register (S3-10)."""

from collections import Counter

from sqlmodel import col, select

from portal_app.core import clock, text
from portal_app.core.actor import Actor
from portal_app.models import Account, Action, Brand, PortalAccess, PortalUser, SyncRun, UserStatus
from portal_app.services.access import policy
from portal_app.services.access.commands.evaluation import evaluate
from portal_app.services.access.queries.facts import owners_of
from portal_app.services.access.rules import Event, after
from portal_app.services.access.views import Publication
from portal_app.services.transaction import Transaction, reading, transaction

KIND = "publication"
BATCH = 500
_Counts = Counter[str]


def publish(actor: Actor, *, trigger: str = "manual", key: str = "") -> Publication:
    """Do what "Update website" and the nightly job do, and write down what came of it.

    Accounts go through in batches, each complete in itself: a run that is cut off has published
    some accounts, and the next one the others. The portal itself publishes every brand. `key` is
    that of a click: the same one again is told what came of it, or goes on where it was cut off.
    """
    policy.require_publisher(actor)
    runs = [_publish_brand(actor, brand_id, trigger, key) for brand_id in _brands(actor)]
    total = sum((counts for _, counts in runs), Counter[str]())
    return Publication(
        run_ids=tuple(run_id for run_id, _ in runs),
        checked=total["checked"],
        registrable=total["registrable"],
        joined=total["joined"],
        lost=total["lost"],
        restored=total["restored"],
    )


def _brands(actor: Actor) -> list[str]:
    if actor.brand:
        return [actor.brand]
    with reading() as session:
        return list(session.exec(select(Brand.id).order_by(col(Brand.id))))


def _publish_brand(actor: Actor, brand_id: str, trigger: str, key: str) -> tuple[str, _Counts]:
    run_id, done = _begin(actor, brand_id, trigger, key)
    counts, last, is_finished = Counter[str](done or {}), "", done is not None
    while not is_finished:
        with transaction(actor) as tx:
            ids = _next_batch(tx, brand_id, last)
            if ids:
                counts += _publish_batch(tx, ids)
                last = ids[-1]
            if is_finished := len(ids) < BATCH:
                # With the last accounts, so that a run that published everything says so.
                _finish(tx, run_id, counts)
    return run_id, counts


def _begin(
    actor: Actor, brand_id: str, trigger: str, key: str
) -> tuple[str, dict[str, int] | None]:
    """Return the run of this click, and what came of it if it was finished before."""
    with transaction(actor) as tx:
        if key and (earlier := tx.earlier_answer(key, "access.publish")) is not None:
            known = tx.session.get_one(SyncRun, earlier)
            return known.id, known.counts if known.finished_at else None
        run = SyncRun(
            brand_id=brand_id,
            kind=KIND,
            trigger=text.key(trigger)[:12],
            started_by=actor.name[:120],
            started_at=clock.now(),
            state="running",
        )
        tx.session.add(run)
        tx.touch(f"imports:{brand_id}")
        return (tx.answer(key, run.id) if key else run.id), None


def _finish(tx: Transaction, run_id: str, counts: _Counts) -> None:
    run = tx.session.get_one(SyncRun, run_id)
    run.finished_at, run.state = clock.now(), "finished"
    run.rows_read, run.counts = counts["checked"], dict(counts)
    tx.record(Action.PORTAL_PUBLISHED, "sync_run", run_id, **counts)
    tx.enqueue("greet_holders", key=f"greet:{run_id}", brand=run.brand_id)
    tx.touch(f"imports:{run.brand_id}")


def _next_batch(tx: Transaction, brand_id: str, last: str) -> list[str]:
    return list(
        tx.session.exec(
            select(Account.id)
            .where(Account.brand_id == brand_id, col(Account.id) > last)
            .order_by(col(Account.id))
            .limit(BATCH)
        )
    )


def _publish_batch(tx: Transaction, ids: list[str]) -> _Counts:
    before = _states(tx, ids)
    evaluate(tx, *ids)
    waiting = tx.session.exec(
        select(Account)
        .where(col(Account.id).in_(ids), Account.portal_access == PortalAccess.READY_UNPUBLISHED)
        .with_for_update()
    ).all()
    joining = _owners_who_sign_in(tx, list(waiting))
    for account in waiting:
        event = Event.JOIN if account.id in joining else Event.PUBLISH
        account.portal_access = after(account.portal_access, event)
        account.published_at = clock.now()
        tx.touch(f"account:{account.id}")
    tx.session.flush()
    if joining:
        # Their sign-ins get the phone numbers of the accounts that have joined.
        evaluate(tx, *joining)
    return _count(before, _states(tx, ids), joining)


def _owners_who_sign_in(tx: Transaction, accounts: list[Account]) -> set[str]:
    owners = {i: owner.person_id for i, owner in owners_of(tx.session, accounts).items()}
    known = set(
        tx.session.exec(
            select(PortalUser.person_id)
            .where(col(PortalUser.person_id).in_(owners.values()))
            .where(col(PortalUser.password_hash).is_not(None))
            .where(col(PortalUser.status).in_((UserStatus.ACTIVE, UserStatus.SUSPENDED)))
        )
    )
    return {account_id for account_id, person_id in owners.items() if person_id in known}


def _states(tx: Transaction, ids: list[str]) -> dict[str, PortalAccess]:
    rows = tx.session.exec(
        select(Account.id, Account.portal_access).where(col(Account.id).in_(ids))
    )
    return {account_id: PortalAccess(state) for account_id, state in rows}


def _count(
    before: dict[str, PortalAccess], now: dict[str, PortalAccess], joined: set[str]
) -> _Counts:
    counts = Counter(checked=len(before), joined=len(joined))
    for account_id, state in now.items():
        earlier = before[account_id]
        if state is earlier:
            continue
        counts["registrable"] += state is PortalAccess.REGISTRABLE
        counts["lost"] += state in {PortalAccess.NOT_READY, PortalAccess.SUSPENDED}
        counts["restored"] += earlier is PortalAccess.SUSPENDED and (
            state is PortalAccess.REGISTERED
        )
    return counts
