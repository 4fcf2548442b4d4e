"""What happens next on a contract, as a page shows it: what was, what is to do, what comes."""

from dataclasses import dataclass, field

from portal_app.services import payments
from portal_app.state.contracts.words import in_address
from portal_app.state.formats import day, money, short_day
from portal_app.state.moments import Moment

CHANGE = "Add a card or bank account, or choose another one saved on this contract."
_FAILED = {
    "due": "Payment missed",
    "retry": "Second attempt failed",
    "pay_now": "Your own payment did not go through",
}
_CHARGES = {
    "due": ("Your regular payment", "calendar"),
    "retry": ("We try the missed payment again", "rotate"),
    "pay_now": ("Your payment", "card"),
}


@dataclass(frozen=True)
class ContractRef:
    """A contract as a link to it; `methods_href` leads to how it is paid."""

    id: str = ""
    number: str = ""
    asset: str = ""
    href: str = ""
    methods_href: str = ""

    @classmethod
    def of(cls, link: payments.ContractLink) -> "ContractRef":
        """Say where a contract and its methods are."""
        href = f"/contracts/{in_address(link.number, link.id)}"
        return cls(link.id, link.number, link.asset, href, f"{href}/payment-method")

    @property
    def title(self) -> str:
        """What people know it by."""
        return self.asset or f"Contract {self.number}"


@dataclass(frozen=True)
class Outlook:
    """What happens next on a contract (S0-27); empty until it is loaded."""

    contract: ContractRef = field(default_factory=ContractRef)
    title: str = ""
    headline: str = ""
    tone: str = ""
    needs_action: bool = False
    alert: str = ""
    advice: str = ""
    line: str = ""
    moments: list[Moment] = field(default_factory=list)
    if_nothing: list[str] = field(default_factory=list)
    fix_title: str = ""
    if_fixed: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, found: payments.WhatNext) -> "Outlook":
        """Format what the policy foretells."""
        ref, deadline = ContractRef.of(found.contract), day(found.fix_before)
        acts = found.needs_action
        return cls(
            contract=ref,
            title=ref.title,
            headline=found.headline,
            tone=found.tone,
            needs_action=acts,
            alert=f"{found.headline} on contract {ref.number}" if acts else "",
            advice=f"Change how you pay before {deadline}. {found.consequence}" if acts else "",
            line=_line(found),
            moments=[*_past(found), *_now(found), *_coming(found)],
            if_nothing=list(found.if_nothing),
            fix_title=f"If you add a valid method before {deadline}" if acts else "",
            if_fixed=list(found.if_fixed),
        )


def attempt_words(attempt: payments.Attempt) -> str:
    """Say what came of an attempt: from what, how much, and why not (S0-19)."""
    source = f" from {attempt.method}" if attempt.method else ""
    taken = f"{attempt.look.label}{source}: {money(attempt.amount)}."
    return f"{taken} {attempt.reason}".strip()


def _line(found: payments.WhatNext) -> str:
    """Say the next run and its consequence in one line."""
    said = found.if_nothing
    return " ".join(said if len(said) > 1 else filter(None, (*said, found.consequence)))


def _past(found: payments.WhatNext) -> list[Moment]:
    return [
        Moment(
            _FAILED[one.kind.value] if one.state.value == "failed" else one.look.label,
            short_day(one.on),
            one.on.isoformat(),
            attempt_words(one),
            one.look.tone,
            "" if one.state.value == "failed" else "clock",
        )
        for one in found.past
    ]


def _now(found: payments.WhatNext) -> list[Moment]:
    """Return the one thing to do, or how it stands while nothing is planned."""
    if found.needs_action and found.fix_before:
        until = f"Before {short_day(found.fix_before)}"
        return [
            Moment("Change how you pay", until, found.fix_before.isoformat(), CHANGE, "now", "")
        ]
    if found.on is None:
        return [Moment(found.headline, "Now", "", " ".join(found.if_nothing), "now", "")]
    return []


def _coming(found: payments.WhatNext) -> list[Moment]:
    if found.on is None:
        return []
    on, iso = short_day(found.on), found.on.isoformat()
    source = f" from {found.method}" if found.method else ""
    if not found.charges:
        amount = money(found.total) if found.total else ""
        return [Moment(found.headline, on, iso, amount, "", "calendar")]
    return [
        Moment(title, on, iso, f"{_parts(one)}{source}.", "", icon)
        for one in found.charges
        for title, icon in [_CHARGES[one.kind.value]]
    ]


def _parts(charge: payments.NextCharge) -> str:
    fee = f" plus a {money(charge.fee)} missed payment fee" if charge.fee else ""
    return f"{money(charge.amount)}{fee}"


def receipt_path(one: payments.Payment) -> str:
    """Return where the receipt of a payment is taken; "" while there is none."""
    return f"/files/receipts/{one.id}" if one.has_receipt else ""
