"""What a reader of balances, statements and invoices gets back."""

from dataclasses import dataclass
from datetime import date

from portal_app.core.money import Money
from portal_app.models import EntryKind
from portal_app.services.billing.rules import Bucket, InvoiceStatus
from portal_app.services.contracts import AccountChoice, StoreContact


@dataclass(frozen=True, slots=True)
class AgedPart:
    """What is left of the debits that have been due for as long as the bucket says."""

    bucket: Bucket
    label: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Standing:
    """How an account stands on a day: the figures that page, document and letter all show.

    A positive balance is owed to the operator, a negative one is credit. `ageing` has every
    bucket, not due first; its parts sum to the balance, or are 0 while that is a credit.
    `overdue` is the part of them that is past its due date.
    """

    as_of: date
    balance: Money
    owed: Money
    overdue: Money
    ageing: tuple[AgedPart, ...]

    @property
    def is_in_credit(self) -> bool:
        """Whether the operator owes the customer."""
        return self.balance.amount_minor < 0

    @property
    def label(self) -> str:
        """What the balance is; goes with `amount`, which carries no sign."""
        if self.is_in_credit:
            return "In credit"
        return "Balance owed" if self.balance else "Nothing owed"

    @property
    def amount(self) -> Money:
        """The balance without its sign."""
        return -self.balance if self.is_in_credit else self.balance


@dataclass(frozen=True, slots=True)
class Movement:
    """One entry of the ledger; positive is a charge. `balance` is the balance after it."""

    on: date
    kind: EntryKind
    label: str
    amount: Money
    balance: Money
    reference: str
    contract_number: str
    method: str


@dataclass(frozen=True, slots=True)
class LastPayment:
    """The newest payment, as a positive amount."""

    amount: Money
    on: date
    method: str


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A month that has ended and in which something happened; `balance` is that of its end."""

    as_of: date
    balance: Money


@dataclass(frozen=True, slots=True)
class StatementPage:
    """One page of the statements, newest first; `after` is "" on the last one.

    `today` is the account's own day, the newest that a statement can be asked for.
    """

    rows: tuple[StatementRow, ...]
    today: date
    after: str = ""


@dataclass(frozen=True, slots=True)
class AccountSummary:
    """What a customer sees first (S3-02, S3-16, S3-19); `movements` are newest first."""

    account: AccountChoice
    standing: Standing
    last_payment: LastPayment | None
    statements: tuple[StatementRow, ...]
    movements: tuple[Movement, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement for a day: its month up to that day (S3-20).

    `opening` is the balance before `starts_on`; `standing` that on the day, so its balance is the
    closing one. `movements` are oldest first. Of a month with more than a page can bear only the
    newest are listed: then `is_shortened`, and `earlier` is the sum of the others.
    `explanation` says why there are none, or is "". `today` is the newest day there can be one for.
    """

    account: AccountChoice
    brand_id: str
    zone: str
    today: date
    store: StoreContact
    starts_on: date
    opening: Money
    earlier: Money
    is_shortened: bool
    movements: tuple[Movement, ...]
    standing: Standing
    explanation: str

    @property
    def as_of(self) -> date:
        """The day that was chosen."""
        return self.standing.as_of

    @property
    def closing(self) -> Money:
        """The balance on that day."""
        return self.standing.balance


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """An invoice in a list. `open` is None when the operator's system does not say."""

    id: str
    number: str
    issued_on: date
    due_on: date | None
    total: Money
    open: Money | None
    status: InvoiceStatus
    status_label: str
    status_tone: str
    next_step: str
    contract_id: str
    contract_number: str


@dataclass(frozen=True, slots=True)
class InvoicePage:
    """One page of the invoices; `after` is "" on the last one.

    `searched_back_to` is set when a search or a filter stopped there with more to look through.
    """

    rows: tuple[InvoiceRow, ...]
    after: str = ""
    searched_back_to: date | None = None


@dataclass(frozen=True, slots=True)
class InvoiceItem:
    """One line of an invoice, with the quantity as the operator wrote it."""

    description: str
    quantity: str
    unit_price: Money | None
    amount: Money


@dataclass(frozen=True, slots=True)
class InvoiceDetail:
    """An invoice in full; without items only its total is known."""

    row: InvoiceRow
    account: AccountChoice
    brand_id: str
    zone: str
    store: StoreContact
    items: tuple[InvoiceItem, ...]
