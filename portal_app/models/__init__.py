"""The tables. Importing this package loads the whole schema."""

from portal_app.models.access import RegistrationAttempt
from portal_app.models.audit import Action, AuditEvent
from portal_app.models.base import MasterRow, Row, Table
from portal_app.models.billing import EntryKind, Invoice, InvoiceLine, LedgerEntry
from portal_app.models.branding import Brand, HelpArticle, PortalSettings
from portal_app.models.contracts import (
    PHASE_OF,
    Account,
    AccountContact,
    AccountType,
    Asset,
    ContactRole,
    Contract,
    ContractKind,
    ContractLine,
    ContractPhase,
    ContractStatus,
    PortalAccess,
    Store,
)
from portal_app.models.idempotency import IdempotencyKey
from portal_app.models.identity import (
    ChallengePurpose,
    ChallengeState,
    LoginIdentifier,
    OtpChallenge,
    PasswordReset,
    Person,
    PortalSession,
    PortalUser,
    RecoveryCode,
    SecondFactor,
    SessionStage,
    StaffUser,
    UserKind,
    UserStatus,
)
from portal_app.models.imports import SyncRefusal, SyncRun
from portal_app.models.jobs import Job, JobSchedule
from portal_app.models.licensing import Installation
from portal_app.models.live import ChangeSignal
from portal_app.models.notifications import Channel, MessageState, Notification, OutboundMessage
from portal_app.models.rentals import (
    RentalRequest,
    RentalRequestStep,
    RequestKind,
    RequestState,
    ReturnMethod,
)

__all__ = [
    "PHASE_OF",
    "Account",
    "AccountContact",
    "AccountType",
    "Action",
    "Asset",
    "AuditEvent",
    "Brand",
    "ChallengePurpose",
    "ChallengeState",
    "ChangeSignal",
    "Channel",
    "ContactRole",
    "Contract",
    "ContractKind",
    "ContractLine",
    "ContractPhase",
    "ContractStatus",
    "EntryKind",
    "HelpArticle",
    "IdempotencyKey",
    "Installation",
    "Invoice",
    "InvoiceLine",
    "Job",
    "JobSchedule",
    "LedgerEntry",
    "LoginIdentifier",
    "MasterRow",
    "MessageState",
    "Notification",
    "OtpChallenge",
    "OutboundMessage",
    "PasswordReset",
    "Person",
    "PortalAccess",
    "PortalSession",
    "PortalSettings",
    "PortalUser",
    "RecoveryCode",
    "RegistrationAttempt",
    "RentalRequest",
    "RentalRequestStep",
    "RequestKind",
    "RequestState",
    "ReturnMethod",
    "Row",
    "SecondFactor",
    "SessionStage",
    "StaffUser",
    "Store",
    "SyncRefusal",
    "SyncRun",
    "Table",
    "UserKind",
    "UserStatus",
]
