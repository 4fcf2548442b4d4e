"""State behind the staff's page of a contract's payments, and what staff do there (S0-28)."""

from typing import Any, ClassVar

import reflex as rx

from portal_app import wiring
from portal_app.services import payments
from portal_app.state.access import staff
from portal_app.state.base import FormMixin, PortalState
from portal_app.state.payments.methods import ticked
from portal_app.state.payments_desk import adding
from portal_app.state.payments_desk.contract_views import ContractDesk, PaymentSheet


class ContractDeskState(FormMixin, PortalState):
    """The schedule of one contract, one of its payments in a sheet, and its methods."""

    view: ContractDesk = ContractDesk()
    sheet: PaymentSheet = PaymentSheet()
    is_loaded: bool = False
    _closed: ClassVar = PaymentSheet()

    @rx.event
    @staff
    async def load(self):
        """Show the contract in the address, with the payment that it names."""
        if self.view.id != self._param("contract"):
            self.view, self.is_loaded = ContractDesk(), False
        self.sheet, self.problem, self.field_problems = self._closed, "", {}
        await self._take_back(self._param("setup"))
        await self._read(self._param("open"))

    @rx.event
    @staff
    async def refresh(self):
        """Show what runs, customers and colleagues have done meanwhile."""
        await self._read(self.sheet.number)

    @rx.event
    @staff
    async def close(self, is_open: bool):  # noqa: FBT001 - the dialog says what it becomes
        """Close the sheet; the address forgets it."""
        if not is_open:
            self.sheet, self.problem, self.field_problems = self._closed, "", {}
            return self._go(self._path)
        return None

    @rx.event
    @staff
    async def reschedule(self, form: dict[str, Any]):
        """Move a payment to another day."""
        told = "Moved. The customer has been told."
        await self._change(payments.reschedule, "move", form, told, "due_on", "reason")

    @rx.event
    @staff
    async def waive(self, form: dict[str, Any]):
        """Let a missed payment go."""
        told = "Waived. The customer has been told."
        await self._change(payments.waive_instalment, "waive", form, told, "reason")

    @rx.event
    @staff
    async def waive_fee(self, form: dict[str, Any]):
        """Let the fee of a missed payment go."""
        told = "The fee is waived. The customer has been told."
        await self._change(payments.waive_fee, "fee", form, told, "reason")

    @rx.event
    @staff
    async def reinstate(self, form: dict[str, Any]):
        """Put a payment that failed twice back on the schedule."""
        told = "Back on the schedule. The customer has been told."
        await self._change(payments.reinstate, "again", form, told, "due_on", "reason")

    @rx.event
    @staff
    async def write_off(self, form: dict[str, Any]):
        """Give a payment up."""
        told = "Written off. The customer has been told."
        await self._change(payments.write_off, "give_up", form, told, "reason")

    @rx.event
    @staff
    async def take_now(self, form: dict[str, Any]):
        """Try a missed payment at once, while the customer is on the phone."""
        with self._reporting():
            paid = await self._ask(
                payments.pay_now,
                instalment=self._text(form, "instalment"),
                gateway=wiring.payment_gateway(),
                key=self._text(form, "key"),
            )
            self._say(f"{paid.look.label}. {paid.reason}".strip(), _tone(paid))
            await self._read(self.sheet.number)

    @rx.event
    @staff
    async def release(self, form: dict[str, Any]):
        """Let what is on hold be taken again."""
        told = "Released. The customer has been told."
        await self._decide(payments.release_holds, "release", form, told)

    @rx.event
    @staff
    async def ask_to_cancel(self, form: dict[str, Any]):
        """Open a request to cancel the contract."""
        told = "The request is in the queue. The customer has been told."
        await self._decide(payments.ask_to_cancel, "cancel", form, told)

    @rx.event
    @staff
    async def add_method(self, form: dict[str, Any]):
        """Go to the page on which a card or account is typed: never here (S0-28)."""
        with self._reporting():
            key = self._text(form, "key")
            given = {"contract": self._contract, "also": ticked(form), "back": self._path}
            url = await self._ask(adding.begin, **given, key=key)
            self._send("assign", url=url)

    @rx.event
    @staff
    async def choose_method(self, method: str, key: str):
        """Have payments taken from this method from now on."""
        await self._see_to(payments.choose_method, method, key, "Payments are taken from it now.")

    @rx.event
    @staff
    async def copy_method(self, form: dict[str, Any]):
        """Use the method that is charged on the holder's contracts that were ticked (S0-16)."""
        method, key = self._text(form, "payment_method"), self._text(form, "key")
        with self._reporting():
            given = {"payment_method": method, "contracts": ticked(form), "key": key}
            await self._ask(payments.copy_method, **given)
            self._say("The ticked contracts are paid from it, too.")
            await self._read(self.sheet.number)

    @rx.event
    @staff
    async def remove_method(self, method: str, key: str):
        """Take a method off the contract."""
        await self._see_to(payments.remove_method, method, key, "Removed.")

    @property
    def _contract(self) -> str:
        return self.view.id or self._param("contract")

    @property
    def _path(self) -> str:
        return f"/staff/contracts/{self._contract}/payments"

    async def _change(self, command: Any, act: str, form: Any, told: str, *fields: str) -> None:
        """Do one thing to the payment that the form names."""
        with self._reporting():
            entered = {name: self._text(form, name) for name in ("instalment", "key", *fields)}
            await self._ask(command, **entered)
            self._say(told)
            await self._read(self.sheet.number)
        self._name_problems(act)

    async def _decide(self, command: Any, act: str, form: Any, told: str) -> None:
        """Do one thing to the contract."""
        with self._reporting():
            entered = {name: self._text(form, name) for name in ("reason", "key")}
            await self._ask(command, contract=self._contract, **entered)
            self._say(told)
            await self._read(self.sheet.number)
        self._name_problems(act)

    async def _see_to(self, command: Any, method: str, key: str, told: str) -> None:
        """Do one thing to a method."""
        with self._reporting():
            await self._ask(command, payment_method=method, key=key)
            self._say(told)
            await self._read(self.sheet.number)

    def _name_problems(self, act: str) -> None:
        """Give each problem the name of its form: several forms ask for a reason."""
        found = self.field_problems.items()
        self.field_problems = {f"{act}_{name}": words for name, words in found}

    async def _take_back(self, reference: str) -> None:
        """Keep what was added on the gateway's page, for whom the browser comes back from there."""
        if reference:
            with self._reporting():
                self._say(*await self._ask(adding.come_back, reference=reference))

    async def _read(self, opened: str) -> None:
        with self._opening():
            found = await self._ask(payments.contract_payments, contract=self._contract)
            self.view, self.is_loaded = ContractDesk.of(found), True
            chosen = (one for one in found.schedule if str(one.sequence) == opened)
            one = next(chosen, None)
            self.sheet = PaymentSheet.of(one, found) if one else self._closed
            brand = self._actor.brand
            self._watch(ContractDeskState.refresh, f"contract:{self.view.id}", f"settings:{brand}")


def _tone(paid: payments.Paid) -> str:
    return "bad" if paid.state is payments.AttemptState.FAILED else "good"
