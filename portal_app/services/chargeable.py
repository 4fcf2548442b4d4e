"""Amounts that the chosen gateway takes exactly; what it could only round does not come in."""

from portal_app.core.money import Money
from portal_app.core.settings import settings
from portal_app.ports.payments import step_of


def why_not(amount_minor: int, currency: str) -> str:
    """Say why the gateway cannot take an amount (minor units), and what to write; "" if it can."""
    step = step_of(settings().payments, currency)
    over = amount_minor % step
    if not over:
        return ""
    below = amount_minor - over
    nearest = [Money(one, currency).decimal for one in (below, below + step) if one]
    return (
        f"Your gateway takes {currency} only in steps of {Money(step, currency).decimal}."
        f" Write an amount such as {' or '.join(nearest)}."
    )
