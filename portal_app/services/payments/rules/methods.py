"""Which payment methods count, and which of them are the same card (S0-15 to S0-17)."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import UTC, date, datetime

from portal_app.models import MethodKind, PaymentMethod

# How many days before its end the holder of a card is written to.
WARNED_AHEAD = (30, 7)
_NEVER = datetime.min.replace(tzinfo=UTC)
_KINDS = {MethodKind.CARD: "Card", MethodKind.BANK_ACCOUNT: "Bank account"}
_THINGS = {MethodKind.CARD: "card", MethodKind.BANK_ACCOUNT: "account"}


def last_day(method: PaymentMethod) -> date | None:
    """Return the last day on which a card counts, the end of its month; None for accounts."""
    if method.exp_year is None or method.exp_month is None:
        return None
    return date(method.exp_year, method.exp_month, monthrange(method.exp_year, method.exp_month)[1])


def is_expired(method: PaymentMethod, day: date) -> bool:
    """Say whether a card's last day has passed (S0-17)."""
    last = last_day(method)
    return last is not None and last < day


def is_usable(method: PaymentMethod, day: date) -> bool:
    """Say whether money can be taken from it on a day."""
    return method.ended_at is None and bool(method.gateway_token) and not is_expired(method, day)


def unusable_words(method: PaymentMethod, day: date) -> str:
    """Say why no money can be taken from a method on a day; "" when it can."""
    if is_expired(method, day):
        return "This card has expired."
    if is_usable(method, day):
        return ""
    return f"We cannot take money from this {_THINGS[method.kind]}."


def chosen(methods: Iterable[PaymentMethod]) -> PaymentMethod | None:
    """Return the method of a contract that is charged: the one that was chosen last."""
    marked = [one for one in methods if one.default_since and one.ended_at is None]
    return max(marked, key=lambda one: (one.default_since or _NEVER, one.id), default=None)


def likeness(method: PaymentMethod) -> tuple[object, ...]:
    """Return what two records of the same card or account have in common (S0-16)."""
    return (method.kind, method.brand.lower(), method.last4, method.exp_year, method.exp_month)


def label(method: PaymentMethod) -> str:
    """Name a method, such as `Visa ending 4242`."""
    return f"{method.brand or _KINDS[method.kind]} ending {method.last4}"


def expiry_words(method: PaymentMethod) -> str:
    """Return until when a card counts, such as `11/2026`; "" for accounts."""
    if method.exp_year is None or method.exp_month is None:
        return ""
    return f"{method.exp_month:02d}/{method.exp_year}"


def warning_due(method: PaymentMethod, day: date) -> int | None:
    """Return which warning a card's holder is owed on a day: 30, 7, or None.

    A warning that was missed is made up for by the next one, never by two at once.
    """
    last = last_day(method)
    if last is None or method.ended_at is not None or last < day:
        return None
    left = (last - day).days
    owed = min((ahead for ahead in WARNED_AHEAD if left <= ahead), default=None)
    if owed is None or (method.warned_days is not None and method.warned_days <= owed):
        return None
    return owed
