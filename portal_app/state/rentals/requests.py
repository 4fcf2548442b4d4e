"""State behind a customer's requests: the list, and one that is followed live."""

from dataclasses import dataclass, field

import reflex as rx

from portal_app.services import rentals, uploads
from portal_app.state.access import rental_customer
from portal_app.state.base import FormMixin, PortalState, load_key
from portal_app.state.files import FileRow, UploadRules
from portal_app.state.formats import short_day, short_moment
from portal_app.state.listing import ListMixin, Page
from portal_app.state.moments import Moment
from portal_app.state.rentals.words import facts, history, local_day, path_to


@dataclass(frozen=True)
class RequestRow:
    """A request in the list."""

    number: str
    href: str
    title: str
    meta: str
    status: str
    tone: str

    @classmethod
    def of(cls, row: rentals.RequestRow) -> "RequestRow":
        """Format a request for the list."""
        asked = short_day(local_day(row.created_at, row.zone))
        return cls(
            number=row.number,
            href=f"/requests/{row.number}",
            title=f"{row.item} ×\N{NO-BREAK SPACE}{row.quantity:,}",
            meta=f"{row.number} · contract {row.contract_number} · asked {asked}",
            status=row.look.label,
            tone=row.look.tone,
        )


class RequestsState(ListMixin, PortalState):
    """What the account has asked of its store."""

    rows: list[RequestRow] = []
    _noun = ("request",)
    _rest = ""

    @rx.event
    @rental_customer
    async def load(self):
        """Fill the list for the chosen account."""
        self._empty()
        await self._refresh()

    @rx.event
    @rental_customer
    async def refresh(self):
        """Show what has changed meanwhile."""
        await self._refresh()

    @rx.event
    @rental_customer
    async def more(self):
        """Show older requests as well."""
        with self._opening():
            await self._read_on()

    async def _refresh(self) -> None:
        with self._opening():
            await self._read()
            self._watch(RequestsState.refresh, f"account:{self._account}")

    async def _page(self, after: str) -> Page:
        page = await self._ask(rentals.requests_of, account=self._account, after=after)
        return Page([RequestRow.of(row) for row in page.rows], page.after)


@dataclass(frozen=True)
class Fact:
    """One line of what is known."""

    name: str
    value: str


@dataclass(frozen=True)
class RequestView:
    """One request as its page shows it; empty until loaded."""

    number: str = ""
    title: str = ""
    sub: str = ""
    status: str = ""
    tone: str = "neutral"
    next: str = ""
    store: str = ""
    store_phone: str = ""
    line_href: str = ""
    may_cancel: bool = False
    key: str = ""
    may_add_photos: bool = False
    rules: UploadRules = field(default_factory=UploadRules)
    photos: list[FileRow] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    steps: list[Moment] = field(default_factory=list)

    @classmethod
    def of(cls, detail: rentals.RequestDetail) -> "RequestView":
        """Format a request for its page."""
        row = detail.row
        return cls(
            number=row.number,
            title=f"{row.item} ×\N{NO-BREAK SPACE}{row.quantity:,}",
            sub=f"Request {row.number} · sent {short_moment(row.created_at, row.zone)}",
            status=row.look.label,
            tone=row.look.tone,
            next=row.look.next,
            store=detail.store.name,
            store_phone=detail.store.phone,
            line_href=path_to("contracts", row.contract_number),
            may_cancel=rentals.Move.CANCEL in detail.moves,
            key=load_key(),
            may_add_photos=detail.may_add_photos,
            rules=UploadRules.of(rentals.PHOTO),
            photos=[FileRow.of(photo, row.zone) for photo in detail.photos],
            facts=[Fact(name, value) for name, value in facts(detail)],
            steps=history(detail, for_staff=False),
        )


class OffRentRequestState(FormMixin, PortalState):
    """One request: where it stands, what happens next, and taking it back."""

    request: RequestView = RequestView()
    is_sent: bool = False
    is_loaded: bool = False

    @rx.event
    @rental_customer
    async def load(self):
        """Fill the page for the request in the address; `sent` says that it was just made."""
        self.request, self.is_loaded, self.problem = RequestView(), False, ""
        self.is_sent = self._param("sent") == "yes"
        with self._opening():
            await self._refresh(self._param("number"))

    @rx.event
    @rental_customer
    async def refresh(self):
        """Follow what the store does."""
        before = self.request.status
        with self._opening():
            await self._refresh(self.request.number)
        if before and self.request.status != before:
            self._say(f"{self.request.status}. {self.request.next}")

    @rx.event
    @rental_customer
    async def cancel(self, key: str):
        """Take the request back."""
        with self._reporting():
            number = self.request.number or self._param("number")
            await self._ask(rentals.cancel_request, number=number, key=key)
            await self._refresh(number)
            self._say("Cancelled. Your store has been told.")

    async def _refresh(self, number: str) -> None:
        detail = await self._ask(rentals.request_detail, number=number)
        self.request, self.is_loaded = RequestView.of(detail), True
        files = uploads.topic_of(rentals.PHOTO.owner_type, detail.row.id)
        self._watch(OffRentRequestState.refresh, f"account:{detail.row.account_id}", files)
