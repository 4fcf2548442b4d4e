"""What is to be paid on contracts, with what, and what came of each attempt (S0-15 to S0-29)."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint
from sqlmodel import Field

from portal_app.models.base import MasterRow, Row, Table, as_text


class MethodKind(StrEnum):
    """What money is taken from."""

    CARD = "card"
    BANK_ACCOUNT = "bank_account"


class InstalmentState(StrEnum):
    """Where one payment of a schedule stands."""

    SCHEDULED = "scheduled"
    PROCESSING = "processing"
    PAID = "paid"
    MISSED = "missed"
    RETRYING = "retrying"
    PAID_LATE = "paid_late"
    DEFAULTED = "defaulted"
    WAIVED = "waived"
    ON_HOLD = "on_hold"
    CANCELLED = "cancelled"
    WRITTEN_OFF = "written_off"


class AttemptKind(StrEnum):
    """Why money was asked for: it was due, it had been missed, or the customer wished it."""

    DUE = "due"
    RETRY = "retry"
    PAY_NOW = "pay_now"


class AttemptState(StrEnum):
    """What is known of an attempt: not yet, not yet settled, taken, or not taken."""

    ASKED = "asked"
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class FailureReason(StrEnum):
    """Why no money was taken, in the kinds that a person can do something about (S0-19)."""

    LIMIT_EXCEEDED = "limit_exceeded"
    INSUFFICIENT_FUNDS = "insufficient_funds"
    EXPIRED = "expired"
    AUTHENTICATION_REQUIRED = "authentication_required"
    METHOD_GONE = "method_gone"
    NO_METHOD = "no_method"
    DECLINED = "declined"


class SetupState(StrEnum):
    """How far somebody came with adding a method on the gateway's own page."""

    BEGUN = "begun"
    FINISHED = "finished"
    LEFT = "left"


class PaymentPolicy(Table, table=True):
    """How a brand takes payments; without a row nothing is taken.

    `fee_minor` is for contracts in the portal's currency that name no fee of their own. `run_at` is
    the time of day, in each account's time zone, from which a day's payments are taken.
    """

    brand_id: str = Field(foreign_key="brand.id", primary_key=True, max_length=36)
    takes_payments: bool = False
    fee_minor: int = Field(default=0, sa_type=BigInteger)
    retry_first: bool = True
    hold_next: bool = True
    run_at: str = Field(default="06:00", max_length=5)
    version: int = 1


class PaymentMethod(MasterRow, table=True):
    """A card or a bank account on one contract (S0-15): what the gateway calls it, never a number.

    The same card on two contracts is two rows. A card counts until the end of its expiry month.
    """

    __table_args__ = (
        UniqueConstraint("brand_id", "external_id"),
        Index("ix_payment_method_contract", "contract_id", "ended_at"),
        Index("ix_payment_method_same", "brand_id", "last4", "exp_year", "exp_month"),
        Index("ix_payment_method_token", "gateway_token"),
    )

    contract_id: str = Field(foreign_key="contract.id", max_length=36)
    kind: MethodKind = Field(sa_type=as_text(MethodKind))
    brand: str = Field(default="", max_length=60)
    last4: str = Field(max_length=4)
    exp_month: int | None = None
    exp_year: int | None = None
    holder: str = Field(default="", max_length=120)
    gateway_token: str = Field(default="", max_length=200)
    fingerprint: str = Field(default="", max_length=120)
    # Of the methods of a contract, the one that was chosen last is charged.
    default_since: datetime | None = None
    consent_at: datetime | None = None
    added_by: str = Field(default="", max_length=120)
    # When somebody took it off the contract; a feed that is not newer does not bring it back.
    removed_at: datetime | None = None
    # How many days ahead its holder has been warned of its end: 30, then 7.
    warned_days: int | None = None


class Instalment(MasterRow, table=True):
    """One payment of a contract's schedule.

    `retry_on` is the day from which a missed payment is tried again, together with `fee_minor`.
    `attempts` numbers the attempts: once there is one, a feed does not decide the state any more.
    """

    __table_args__ = (
        UniqueConstraint("brand_id", "external_id"),
        Index("ix_instalment_schedule", "contract_id", "sequence"),
        Index("ix_instalment_place", "brand_id", "place"),
        Index("ix_instalment_due", "brand_id", "state", "due_on"),
        Index("ix_instalment_retry", "brand_id", "state", "retry_on"),
    )

    contract_id: str = Field(foreign_key="contract.id", max_length=36)
    sequence: int
    # Contract and sequence as one word: no two payments may share it.
    place: str = Field(default="", max_length=50)
    due_on: date
    amount_minor: int = Field(sa_type=BigInteger)
    fee_minor: int = Field(default=0, sa_type=BigInteger)
    state: InstalmentState = Field(
        default=InstalmentState.SCHEDULED, sa_type=as_text(InstalmentState)
    )
    retry_on: date | None = None
    rescheduled_from: date | None = None
    paid_on: date | None = None
    attempts: int = 0


