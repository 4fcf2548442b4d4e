"""Why payments failed lately, counted by reason (S0-19)."""

from datetime import timedelta
from typing import Any, cast

from sqlmodel import col, func, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.models import AttemptState, FailureReason, PaymentAttempt
from portal_app.services.payments import policy
from portal_app.services.payments.rules.words import reason_words
from portal_app.services.payments.views import Failure
from portal_app.services.transaction import reading

_LATELY = timedelta(days=30)


def failures(actor: Actor) -> tuple[Failure, ...]:
    """Return why the brand's payments failed in the last 30 days, the most frequent first."""
    policy.require_staff(actor)
    attempts = func.count().label("attempts")
    contracts = func.count(func.distinct(col(PaymentAttempt.contract_id)))
    wanted: Any = (
        cast("Any", select)(PaymentAttempt.reason, attempts, contracts)
        .where(
            PaymentAttempt.brand_id == actor.brand,
            PaymentAttempt.state == AttemptState.FAILED,
            col(PaymentAttempt.started_at) > clock.now() - _LATELY,
            col(PaymentAttempt.reason).is_not(None),
        )
        .group_by(col(PaymentAttempt.reason))
        .order_by(attempts.desc(), col(PaymentAttempt.reason))
    )
    with reading() as session:
        found: list[tuple[FailureReason, int, int]] = cast("Any", session).exec(wanted).all()
    return tuple(Failure(why, reason_words(why), count, many) for why, count, many in found)
