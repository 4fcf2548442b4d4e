"""State behind the pages that list all schedules, and all payment methods, of an account."""

from dataclasses import dataclass, field
from datetime import date

import reflex as rx

from portal_app.core import clock
from portal_app.services import payments
from portal_app.state.access import contract_customer
from portal_app.state.base import PortalState
from portal_app.state.payments.methods import MethodEntry
from portal_app.state.payments.schedules import ScheduleView
from portal_app.state.payments.words import ContractRef, Outlook


@dataclass(frozen=True)
class ContractSchedule:
    """A contract's schedule on the page of all of them."""

    contract: ContractRef = field(default_factory=ContractRef)
    title: str = ""
    status: str = ""
    tone: str = ""
    outlook: Outlook = field(default_factory=Outlook)
    method: MethodEntry = field(default_factory=MethodEntry)
    schedule: ScheduleView = field(default_factory=ScheduleView)
    has_expired: bool = False

    @classmethod
    def of(cls, found: payments.ContractSummary, today: date) -> "ContractSchedule":
        """Format a contract for display."""
        used = found.default_method
        ref = ContractRef.of(found.contract)
        return cls(
            contract=ref,
            title=f"{found.kind_label} {ref.number}",
            status=found.status_label,
            tone=found.status_tone,
            outlook=Outlook.of(found.what_next),
            method=MethodEntry.of(used, today) if used else MethodEntry(),
            schedule=ScheduleView.of(found.schedule, today),
            has_expired=found.has_expired_method,
        )


@dataclass(frozen=True)
class Vehicle:
    """The contracts about one vehicle (S0-18)."""

    name: str
    contracts: list[ContractSchedule]


class PaymentsState(PortalState):
    """Every schedule of the chosen account, grouped by vehicle; only to be read (S0-04)."""

    vehicles: list[Vehicle] = []
    is_loaded: bool = False

    @rx.event
    @contract_customer
    async def load(self):
        """Open the schedules of the chosen account."""
        self.vehicles, self.is_loaded = [], False
        await self._read()

    @rx.event
    @contract_customer
    async def refresh(self):
        """Show what has changed meanwhile."""
        await self._read()

    async def _read(self) -> None:
        with self._opening():
            found = await self._ask(payments.payments_overview, account=self._account)
            today = clock.today(self._zone_of_reader)
            self.vehicles, self.is_loaded = [_vehicle(one, today) for one in found], True
            topics = f"account:{self._account}", f"settings:{self._actor.brand}"
            self._watch(PaymentsState.refresh, *topics)


def _vehicle(group: payments.VehicleGroup, today: date) -> Vehicle:
    rows = [ContractSchedule.of(one, today) for one in group.contracts]
    return Vehicle(group.asset or "Other contracts", rows)


@dataclass(frozen=True)
class ContractMethods:
    """A contract with its methods; those of others are another's (S0-15)."""

    contract: ContractRef
    title: str
    methods: list[MethodEntry]

    @classmethod
    def of(cls, group: payments.MethodGroup, today: date) -> "ContractMethods":
        """Format a contract's methods for display."""
        ref = ContractRef.of(group.contract)
        about = f" · {ref.asset}" if ref.asset else ""
        rows = [MethodEntry.of(one, today) for one in group.methods]
        return cls(ref, f"Contract {ref.number}{about}", rows)


class PaymentMethodsState(PortalState):
    """The cards and bank accounts of each contract that this person looks after."""

    groups: list[ContractMethods] = []
    is_loaded: bool = False

    @rx.event
    @contract_customer
    async def load(self):
        """Open the methods of the chosen account's contracts."""
        self.groups, self.is_loaded = [], False
        await self._read()

    @rx.event
    @contract_customer
    async def refresh(self):
        """Show what has changed meanwhile."""
        await self._read()

    async def _read(self) -> None:
        with self._opening():
            found = await self._ask(payments.methods_of, account=self._account)
            today = clock.today(self._zone_of_reader)
            self.groups, self.is_loaded = [ContractMethods.of(one, today) for one in found], True
            self._watch(PaymentMethodsState.refresh, f"account:{self._account}")
