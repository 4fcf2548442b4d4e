"""Which customers get into the portal: readiness, publication, registration, suspension."""

from portal_app.services.access.commands.choice import (
    choose_account,
    choose_context,
    settle_account,
)
from portal_app.services.access.commands.confirmation import (
    confirm_registration,
    resend_registration_code,
)
from portal_app.services.access.commands.customers import (
    apply_fix,
    end_customer_sessions,
    remove_second_factor,
    unlock,
    update_account,
)
from portal_app.services.access.commands.evaluation import evaluate
from portal_app.services.access.commands.joining import admit
from portal_app.services.access.commands.publication import publish
from portal_app.services.access.commands.registration import start_registration
from portal_app.services.access.policy import require_customer
from portal_app.services.access.queries.customers import customer, customers
from portal_app.services.access.rules import Check, is_current, is_open_to
from portal_app.services.access.views import (
    Attempt,
    Customer,
    CustomerContact,
    CustomerList,
    CustomerRow,
    Publication,
    ReadinessCheck,
)

__all__ = [
    "Attempt",
    "Check",
    "Customer",
    "CustomerContact",
    "CustomerList",
    "CustomerRow",
    "Publication",
    "ReadinessCheck",
    "admit",
    "apply_fix",
    "choose_account",
    "choose_context",
    "confirm_registration",
    "customer",
    "customers",
    "end_customer_sessions",
    "evaluate",
    "is_current",
    "is_open_to",
    "publish",
    "remove_second_factor",
    "require_customer",
    "resend_registration_code",
    "settle_account",
    "start_registration",
    "unlock",
    "update_account",
]
