"""What Stripe's answers mean to the portal: methods, charges, and why no money was taken."""

from typing import Any, NamedTuple

from portal_app.ports import PortRefused
from portal_app.ports.payments import AddedMethod, ChargeResult, DeclineReason, step_of

Facts = dict[str, Any]
_ACCOUNTS = ("_debit", "_bank_account")  # how Stripe's kinds of account end, in any country
_NOT_APPROVED = {"requires_action", "requires_confirmation"}
# https://docs.stripe.com/declines/codes; for debits https://docs.stripe.com/error-codes. A code
# that is not listed is a plain no.
_CODES = {
    DeclineReason.LIMIT_EXCEEDED: "card_velocity_exceeded withdrawal_count_limit_exceeded "
    "charge_exceeds_source_limit charge_exceeds_weekly_limit charge_exceeds_transaction_limit",
    DeclineReason.INSUFFICIENT_FUNDS: "insufficient_funds",
    DeclineReason.EXPIRED: "expired_card invalid_expiry_month invalid_expiry_year",
    DeclineReason.AUTHENTICATION_REQUIRED: "authentication_required authentication_not_handled "
    "mobile_device_authentication_required offline_pin_required online_or_offline_pin_required "
    "payment_intent_authentication_failure setup_intent_authentication_failure",
    DeclineReason.METHOD_GONE: "lost_card stolen_card pickup_card invalid_account "
    "invalid_number incorrect_number new_account_information_available no_account account_closed "
    "bank_account_unusable revocation_of_authorization revocation_of_all_authorizations "
    "resource_missing",
}
_REASONS = {code: reason for reason, codes in _CODES.items() for code in codes.split()}


# Stripe counts these in other units than ISO 4217 does: https://docs.stripe.com/currencies
_IN_HUNDREDTHS, _IN_WHOLES = {"ISK", "UGX"}, {"MGA"}
_HUNDREDTHS = 100


def amount_of(amount_minor: int, currency: str) -> int:
    """Return an amount as Stripe counts it; PortRefused for what it could only round."""
    step = step_of("stripe", currency)
    if amount_minor % step:
        raise PortRefused(f"Stripe takes {currency} only in steps of {step} minor units.")
    if currency in _IN_HUNDREDTHS:
        return amount_minor * _HUNDREDTHS
    return amount_minor // _HUNDREDTHS if currency in _IN_WHOLES else amount_minor


class Token(NamedTuple):
    """What the portal keeps of a method: Stripe wants all three to charge it."""

    kind: str
    customer: str
    method: str

    @classmethod
    def read(cls, token: str) -> "Token | None":
        """Return what a token says, or None for one that Stripe never gave us."""
        parts = token.split(".")
        return cls(*parts) if len(parts) == len(cls._fields) and all(parts) else None

    def __str__(self) -> str:
        return ".".join(self)


def reason_of(*codes: str | None) -> DeclineReason:
    """Return the reason that the first known code stands for: give the most exact one first."""
    return next(
        (_REASONS[code] for code in codes if code and code in _REASONS), DeclineReason.DECLINED
    )


def added(customer: str, method: Facts) -> AddedMethod:
    """Return what may be known of a card, or of a bank account of whichever country."""
    kind: str = method["type"]
    facts: Facts = method.get(kind) or {}
    is_account = kind.endswith(_ACCOUNTS)
    brand: str = facts.get("brand") or facts.get("bank_name") or kind
    details: Facts = method.get("billing_details") or {}
    return AddedMethod(
        token=str(Token(kind, customer, method["id"])),
        kind="bank_account" if is_account else "card",
        brand=brand if "bank_name" in facts else brand.replace("_", " ").title(),
        last4=facts.get("last4") or "",
        holder=details.get("name") or "",
        fingerprint=facts.get("fingerprint") or method["id"],
        exp_month=facts.get("exp_month"),
        exp_year=facts.get("exp_year"),
    )


def result(intent: Facts) -> ChargeResult:
    """Return what came of a charge: taken, under way, or declined and why."""
    status: str = intent["status"]
    if status == "succeeded":
        return ChargeResult(intent["id"])
    if status == "processing":
        return ChargeResult(intent["id"], is_pending=True)
    if status in _NOT_APPROVED:
        return ChargeResult(intent["id"], DeclineReason.AUTHENTICATION_REQUIRED)
    error: Facts = intent.get("last_payment_error") or {}
    return ChargeResult(intent["id"], reason_of(error.get("decline_code"), error.get("code")))
