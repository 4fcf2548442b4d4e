"""The cards and bank accounts of the sandbox: picked from this list, for no number is ever typed.

The words for each say beforehand what will happen, so that whoever tries the portal can choose.
"""

from dataclasses import dataclass
from enum import StrEnum

from portal_app.ports.payments import DeclineReason


class Trick(StrEnum):
    """What a test card does beside being charged or declined."""

    NONE = ""
    SILENT_ONCE = "silent_once"  # takes the money, and does not answer the first time
    AWAY_ONCE = "away_once"  # does not hear the first time: nothing is taken
    LATER = "later"  # declines the first charge, and takes every later one


@dataclass(frozen=True, slots=True)
class TestMethod:
    """A card or an account that can be added; `declined` is how each charge to it ends.

    `settles_late` is true for accounts: a debit is under way for a while before it is either.
    """

    __test__ = False  # pytest need not look for tests in it

    key: str
    kind: str
    brand: str
    last4: str
    says: str
    declined: DeclineReason | None = None
    trick: Trick = Trick.NONE
    settles_late: bool = False
    years_left: int = 4

    @property
    def name(self) -> str:
        """How it is told from the others."""
        return f"{self.brand} ending in {self.last4}"


_C, _A = "card", "bank_account"
_WHY = DeclineReason
METHODS = {
    one.key: one
    for one in (
        TestMethod("visa", _C, "Visa", "4242", "Every payment works."),
        TestMethod("mastercard", _C, "Mastercard", "4444", "Every payment works."),
        TestMethod(
            "over-limit", _C, "Visa", "0009", "Declined: the card is over its limit.",
            _WHY.LIMIT_EXCEEDED,
        ),
        TestMethod(
            "no-funds", _C, "Visa", "9995", "Declined: there is not enough money.",
            _WHY.INSUFFICIENT_FUNDS,
        ),
        TestMethod(
            "expired", _C, "Visa", "0069", "Declined: the card has expired.",
            _WHY.EXPIRED, years_left=-1,
        ),
        TestMethod(
            "needs-approval", _C, "Visa", "3184",
            "Declined: the bank wants the owner to approve it.", _WHY.AUTHENTICATION_REQUIRED,
        ),
        TestMethod(
            "gone", _C, "Visa", "0119", "Declined: the card is no longer there.",
            _WHY.METHOD_GONE,
        ),
        TestMethod(
            "refused", _C, "Visa", "0002", "Declined: the bank gives no reason.", _WHY.DECLINED
        ),
        TestMethod(
            "works-later", _C, "Visa", "0341",
            "The first payment is declined, every later one works.", trick=Trick.LATER,
        ),
        TestMethod(
            "no-answer", _C, "Visa", "0117",
            "The first payment is taken, but no answer comes.", trick=Trick.SILENT_ONCE,
        ),
        TestMethod(
            "away", _C, "Visa", "0125",
            "The first try is not heard; asked again, it works.", trick=Trick.AWAY_ONCE,
        ),
        TestMethod(
            "account", _A, "Test Bank", "6789", "Payments arrive after two minutes.",
            settles_late=True,
        ),
        TestMethod(
            "account-no-funds", _A, "Test Bank", "2227",
            "Payments come back after two minutes: there is not enough money.",
            _WHY.INSUFFICIENT_FUNDS, settles_late=True,
        ),
        TestMethod(
            "account-closed", _A, "Test Bank", "1116", "Declined: the account is closed.",
            _WHY.METHOD_GONE,
        ),
    )
}  # fmt: skip
