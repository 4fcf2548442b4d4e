"""What a receipt says: the letter, the page and the paper take their words from here (S0-26)."""

from portal_app.core.money import Money
from portal_app.models import Instalment, PaymentAttempt
from portal_app.models import InstalmentState as State
from portal_app.services.wording import day, money


def receipt_words(row: Instalment, attempt: PaymentAttempt) -> dict[str, str]:
    """Return what was taken for a payment, ready to print; `fee` is "" where none was due."""
    fee = Money(attempt.fee_minor, attempt.currency)
    return {
        "amount": money(Money(attempt.amount_minor, attempt.currency)),
        "fee": money(fee) if fee else "",
        "without_fee": money(Money(attempt.amount_minor - attempt.fee_minor, attempt.currency)),
        "number": str(row.sequence),
        "on": day(row.paid_on or attempt.run_on),
        "method": attempt.method_label,
        "is_late": "yes" if row.state is State.PAID_LATE else "",
    }
