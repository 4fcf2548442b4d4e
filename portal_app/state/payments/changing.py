"""State behind the page on which a contract's payment method is added or chosen (S0-15, S0-21)."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import reflex as rx

from portal_app import wiring
from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict, NotFound
from portal_app.ports import PortRefused, PortUnavailable
from portal_app.services import payments
from portal_app.state.access import contract_customer
from portal_app.state.base import FormMixin, PortalState, load_key
from portal_app.state.payments.methods import (
    MethodChoice,
    MethodEntry,
    TickBox,
    tick_boxes,
    ticked,
)
from portal_app.state.payments.words import ContractRef, Outlook

_CLOSED = "The page for adding a method cannot be opened just now. Nothing has changed. Try later."


@dataclass(frozen=True)
class Outcome:
    """How somebody came back from the page on which a method is added; empty when nobody did."""

    title: str = ""
    text: str = ""
    tone: str = ""


@dataclass(frozen=True)
class ChangeView:
    """How a contract is paid, and what may be done about it; empty until it is loaded."""

    contract: ContractRef = field(default_factory=ContractRef)
    sub: str = ""
    outlook: Outlook = field(default_factory=Outlook)
    is_missed: bool = False
    may_manage: bool = False
    choices: list[MethodChoice] = field(default_factory=list)
    has_choice: bool = False
    chosen: str = ""
    chosen_label: str = ""
    methods: list[MethodEntry] = field(default_factory=list)
    warnings: list[MethodEntry] = field(default_factory=list)
    others: list[TickBox] = field(default_factory=list)
    choose_key: str = ""
    add_key: str = ""
    copy_key: str = ""

    @classmethod
    def of(cls, found: payments.ContractPayments) -> "ChangeView":
        """Format what the page shows."""
        ref, today = ContractRef.of(found.contract), clock.today(found.zone)
        used = next((one for one in found.choices if one.is_default), None)
        methods = [MethodEntry.of(one, today) for one in found.methods]
        is_other = any(not one.is_default for one in found.choices)
        return cls(
            contract=ref,
            sub=" · ".join(filter(None, (f"Contract {ref.number}", ref.asset))),
            outlook=Outlook.of(found.what_next),
            is_missed=found.missed is not None,
            may_manage=found.may_manage_methods,
            choices=[MethodChoice.of(one) for one in found.choices],
            has_choice=is_other or (used is not None and found.missed is not None),
            chosen=used.id if used else "",
            chosen_label=used.label if used else "",
            methods=methods,
            warnings=[one for one in methods if one.warning and one.is_default],
            others=tick_boxes(found),
            choose_key=load_key(),
            add_key=load_key(),
            copy_key=load_key(),
        )


def begin(actor: Actor, *, contract: str, also: list[str], key: str) -> payments.SetupBegun:
    """Open the page on which a method is added, to come back to this one."""
    back = f"/contracts/{quote(contract, safe='')}/payment-method?setup={{reference}}"
    try:
        return payments.begin_setup(
            actor,
            contract=contract,
            also=also,
            return_to=back,
            gateway=wiring.payment_gateway(),
            key=key,
        )
    except (PortUnavailable, PortRefused):
        raise Conflict(_CLOSED) from None


def come_back(actor: Actor, *, reference: str) -> Outcome:
    """Say how it went on the page on which a method is added."""
    try:
        found = payments.finish_setup(actor, reference=reference, gateway=wiring.payment_gateway())
    except NotFound:
        return Outcome()
    except (PortUnavailable, PortRefused):
        words = "It can take a few minutes. This page shows the new method as soon as it is there."
        return Outcome("We have not heard yet how it went", words, "info")
    if found.method is None:
        words = "Nothing has changed. You can add a card or bank account whenever it suits you."
        return Outcome("No method was added", words, "info")
    pays = f"It pays contract {found.contract.number} from now on."
    return Outcome(f"{found.method.label} is added", pays, "good")


def choose(actor: Actor, *, contract: str, payment_method: str, key: str) -> None:
    """Have one of this contract's own methods charged; no other contract's is known here."""
    found = payments.contract_payments(actor, contract=contract)
    if payment_method not in {one.id for one in found.methods}:
        raise NotFound
    payments.choose_method(actor, payment_method=payment_method, key=key)


class PaymentMethodState(FormMixin, PortalState):
    """How one contract is paid: its methods, the way to add one, and what then happens."""

    view: ChangeView = ChangeView()
    outcome: Outcome = Outcome()
    is_loaded: bool = False

    @rx.event
    @contract_customer
    async def load(self):
        """Open the page for the contract in the address, after the gateway's page if need be."""
        self.view, self.outcome, self.is_loaded = ChangeView(), Outcome(), False
        self.problem, self.field_problems = "", {}
        with self._opening():
            if reference := self._param("setup"):
                self.outcome = await self._ask(come_back, reference=reference)
        await self._read()

    @rx.event
    @contract_customer
    async def refresh(self):
        """Show what has changed meanwhile."""
        await self._read()

    @rx.event
    @contract_customer
    async def choose(self, form: dict[str, Any]):
        """Have another method of this contract charged."""
        asked = {name: self._text(form, name) for name in ("contract", "payment_method", "key")}
        with self._reporting():
            if not asked["payment_method"]:
                raise Conflict("Choose a card or bank account first.")
            await self._ask(choose, **asked)
            self._say("Saved. It pays this contract from now on.")
        await self._read()

    @rx.event
    @contract_customer
    async def add(self, form: dict[str, Any]):
        """Go to the page on which a method is added."""
        contract, key = self._text(form, "contract"), self._text(form, "key")
        with self._reporting():
            begun = await self._ask(begin, contract=contract, also=ticked(form), key=key)
            self._send("assign", url=begun.url)

    @rx.event
    @contract_customer
    async def copy(self, form: dict[str, Any]):
        """Use the method that is charged on the contracts that were ticked (S0-16)."""
        method, key = self._text(form, "payment_method"), self._text(form, "key")
        with self._reporting():
            await self._ask(
                payments.copy_method, payment_method=method, contracts=ticked(form), key=key
            )
            self._say("Saved. The ticked contracts are paid from it, too.")
        await self._read()

    @rx.event
    @contract_customer
    async def remove(self, payment_method: str, key: str):
        """Take a method off this contract."""
        with self._reporting():
            await self._ask(payments.remove_method, payment_method=payment_method, key=key)
            self._say("Removed from this contract.")
        await self._read()

    async def _read(self) -> None:
        with self._opening():
            found = await self._ask(payments.contract_payments, contract=self._param("number"))
            if not found.may_see_methods:
                raise NotFound
            self.view, self.is_loaded = ChangeView.of(found), True
            topics = f"contract:{found.contract.id}", f"settings:{self._actor.brand}"
            self._watch(PaymentMethodState.refresh, *topics)
