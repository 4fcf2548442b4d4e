"""What a reader of rentals gets back."""

from dataclasses import dataclass
from datetime import datetime

from portal_app.models import RequestState, ReturnMethod
from portal_app.services.rentals.rules.moves import Move
from portal_app.services.rentals.rules.words import Look
from portal_app.services.uploads import Attachment


@dataclass(frozen=True, slots=True)
class StoreView:
    """The branch that looks after a contract; empty parts are not known."""

    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class RequestLink:
    """An open request, as its line mentions it."""

    number: str
    quantity: int
    look: Look


@dataclass(frozen=True, slots=True)
class ItemOut:
    """One contract line that is on rent; `available` is what can still be called off.

    `due` is "overdue", "today" or "", by the calendar of `zone`.
    """

    line_id: str
    contract_id: str
    contract_number: str
    description: str
    quantity_out: int
    available: int
    out_at: datetime | None
    due_back_at: datetime | None
    due: str
    site: str
    zone: str
    requests: tuple[RequestLink, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemsOut:
    """A page of what an account has on rent; `after` asks for the page that follows."""

    rows: tuple[ItemOut, ...]
    may_request: bool
    after: str = ""


@dataclass(frozen=True, slots=True)
class LineOut:
    """A line that is on rent, in short; `due` as in `ItemOut`."""

    line_id: str
    contract_number: str
    description: str
    quantity_out: int
    out_at: datetime | None
    due: str
    zone: str


@dataclass(frozen=True, slots=True)
class OutInShort:
    """The first of what an account has on rent, and how many items should be back by now."""

    rows: tuple[LineOut, ...]
    late: int


@dataclass(frozen=True, slots=True)
class RequestForm:
    """What the off-rent form starts with."""

    item: ItemOut
    store: StoreView
    place: str
    contact_name: str
    contact_phone: str
    now: datetime


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request as lists show it."""

    id: str
    number: str
    state: RequestState
    look: Look
    account_id: str
    account_number: str
    account_name: str
    contract_id: str
    contract_number: str
    item: str
    quantity: int
    method: ReturnMethod
    method_words: str
    requested_for: datetime
    scheduled_for: datetime | None
    created_at: datetime
    store_name: str
    zone: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class RequestPage:
    """A page of requests; `after` asks for the page that follows."""

    rows: tuple[RequestRow, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class QueuePage(RequestPage):
    """A page of the store's queue, with how many stand in each saved view (at most 100)."""

    counts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a request."""

    at: datetime
    title: str
    state: RequestState
    by_name: str
    by_staff: bool
    note: str


@dataclass(frozen=True, slots=True)
class RequestDetail:
    """All that a reader may know of a request; `moves` is what they may do to it now."""

    row: RequestRow
    place: str
    contact_name: str
    contact_phone: str
    notes: str
    confirmed_off_rent_at: datetime | None
    reason: str
    quantity_out: int
    store: StoreView
    steps: tuple[Step, ...]
    moves: frozenset[Move] = frozenset()
    photos: tuple[Attachment, ...] = ()
    may_add_photos: bool = False
