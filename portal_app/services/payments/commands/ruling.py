"""Setting how a brand takes payments: whether at all, the fee, the order, the hour."""

import re
from collections.abc import Mapping

from portal_app.core.actor import Actor
from portal_app.core.entries import Entries
from portal_app.core.errors import Conflict, NotFound
from portal_app.core.money import Money
from portal_app.core.settings import settings
from portal_app.models import Action, PaymentPolicy
from portal_app.services import chargeable
from portal_app.services.payments import policy
from portal_app.services.transaction import transaction

_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_SWITCHES = ("takes_payments", "retry_first", "hold_next")
_HIGHEST_FEE = 100_000_00


def set_policy(actor: Actor, *, changes: Mapping[str, object], version: int, key: str) -> int:
    """Change how the brand takes payments and return the new version; for administrators.

    `changes` may hold takes_payments, retry_first, hold_next (yes or no), fee (such as `25.00`, for
    contracts in the portal's currency that name none) and run_at (such as `06:00`). `version` is
    the one that was looked at; 0 when nothing is set yet.
    """
    with transaction(actor) as tx:
        policy.require_admin(actor)
        if (done := tx.earlier_answer(key, "payments.set_policy")) is not None:
            return int(done)
        wanted = _read(changes)
        kept = tx.session.get(PaymentPolicy, actor.brand, with_for_update=True)
        if (kept.version if kept else 0) != version:
            raise Conflict
        row = kept or PaymentPolicy(brand_id=actor.brand, version=0)
        for name, value in wanted.items():
            setattr(row, name, value)
        row.version += 1
        tx.session.add(row)
        tx.record(Action.PAYMENT_POLICY_CHANGED, "payment_policy", actor.brand, **wanted)
        tx.touch(f"payments:{actor.brand}", f"settings:{actor.brand}")
        tx.answer(key, str(row.version))
        return row.version


def _read(changes: Mapping[str, object]) -> dict[str, object]:
    entries, wanted = Entries(), dict[str, object]()
    if not isinstance(changes, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise NotFound
    for name in _SWITCHES:
        if name in changes:
            wanted[name] = entries.flag(name, changes[name])
    if "run_at" in changes:
        wanted["run_at"] = changes["run_at"]
        if not isinstance(changes["run_at"], str) or not _HOUR.fullmatch(changes["run_at"]):
            entries.refuse("run_at", "Enter a time such as 06:00.")
    if "fee" in changes:
        wanted["fee_minor"] = _fee(entries, changes["fee"])
    entries.done()
    return wanted


def _fee(entries: Entries, value: object) -> int:
    try:
        fee = Money.parse(value, settings().currency).amount_minor if isinstance(value, str) else -1
    except ValueError:
        fee = -1
    if not 0 <= fee <= _HIGHEST_FEE:
        entries.refuse("fee", "Enter an amount such as 25.00.")
    elif why := chargeable.why_not(fee, settings().currency):
        entries.refuse("fee", why)
    return fee
