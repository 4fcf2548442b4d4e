"""State behind the page that connects other systems (S0-14)."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from portal_app import wiring
from portal_app.core.settings import settings
from portal_app.services import events
from portal_app.state.access import admin
from portal_app.state.base import FormMixin, PortalState, load_key
from portal_app.state.formats import plural, short_moment
from portal_app.state.listing import ListMixin, Page

_STATES = ("dead", "waiting", "delivered")
_LOOKS = {
    events.DeliveryState.WAITING: ("Waiting", "info"),
    events.DeliveryState.DELIVERED: ("Delivered", "good"),
    events.DeliveryState.DEAD: ("Given up", "bad"),
    events.DeliveryState.SKIPPED: ("Not sent", "neutral"),
}


@dataclass(frozen=True)
class TokenRow:
    """A token that lets a system in."""

    id: str
    name: str
    meta: str
    key: str

    @classmethod
    def of(cls, token: events.TokenView) -> "TokenRow":
        """Format a token."""
        zone = settings().timezone
        used = short_moment(token.last_used_at, zone)
        made = f"Ends in {token.hint} · made {short_moment(token.created_at, zone)}"
        by = f" by {token.created_by}" if token.created_by else ""
        last = f" · last used {used}" if used else " · not used yet"
        return cls(token.id, token.name, f"{made}{by}{last}", load_key())


@dataclass(frozen=True)
class EndpointRow:
    """An address that events are sent to."""

    id: str
    url: str
    meta: str
    status: str
    tone: str
    is_enabled: bool
    has_dead: bool
    key: str

    @classmethod
    def of(cls, endpoint: events.EndpointView) -> "EndpointRow":
        """Format an address."""
        status, tone = ("On", "good") if endpoint.is_enabled else ("Off", "neutral")
        parts = [
            f"{plural(endpoint.dead, 'event')} given up" if endpoint.dead else "",
            f"{plural(endpoint.waiting, 'event')} waiting" if endpoint.waiting else "",
            endpoint.off_because,
        ]
        return cls(
            id=endpoint.id,
            url=endpoint.url,
            meta=" · ".join(part for part in parts if part) or "Everything has arrived.",
            status=status,
            tone=tone,
            is_enabled=endpoint.is_enabled,
            has_dead=endpoint.dead > 0,
            key=load_key(),
        )


@dataclass(frozen=True)
class DeliveryRow:
    """One event on its way to one address."""

    id: str
    event: str
    url: str
    status: str
    tone: str
    tries: str
    answer: str
    when: str

    @classmethod
    def of(cls, one: events.DeliveryView) -> "DeliveryRow":
        """Format a delivery."""
        status, tone = _LOOKS[one.state]
        return cls(
            id=one.id,
            event=f"{one.event_type} · {one.sequence}",
            url=one.url,
            status=status,
            tone=tone,
            tries=plural(one.attempts, "try", "tries"),
            answer=one.answer,
            when=short_moment(one.tried_at or one.created_at, settings().timezone),
        )


def _newest(sequence: int) -> str:
    return f"The newest event has the number {sequence}." if sequence else "There is no event yet."


class ConnectionsState(FormMixin, ListMixin, PortalState):
    """Tokens, addresses, and what could not be sent; a new secret is shown once."""

    tokens: list[TokenRow] = []
    endpoints: list[EndpointRow] = []
    rows: list[DeliveryRow] = []
    show: str = "dead"
    is_sure: bool = False
    feed: str = ""
    newest: str = ""
    form_key: str = ""
    secret: str = ""
    secret_for: str = ""
    _noun = ("event",)
    _rest = ""

    @rx.event
    @admin
    async def load(self):
        """Fill the page; a secret that was shown before is forgotten."""
        self._empty()
        self.tokens, self.endpoints = [], []
        self.problem, self.field_problems = "", {}
        self.secret, self.secret_for, self.form_key = "", "", load_key()
        await self._refresh()

    @rx.event
    @admin
    async def refresh(self):
        """Show what has changed meanwhile."""
        await self._refresh()

    @rx.event
    @admin
    async def pick(self, state: str):
        """Show deliveries of one state."""
        self.show, self._pages = state if state in _STATES else "", 1
        await self._refresh()

    @rx.event
    @admin
    async def more(self):
        """Show older deliveries as well."""
        with self._opening():
            await self._read_on()

    @rx.event
    @admin
    async def create_token(self, form: dict[str, Any]):
        """Make a token and show its value, for the only time."""
        name, key = self._text(form, "name"), self._text(form, "key")
        with self._reporting():
            made = await self._ask(events.create_token, name=name, key=key)
            await self._reveal(made.value, "token")

    @rx.event
    @admin
    async def revoke_token(self, token: str, key: str):
        """Let a token open nothing any more."""
        await self._do(events.revoke_token, "Revoked. It opens nothing any more.", token=token,
                       key=key)  # fmt: skip

    @rx.event
    @admin
    async def add_endpoint(self, form: dict[str, Any]):
        """Have events sent to an address and show its secret, for the only time."""
        url, key = self._text(form, "url"), self._text(form, "key")
        with self._reporting():
            made = await self._ask(events.add_endpoint, url=url, sender=wiring.webhooks(), key=key)
            await self._reveal(made.value, "signing secret")

    @rx.event
    @admin
    async def switch_on(self, endpoint: str, key: str):
        """Send events to an address again."""
        given = {"endpoint": endpoint, "is_on": True, "key": key}
        await self._do(events.switch_endpoint, "Events are sent there from now on.", **given)

    @rx.event
    @admin
    async def switch_off(self, endpoint: str, key: str):
        """Send no events to an address for the time being."""
        given = {"endpoint": endpoint, "is_on": False, "key": key}
        await self._do(events.switch_endpoint, "Nothing more is sent there.", **given)

    @rx.event
    @admin
    async def remove_endpoint(self, endpoint: str, key: str):
        """Forget an address."""
        await self._do(events.remove_endpoint, "Removed.", endpoint=endpoint, key=key)

    @rx.event
    @admin
    async def retry(self, endpoint: str, key: str):
        """Send again everything that was given up for an address."""
        await self._do(events.retry_deliveries, "They are sent again now.", endpoint=endpoint,
                       key=key)  # fmt: skip

    async def _do(self, command: Any, told: str, **given: Any) -> None:
        with self._reporting():
            await self._ask(command, **given)
            self._say(told)
        await self._refresh()

    async def _reveal(self, value: str, what: str) -> None:
        self.secret, self.secret_for, self.form_key = value, what, load_key()
        await self._refresh()
        self._focus("secret")

    async def _refresh(self) -> None:
        with self._opening():
            await self._read()
            self.feed = f"{settings().address}/api/v1/events"
            self._watch(ConnectionsState.refresh, f"connections:{self._actor.brand}")

    async def _page(self, after: str) -> Page:
        found = await self._ask(events.connections, state=self.show, after=after)
        self.tokens = [TokenRow.of(one) for one in found.tokens]
        self.endpoints = [EndpointRow.of(one) for one in found.endpoints]
        self.is_sure, self.newest = found.is_stepped_up, _newest(found.newest)
        return Page([DeliveryRow.of(one) for one in found.rows], found.after)
