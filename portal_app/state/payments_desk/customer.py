"""State behind the payments on the staff's page of a customer (S0-28)."""

from dataclasses import dataclass
from typing import ClassVar

import reflex as rx

from portal_app.services import payments
from portal_app.state.access import staff
from portal_app.state.base import PortalState
from portal_app.state.payments_desk.words import contract_path


@dataclass(frozen=True)
class ContractEntry:
    """A contract with payments."""

    id: str
    title: str
    meta: str
    href: str
    status: str
    tone: str

    @classmethod
    def of(cls, one: payments.ContractSummary) -> "ContractEntry":
        """Format a contract for the customer's page."""
        return cls(
            id=one.contract.id,
            title=one.contract.number,
            meta=" · ".join(filter(None, (one.contract.asset, one.what_next.headline))),
            href=contract_path(one.contract),
            status=one.status_label,
            tone=one.status_tone,
        )


class CustomerPaymentsState(PortalState):
    """The contracts with payments of the customer whose page is open."""

    _part: ClassVar[str] = "payments"
    rows: list[ContractEntry] = []
    is_loaded: bool = False

    @rx.event
    @staff
    async def load(self):
        """Show the contracts of the customer whose number stands in the address."""
        self.rows, self.is_loaded = [], False
        await self._refresh()

    @rx.event
    @staff
    async def refresh(self):
        """Follow what has changed."""
        await self._refresh()

    async def _refresh(self) -> None:
        with self._opening():
            found = await self._ask(payments.customer_payments, number=self._param("number"))
            self.rows, self.is_loaded = [ContractEntry.of(one) for one in found.contracts], True
            topics = f"account:{found.account_id}", f"settings:{self._actor.brand}"
            self._watch(CustomerPaymentsState.refresh, *topics)
