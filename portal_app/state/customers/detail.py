"""State behind the page of one customer: why they get in, or do not."""

from dataclasses import dataclass, field, replace
from typing import Any

import reflex as rx

from portal_app.services import access
from portal_app.services.access import Attempt as Tried
from portal_app.services.access import Customer, ReadinessCheck
from portal_app.state.access import manager, staff
from portal_app.state.base import FormMixin, PortalState, load_key
from portal_app.state.customers.words import (
    BY_CONTRACT,
    FIXES,
    LABELS,
    MISSING,
    NEXT,
    STATES,
    TYPES,
)
from portal_app.state.formats import moment, plural

_TYPED = ("phone", "email", "postal_code", "is_enabled", "version", "key")


@dataclass(frozen=True)
class CheckRow:
    """One item of the readiness checklist."""

    label: str
    is_met: bool
    hint: str
    fix: str
    fix_label: str
    key: str

    @classmethod
    def of(cls, check: ReadinessCheck) -> "CheckRow":
        """Word one item, and the click that mends it."""
        hint = "" if check.is_met else MISSING[check.check].format(other=check.other_account)
        label = FIXES.get(check.fix, "")
        return cls(
            LABELS[check.check],
            check.is_met,
            hint,
            check.fix,
            f"{label}: {check.fix_value}" if check.fix_value else label,
            load_key() if check.fix else "",
        )


@dataclass(frozen=True)
class AttemptRow:
    """One try to register."""

    when: str
    label: str
    tone: str
    ip: str

    @classmethod
    def of(cls, attempt: Tried, zone: str) -> "AttemptRow":
        """Word one try."""
        label, tone = ("Matched", "good") if attempt.matched else ("Did not match", "warn")
        return cls(moment(attempt.at, zone), label, tone, attempt.ip)


@dataclass(frozen=True)
class CustomerView:
    """The whole page."""

    number: str = ""
    name: str = ""
    sub: str = ""
    label: str = ""
    tone: str = "neutral"
    next_step: str = ""
    phone: str = ""
    email: str = ""
    postal_code: str = ""
    is_enabled: bool = False
    version: str = ""
    key: str = ""
    is_locked: bool = False
    locked_words: str = ""
    published: str = ""
    missing: str = ""
    checks: list[CheckRow] = field(default_factory=list)
    attempts: list[AttemptRow] = field(default_factory=list)
    has_attempts: bool = False
    sessions: str = ""
    has_sessions: bool = False
    may_end_sessions: bool = False
    may_publish: bool = False
    publish_key: str = ""

    @classmethod
    def of(cls, found: Customer) -> "CustomerView":
        """Format everything that staff need to see."""
        label, tone = STATES.get(found.state, (found.state, "neutral"))
        lacking = sum(not check.is_met for check in found.checks)
        kind = TYPES.get(found.account_type, found.account_type)
        return cls(
            number=found.number,
            name=found.name,
            sub=" · ".join(part for part in (f"Account {found.number}", kind, found.store) if part),
            label=label,
            tone=tone,
            next_step=_next_step(found),
            phone=found.phone,
            email=found.email,
            postal_code=found.postal_code,
            is_enabled=found.is_enabled,
            version=str(found.version),
            key=load_key(),
            is_locked=found.state == "locked",
            locked_words=f"Locked until {moment(found.locked_until, found.timezone)}",
            published=moment(found.published_at, found.timezone) if found.published_at else "",
            missing=f"{plural(lacking, 'thing')} missing" if lacking else "Nothing is missing",
            checks=[CheckRow.of(check) for check in found.checks],
            attempts=[AttemptRow.of(attempt, found.timezone) for attempt in found.attempts],
            has_attempts=bool(found.attempts),
            sessions=_signed_in(found.open_sessions),
            has_sessions=found.open_sessions > 0,
            may_end_sessions=found.may_end_sessions,
            may_publish=found.may_publish and found.state == "ready_unpublished",
            publish_key=load_key(),
        )


def _signed_in(count: int) -> str:
    return f"{plural(count, 'browser')} signed in now" if count else "Nobody is signed in now."


def _next_step(found: Customer) -> str:
    """Say what comes next; a service contract opens its account by itself (S0-01)."""
    is_by_contract = found.has_service_contracts and found.is_enabled
    is_account = found.account_type == "account"
    if is_by_contract and is_account and found.state != "registered":
        return BY_CONTRACT
    return NEXT.get(found.state, "")


class CustomerState(FormMixin, PortalState):
    """One customer."""

    page: CustomerView = CustomerView()
    is_loaded: bool = False

    @rx.event
    @staff
    async def load(self):
        """Show the customer whose number stands in the address."""
        self.page, self.is_loaded = CustomerView(), False
        self.problem, self.field_problems = "", {}
        await self._refresh()

    @rx.event
    @staff
    async def refresh(self):
        """Follow what has changed, without touching what is being typed."""
        kept = self.page
        await self._refresh()
        # The version stays as well: saving over somebody else's change is refused.
        self.page = replace(self.page, **{name: getattr(kept, name) for name in _TYPED})

    @rx.event
    @staff
    async def save(self, form: dict[str, Any]):
        """Change how the account is reached, and the switch."""
        with self._reporting():
            await self._ask(
                access.update_account,
                account=self._param("number"),
                phone=self._text(form, "phone"),
                email=self._text(form, "email"),
                postal_code=self._text(form, "postal_code"),
                is_enabled=self._text(form, "is_enabled") != "",
                version=self._version(form),
                key=self._text(form, "key"),
            )
            self._say("Saved. It counts from now on.")
            await self._refresh()

    @rx.event
    @staff
    async def fix(self, fix: str, key: str):
        """Do the one click that a missing item offers."""
        with self._reporting():
            number = self._param("number")
            await self._ask(access.apply_fix, account=number, fix=fix, key=key)
            self._say("Done.")
            await self._refresh()

    @rx.event
    @staff
    async def unlock(self):
        """Let the phone number register again."""
        with self._reporting():
            await self._ask(access.unlock, account=self._param("number"))
            self._say("Nothing is locked any more. They may try again now.")
            await self._refresh()

    @rx.event
    @manager
    async def publish(self, key: str):
        """Update the website now, and with it let this customer register."""
        with self._reporting():
            done = await self._ask(access.publish, key=key)
            self._say(f"Updated. {plural(done.registrable + done.joined, 'account')} opened.")
            await self._refresh()

    @rx.event
    @manager
    async def end_sessions(self):
        """Sign out everybody on this account."""
        with self._reporting():
            await self._ask(access.end_customer_sessions, account=self._param("number"))
            self._say("Everybody on this account is signed out.")
            await self._refresh()

    @rx.event
    @manager
    async def remove_second_step(self, form: dict[str, Any]):
        """Take off a second step that the owner has lost."""
        with self._reporting():
            note = self._text(form, "note")
            number = self._param("number")
            await self._ask(access.remove_second_factor, account=number, note=note)
            self._say("They sign in without a second step now.")
            await self._refresh()

    async def _refresh(self) -> None:
        with self._opening():
            found = await self._ask(access.customer, number=self._param("number"))
            self.page, self.is_loaded = CustomerView.of(found), True
            self._watch(CustomerState.refresh, f"account:{found.account_id}")
