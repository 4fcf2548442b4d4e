"""The tables. Importing this package loads the whole schema."""

from portal_app.models.access import RegistrationAttempt
from portal_app.models.applications import (
    INVITABLE,
    Application,
    ApplicationParty,
    PartyRole,
    SharingMode,
)
from portal_app.models.audit import Action, AuditEvent
from portal_app.models.base import MasterRow, Row, Table, VersionState
from portal_app.models.billing import EntryKind, Invoice, InvoiceLine, LedgerEntry
from portal_app.models.branding import Brand, Feature, HelpArticle, PortalSettings
from portal_app.models.cancellations import (
    CancellationOrigin,
    CancellationRequest,
    CancellationState,
)
from portal_app.models.cases import (
    Case,
    CaseMoment,
    CaseNote,
    CasePolicy,
    CasePriority,
    CaseReader,
    CaseState,
    CaseTemplate,
    CaseTopic,
    CaseVisibility,
    Resolution,
)
from portal_app.models.changes import (
    ChangeMoment,
    ChangeOrigin,
    ChangePolicy,
    ChangeRequest,
    ChangeRule,
    ChangeState,
    ChangeStep,
)
from portal_app.models.consents import (
    ConsentChannel,
    ConsentEvent,
    ConsentPurpose,
    ConsentSource,
)
from portal_app.models.contracts import (
    PHASE_OF,
    PUBLISHED,
    SERVICE_KINDS,
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
from portal_app.models.documents import (
    AskedState,
    Document,
    DocumentRequest,
    UploadSession,
    UploadState,
)
from portal_app.models.events import (
    ApiToken,
    DeliveryState,
    OutgoingEvent,
    WebhookDelivery,
    WebhookEndpoint,
)
from portal_app.models.forms import (
    FormAnswer,
    FormAnswerHistory,
    FormKind,
    FormShare,
    FormState,
    FormTemplate,
    ShareState,
)
from portal_app.models.households import (
    Area,
    Grant,
    Household,
    HouseholdMembership,
    MemberRole,
    Reach,
    Responsibility,
    areas_of_a_representative,
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
    birth_place,
)
from portal_app.models.imports import SyncRefusal, SyncRun
from portal_app.models.invitations import (
    ContractGreeting,
    GreetingKind,
    Invitation,
    InvitationMethod,
    InvitationPurpose,
    InvitationState,
)
from portal_app.models.jobs import Job, JobSchedule
from portal_app.models.licensing import Installation
from portal_app.models.live import ChangeSignal
from portal_app.models.looks import BrandLogo, BrandPart, BrandRevision
from portal_app.models.messages import Message
from portal_app.models.notifications import (
    Channel,
    MessageClass,
    MessageState,
    Notification,
    NotificationChoice,
    OutboundMessage,
)
from portal_app.models.payments import (
    AttemptKind,
    AttemptState,
    FailureReason,
    Instalment,
    InstalmentState,
    MethodKind,
    PaymentAttempt,
    PaymentMethod,
    PaymentNotice,
    PaymentPolicy,
    PaymentRun,
    PaymentSetup,
    SetupState,
)
from portal_app.models.rentals import (
    RentalRequest,
    RentalRequestStep,
    RequestKind,
    RequestState,
    ReturnMethod,
)
from portal_app.models.templates import MessageTemplate, TemplateVersion

__all__ = [
    "INVITABLE", "PHASE_OF", "PUBLISHED", "SERVICE_KINDS", "Account", "AccountContact",
    "AccountType", "Action", "ApiToken", "Application", "ApplicationParty", "Area", "AskedState",
    "Asset", "AttemptKind", "AttemptState", "AuditEvent", "Brand", "BrandLogo", "BrandPart",
    "BrandRevision", "CancellationOrigin", "CancellationRequest", "CancellationState", "Case",
    "CaseMoment", "CaseNote", "CasePolicy", "CasePriority", "CaseReader", "CaseState",
    "CaseTemplate", "CaseTopic", "CaseVisibility", "ChallengePurpose", "ChallengeState",
    "ChangeMoment", "ChangeOrigin", "ChangePolicy", "ChangeRequest", "ChangeRule", "ChangeSignal",
    "ChangeState", "ChangeStep", "Channel", "ConsentChannel", "ConsentEvent", "ConsentPurpose",
    "ConsentSource", "ContactRole", "Contract", "ContractGreeting", "ContractKind", "ContractLine",
    "ContractPhase", "ContractStatus", "DeliveryState", "Document", "DocumentRequest", "EntryKind",
    "FailureReason", "Feature", "FormAnswer", "FormAnswerHistory", "FormKind", "FormShare",
    "FormState", "FormTemplate", "Grant", "GreetingKind", "HelpArticle", "Household",
    "HouseholdMembership", "IdempotencyKey", "Installation", "Instalment", "InstalmentState",
    "Invitation", "InvitationMethod", "InvitationPurpose", "InvitationState", "Invoice",
    "InvoiceLine", "Job", "JobSchedule", "LedgerEntry", "LoginIdentifier", "MasterRow",
    "MemberRole", "Message", "MessageClass", "MessageState", "MessageTemplate", "MethodKind",
    "Notification", "NotificationChoice", "OtpChallenge", "OutboundMessage", "OutgoingEvent",
    "PartyRole", "PasswordReset", "PaymentAttempt", "PaymentMethod", "PaymentNotice",
    "PaymentPolicy", "PaymentRun", "PaymentSetup", "Person", "PortalAccess", "PortalSession",
    "PortalSettings", "PortalUser", "Reach", "RecoveryCode", "RegistrationAttempt", "RentalRequest",
    "RentalRequestStep", "RequestKind", "RequestState", "Resolution", "Responsibility",
    "ReturnMethod", "Row", "SecondFactor", "SessionStage", "SetupState", "ShareState",
    "SharingMode", "StaffUser", "Store", "SyncRefusal", "SyncRun", "Table", "TemplateVersion",
    "UploadSession", "UploadState", "UserKind", "UserStatus", "VersionState", "WebhookDelivery",
    "WebhookEndpoint", "areas_of_a_representative", "birth_place",
]  # fmt: skip
