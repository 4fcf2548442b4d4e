"""State behind the settings of payments, for administrators (S0-23, S0-24)."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from portal_app.services import payments
from portal_app.state.access import admin
from portal_app.state.base import FormMixin, PortalState, load_key
from portal_app.state.formats import money

_SWITCHES = ("takes_payments", "retry_first", "hold_next")
_WORDS = ("fee", "run_at")


@dataclass(frozen=True)
class PolicyForm:
    """The settings as the form starts with them; empty until loaded."""

    takes_payments: bool = False
    fee: str = ""
    currency: str = ""
    retry_first: str = "yes"
    hold_next: bool = True
    run_at: str = ""
    version: str = ""
    key: str = ""

    @classmethod
    def of(cls, kept: payments.PolicyView) -> "PolicyForm":
        """Take over what is set, with a fresh key for saving it."""
        return cls(
            takes_payments=kept.takes_payments,
            fee=str(kept.fee.decimal),
            currency=kept.fee.currency,
            retry_first="yes" if kept.retry_first else "no",
            hold_next=kept.hold_next,
            run_at=kept.run_at,
            version=str(kept.version),
            key=load_key(),
        )


def _in_words(kept: payments.PolicyView) -> str:
    """Say what is set, a sentence for each thing."""
    first = "the missed payment" if kept.retry_first else "the payment that is due"
    then = "is held" if kept.hold_next else "is still taken"
    said = (
        f"Payments are taken from {kept.run_at}." if kept.takes_payments else "None are taken.",
        f"A missed payment costs {money(kept.fee)}.",
        f"On the next due date {first} is tried first.",
        f"After a second failure what is to come {then}.",
    )
    return " ".join(said)


class PaymentPolicyState(FormMixin, PortalState):
    """Whether payments are taken, when, in which order, and what a missed one costs."""

    policy: PolicyForm = PolicyForm()
    # What a colleague has set since the form was filled; empty while it is what is set.
    newer: str = ""
    is_loaded: bool = False

    @rx.event
    @admin
    async def load(self):
        """Fill the form."""
        self.policy, self.newer, self.is_loaded = PolicyForm(), "", False
        self.problem, self.field_problems = "", {}
        with self._opening():
            await self._fill()
            self._watch(PaymentPolicyState.refresh, f"settings:{self._actor.brand}")

    @rx.event
    @admin
    async def refresh(self):
        """Say what a colleague has set meanwhile; what is being typed stays."""
        with self._opening():
            await self._compare()

    @rx.event
    @admin
    async def start_over(self):
        """Fill the form with what is set now, in place of what was typed."""
        self.problem, self.field_problems = "", {}
        with self._opening():
            await self._fill()

    @rx.event
    @admin
    async def save(self, form: dict[str, Any]):
        """Save what the form holds; the next run follows it."""
        with self._reporting():
            await self._ask(
                payments.set_policy,
                changes=self._changes(form),
                version=self._version(form),
                key=self._text(form, "key"),
            )
            await self._fill()
            self._say("Saved. The next run follows it.")
        if self.problem:
            with self._opening():
                await self._compare()

    def _changes(self, form: Any) -> dict[str, object]:
        words: dict[str, object] = {name: self._text(form, name) for name in _WORDS}
        return words | {name: self._text(form, name) == "yes" for name in _SWITCHES}

    async def _fill(self) -> None:
        kept = await self._ask(payments.payment_policy)
        self.policy, self.newer, self.is_loaded = PolicyForm.of(kept), "", True

    async def _compare(self) -> None:
        kept = await self._ask(payments.payment_policy)
        is_same = str(kept.version) == self.policy.version
        self.newer = "" if is_same else _in_words(kept)
