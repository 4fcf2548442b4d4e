"""What the portal asks of whoever takes its money."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

# Some gateways take only multiples of so many minor units of a currency: by the gateway's name.
# Stripe: https://docs.stripe.com/currencies, "three-decimal" and "special cases".
_STEPS = {"stripe": {**dict.fromkeys(("BHD", "JOD", "KWD", "OMR", "TND"), 10), "MGA": 100}}


def step_of(gateway: str, currency: str) -> int:
    """Return of how many minor units a gateway takes only multiples; 1 where it takes any."""
    return _STEPS.get(gateway, {}).get(currency, 1)


@dataclass(frozen=True, slots=True)
class SetupOrder:
    """A page of the gateway's on which somebody may add a card or a bank account.

    `reference` is ours and unguessable: the same reference is the same page, asked for again.
    `return_url` is where the browser goes afterwards, whatever came of it.
    """

    reference: str
    contract_number: str
    holder: str
    currency: str
    return_url: str


@dataclass(frozen=True, slots=True)
class SetupPage:
    """Where to send the browser, and what the gateway calls this page."""

    url: str
    gateway_reference: str


@dataclass(frozen=True, slots=True)
class AddedMethod:
    """What the gateway keeps for us and what we may know of it: never the number itself.

    `kind` is "card" or "bank_account"; `brand` is the card's brand or the bank's name. The same
    card or account has the same `fingerprint`. `exp_month` and `exp_year` are None for accounts.
    """

    token: str
    kind: str
    brand: str
    last4: str
    holder: str
    fingerprint: str
    exp_month: int | None = None
    exp_year: int | None = None


class DeclineReason(StrEnum):
    """Why a gateway took no money, in the few kinds that a person can do something about."""

    LIMIT_EXCEEDED = "limit_exceeded"
    INSUFFICIENT_FUNDS = "insufficient_funds"
    EXPIRED = "expired"
    AUTHENTICATION_REQUIRED = "authentication_required"
    METHOD_GONE = "method_gone"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class ChargeOrder:
    """One amount from one method. The same `idempotency_key` is the same charge, asked again."""

    idempotency_key: str
    token: str
    amount_minor: int
    currency: str
    description: str


@dataclass(frozen=True, slots=True)
class ChargeResult:
    """What came of a charge: money taken, or the reason why not.

    `is_pending` is true for bank debits that settle later: a notice, or `find`, tells the end.
    """

    gateway_reference: str
    declined: DeclineReason | None = None
    is_pending: bool = False


@dataclass(frozen=True, slots=True)
class GatewayNotice:
    """What the gateway says by itself, signature checked: look at this charge or page again."""

    notice_id: str
    idempotency_key: str = ""
    setup_reference: str = ""


class PaymentGateway(Protocol):
    """Keeps cards and bank accounts, and takes money from them while nobody is there.

    Each method blocks the calling thread and raises `PortUnavailable` when the gateway did not
    answer: nobody knows then whether a charge was taken, so ask again with the same key.
    """

    name: str

    def begin_setup(self, order: SetupOrder) -> SetupPage:
        """Return the page on which a method can be added."""
        ...

    def finished_setup(self, gateway_reference: str) -> AddedMethod | None:
        """Return what was added on that page, or None while nothing was (or it was left)."""
        ...

    def charge(self, order: ChargeOrder) -> ChargeResult:
        """Take the amount once, however often it is asked for with this key."""
        ...

    def find(self, order: ChargeOrder) -> ChargeResult | None:
        """Return what came of a charge that was asked for before; None if it never arrived."""
        ...

    def detach(self, token: str) -> None:
        """Forget a method. Forgetting one that is gone already is no error."""
        ...

    def notice(self, body: bytes, headers: Mapping[str, str]) -> GatewayNotice | None:
        """Read what the gateway sent by itself; None for what does not concern us.

        Raises `PortRefused` when it is not signed by the gateway, or is older than five minutes.
        """
        ...
