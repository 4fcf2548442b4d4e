"""What the states and reasons of payments are called, and what comes after each."""

from dataclasses import dataclass

from portal_app.models import AttemptKind, AttemptState, FailureReason
from portal_app.models import CancellationState as Cancel
from portal_app.models import InstalmentState as State


@dataclass(frozen=True, slots=True)
class Look:
    """A state for the eye: its name, a tone (good, warn, bad, info, neutral), the next step."""

    label: str
    tone: str
    next: str


LOOKS = {
    State.SCHEDULED: Look("Scheduled", "info", "It is taken on its due date. Nothing to do."),
    State.PROCESSING: Look("Being taken", "info", "Your bank has not answered yet."),
    State.PAID: Look("Paid", "good", "Nothing more happens."),
    State.MISSED: Look("Missed", "bad", "We try again on the date shown, with the fee."),
    State.RETRYING: Look("Being tried again", "info", "Your bank has not answered yet."),
    State.PAID_LATE: Look("Paid late", "good", "Nothing more happens."),
    State.DEFAULTED: Look("Not paid", "bad", "We decide about this contract and write to you."),
    State.WAIVED: Look("Waived", "neutral", "You do not have to pay this."),
    State.ON_HOLD: Look("On hold", "warn", "It is not taken until we have decided."),
    State.CANCELLED: Look("Cancelled", "neutral", "It is not taken any more."),
    State.WRITTEN_OFF: Look("Written off", "neutral", "It is not taken any more."),
}
# What would still come is not taken from a contract that has ended; what was due stays owed.
_TO_COME = (State.SCHEDULED, State.ON_HOLD)
_DUE = (State.MISSED, State.DEFAULTED)
_NOT_TAKEN = Look("Not taken", "neutral", "This contract has ended, so this is not taken any more.")
_STILL_OWED = (
    "It is still owed. This contract has ended, so we take nothing more by ourselves: ask us."
)
REASONS = {
    FailureReason.LIMIT_EXCEEDED: "The card's limit was reached.",
    FailureReason.INSUFFICIENT_FUNDS: "There was not enough money in the account.",
    FailureReason.EXPIRED: "The card has expired.",
    FailureReason.AUTHENTICATION_REQUIRED: "The bank wanted you to confirm the payment yourself.",
    FailureReason.METHOD_GONE: "The card or account is closed, or cannot be charged.",
    FailureReason.NO_METHOD: "There was no payment method on this contract.",
    FailureReason.DECLINED: "The bank declined the payment without giving a reason.",
}
KINDS = {
    AttemptKind.DUE: "Payment on its due date",
    AttemptKind.RETRY: "Second attempt",
    AttemptKind.PAY_NOW: "Paid by you",
}
OUTCOMES = {
    AttemptState.ASKED: Look("Waiting", "info", "The bank has not answered yet."),
    AttemptState.PENDING: Look("On its way", "info", "The bank confirms it within a few days."),
    AttemptState.SUCCEEDED: Look("Paid", "good", "Nothing more happens."),
    AttemptState.FAILED: Look("Not taken", "bad", "Nothing was taken by this attempt."),
}
CANCELLATIONS = {
    Cancel.OPEN: Look("Waiting for a decision", "warn", "We look at it and write to the customer."),
    Cancel.APPROVED: Look("Approved", "neutral", "The contract is cancelled."),
    Cancel.DECLINED: Look("Declined", "good", "The contract goes on."),
}


def look_of(state: State, *, is_over: bool, is_charged: bool = False) -> Look:
    """Return how a payment is shown; `is_over` is for a contract that has ended.

    `is_charged` says of a payment to come that it was due before and has been moved.
    """
    look = LOOKS[state]
    if not is_over or state not in (*_TO_COME, *_DUE):
        return look
    if state in _TO_COME and not is_charged:
        return _NOT_TAKEN
    label = LOOKS[State.DEFAULTED].label if state in _TO_COME else look.label
    return Look(label, LOOKS[State.DEFAULTED].tone, _STILL_OWED)


def reason_words(reason: FailureReason | None) -> str:
    """Return why nothing was taken, in plain words (S0-19); "" without a reason."""
    return REASONS[reason] if reason else ""