class PaymentRun(Row, table=True):
    """One day's payments of one brand in one time zone: made once, however often it is begun.

    Its contracts are queued in the order of their ids, in parts: `queued_to` is how far that has
    come, `queued_at` when the last was queued.
    """

    __table_args__ = (
        UniqueConstraint("brand_id", "zone", "run_on"),
        Index("ix_payment_run_list", "brand_id", "started_at", "id"),
    )

    brand_id: str = Field(foreign_key="brand.id", max_length=36)
    zone: str = Field(max_length=40)
    run_on: date
    started_at: datetime
    contracts: int = 0
    queued_to: str = Field(default="", max_length=36)
    queued_at: datetime | None = None


class PaymentAttempt(Row, table=True):
    """One attempt to take one amount, written before the gateway is asked.

    All that the gateway is told stands here, so that asking again says the very same, and the
    charge is looked for where it was made: a feed may move the method meanwhile. `reason` is why
    nothing was taken; `fee_minor` is the part of the amount that is a fee.
    """

    __table_args__ = (
        UniqueConstraint("instalment_id", "number"),
        Index("ix_payment_attempt_contract", "contract_id", "started_at", "id"),
        Index("ix_payment_attempt_open", "brand_id", "state", "started_at"),
    )

    brand_id: str = Field(foreign_key="brand.id", max_length=36)
    contract_id: str = Field(foreign_key="contract.id", max_length=36)
    instalment_id: str = Field(foreign_key="instalment.id", max_length=36)
    number: int
    kind: AttemptKind = Field(sa_type=as_text(AttemptKind))
    amount_minor: int = Field(sa_type=BigInteger)
    fee_minor: int = Field(default=0, sa_type=BigInteger)
    currency: str = Field(max_length=3)
    method_id: str | None = Field(
        default=None, foreign_key="payment_method.id", index=True, max_length=36
    )
    method_label: str = Field(default="", max_length=80)
    gateway_token: str = Field(default="", max_length=200)
    idempotency_key: str = Field(unique=True, max_length=80)
    description: str = Field(default="", max_length=120)
    run_on: date
    run_id: str | None = Field(
        default=None, foreign_key="payment_run.id", index=True, max_length=36
    )
    by_name: str = Field(default="", max_length=120)
    state: AttemptState = Field(default=AttemptState.ASKED, sa_type=as_text(AttemptState))
    reason: FailureReason | None = Field(default=None, sa_type=as_text(FailureReason))
    gateway_reference: str = Field(default="", max_length=120)
    started_at: datetime
    finished_at: datetime | None = None


class PaymentSetup(Row, table=True):
    """Somebody's way to the gateway's page and back, by a reference that cannot be guessed."""

    __table_args__ = (Index("ix_payment_setup_open", "state", "started_at"),)

    brand_id: str = Field(foreign_key="brand.id", index=True, max_length=36)
    contract_id: str = Field(foreign_key="contract.id", index=True, max_length=36)
    reference: str = Field(unique=True, max_length=64)
    gateway_reference: str = Field(default="", max_length=120)
    state: SetupState = Field(default=SetupState.BEGUN, sa_type=as_text(SetupState))
    user_id: str = Field(foreign_key="portal_user.id", index=True, max_length=36)
    user_name: str = Field(default="", max_length=120)
    is_staff: bool = False
    # Further contracts that were ticked to get the new method too, one record each (S0-16).
    also: list[str] = Field(default_factory=list, sa_type=JSON)
    method_id: str | None = Field(
        default=None, foreign_key="payment_method.id", index=True, max_length=36
    )
    started_at: datetime
    finished_at: datetime | None = None


class PaymentNotice(Table, table=True):
    """A notice of the gateway's that has been dealt with: the same one again does nothing."""

    notice_id: str = Field(primary_key=True, max_length=120)
    received_at: datetime = Field(index=True)
