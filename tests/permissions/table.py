"""Who may do what, row by row as the specification says it, and how the portal offers each row.

The rows were written from the specification's tables of objects and roles, not from the marks in
the code: whether the code agrees is what the matrix finds out. Whatever the portal offers stands
in exactly one row; an event, a page, an address or a service that is missing fails the suite.
"""

from dataclasses import dataclass

from portal_app.core.actor import Access

# Contacts of the account in question, for as long as they are contacts of it.
CONTACTS = frozenset({"owner", "authorised", "billing"})
REQUESTERS = frozenset({"owner", "authorised"})
STAFF = frozenset({"agent", "manager", "admin"})
MANAGERS = frozenset({"manager", "admin"})
ADMINS = frozenset({"admin"})
# Somebody who is signed in, and whose the account or the brand in question is not.
OTHER_CUSTOMERS = frozenset({"former", "stranger", "other_brand"})
OTHER_STAFF = frozenset({"other_staff"})  # an administrator of another brand
NOBODY = frozenset({"anonymous", "suspended"})
CUSTOMERS = CONTACTS | OTHER_CUSTOMERS
SIGNED_IN = CUSTOMERS | STAFF | OTHER_STAFF
EVERYBODY = SIGNED_IN | NOBODY


@dataclass(frozen=True)
class Rule:
    """One row: who may do it to a thing, and who may know that the thing is there.

    `kind` is who may try at all, on a thing of their own: what a mark on the code can say.
    """

    about: str
    may: frozenset[str]
    sees: frozenset[str]
    kind: frozenset[str]
    events: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    services: tuple[str, ...] = ()

    def outcome(self, caller: str) -> str:
        """Say what happens when this caller asks for it."""
        if caller in self.may:
            return "allowed"
        return "refused" if caller in self.sees else "hidden"

    def expects(self, caller: str, found: str) -> bool:
        """Say whether that is right; what is only the portal's may be refused or hidden."""
        return found != "allowed" if not self.may else found == self.outcome(caller)


def _states(*names: str) -> tuple[str, ...]:
    """Return `State.handler` for each "State: handler handler"."""
    return tuple(
        f"{state}.{handler}"
        for line in names
        for state, _, handlers in [line.partition(": ")]
        for handler in handlers.split()
    )


RULES = (
    Rule(
        "The door: signing in, registering, a new password, help, what brand this is",
        may=EVERYBODY, sees=EVERYBODY, kind=EVERYBODY,
        events=_states(
            "CodeState: load", "HelpState: load look_for refresh", "NewPasswordState: load",
            "PortalState: say", "RegisterCodeState: load", "RegisterState: load",
            "ResetState: load", "SetUpState: load", "ShellState: load refresh",
            "SignInState: load",
        ),
        pages=(
            "/sign-in", "/sign-in/code", "/sign-in/set-up", "/register", "/register/code",
            "/reset", "/reset/[token]", "/help",
        ),
        addresses=(
            "/branding.css", "/healthz", "/auth/sign-in", "/auth/second-factor", "/auth/resend",
            "/auth/set-up", "/auth/set-up/text", "/auth/register", "/auth/confirm-registration",
            "/auth/register/resend", "/auth/reset", "/auth/reset/confirm", "/auth/sign-out",
            "/auth/stay",
        ),
        services=(
            "access.confirm_registration", "access.resend_registration_code",
            "access.start_registration", "branding.brand_css", "branding.brand_for_host",
            "branding.is_open_to", "branding.portal_state", "branding.settings_of",
            "branding.support_of", "help_pages.answers", "identity.confirm_second_factor",
            "identity.is_link_alive", "identity.leave_note", "identity.request_reset",
            "identity.resend_code", "identity.reset_password", "identity.sign_in",
            "identity.sign_out", "identity.stay", "identity.hash_new_password",
            "imports.may_import", "contracts.visible_accounts", "contracts.visible_to",
            "contracts.accounts_of", "notifications.unread_count", "audit.note_refusal",
            "rentals.waiting", "licensing.require_module",
        ),
    ),
    Rule(
        "One's own sign-in: password, second step, recovery codes, devices, announcement",
        may=frozenset({"owner"}), sees=frozenset({"owner"}), kind=SIGNED_IN,
        events=_states(
            "SecurityState: end_device load make_codes refresh start_app",
            "ShellState: dismiss_announcement",
        ),
        pages=("/security",),
        addresses=(
            "/auth/step-up", "/auth/password", "/auth/factor/text", "/auth/factor/confirm",
            "/auth/factor/off", "/auth/sign-out-elsewhere", "/auth/sign-out-everywhere",
        ),
        services=(
            "branding.dismiss_announcement", "identity.change_password",
            "identity.confirm_enrolment", "identity.disable_second_factor", "identity.end_device",
            "identity.end_other_sessions", "identity.make_recovery_codes", "identity.security",
            "identity.sign_out_everywhere", "identity.start_app_enrolment",
            "identity.start_text_enrolment", "identity.step_up",
        ),
    ),
    Rule(
        "What one was told",
        may=frozenset({"owner"}), sees=frozenset({"owner"}), kind=CUSTOMERS,
        events=_states("InboxState: load mark_all_read mark_read more refresh"),
        pages=("/notifications",),
        services=(
            "notifications.inbox", "notifications.mark_all_read", "notifications.mark_read",
        ),
    ),
    Rule(
        "Account, contract, statement, invoice, items out, request: read on the customer's pages",
        may=CONTACTS | STAFF, sees=CONTACTS | STAFF, kind=CUSTOMERS,
        events=_states(
            "AccountSummaryState: load refresh",
            "ContractListState: load load_quotes load_reservations look_for more refresh show sort",
            "ContractState: load refresh", "InvoiceListState: load look_for more refresh show",
            "InvoiceState: load refresh", "ItemsOutState: load look_for more refresh",
            "OffRentRequestState: load refresh", "OffRentState: load answer",
            "ProfileState: load refresh", "RequestsState: load more refresh",
            "StatementDayState: choose", "StatementListState: load more refresh",
            "StatementMailState: send", "StatementState: load refresh",
        ),
        pages=(
            "/", "/contracts", "/contracts/[number]", "/quotes", "/reservations", "/invoices",
            "/invoices/[number]", "/statements", "/statements/[date]", "/profile",
            "/items-out", "/requests", "/requests/[number]",
        ),
        services=(
            "billing.account_summary",
            "billing.invoice_by_id", "billing.invoice_detail", "billing.invoice_list",
            "billing.mail_statement", "billing.statement", "billing.statement_day",
            "billing.statement_list", "contracts.contract_by_id", "contracts.contract_detail",
            "contracts.contract_list", "contracts.profile", "rentals.items_out",
            "rentals.lines_out", "rentals.request_detail", "rentals.requests_of",
        ),
    ),
    Rule(
        "Which of one's accounts one looks at",
        may=CONTACTS, sees=CONTACTS, kind=CUSTOMERS,
        events=_states("ChooseAccountState: load"),
        pages=("/choose-account",),
        addresses=("/auth/account",),
        services=("access.choose_account", "access.settle_account"),
    ),
    Rule(
        "The same as a document to keep",
        may=CONTACTS | STAFF, sees=CONTACTS | STAFF, kind=SIGNED_IN,
        addresses=(
            "/files/contracts/{contract}", "/files/invoices/{invoice}",
            "/files/statements/{account}/{day}",
        ),
        services=(
            "billing.invoice_document", "billing.statement_document",
            "contracts.contract_document", "documents.hand_out",
        ),
    ),
    Rule(
        "Off-rent: ask for it, take it back (never the billing contact, never staff)",
        may=REQUESTERS, sees=CONTACTS | STAFF, kind=CUSTOMERS,
        events=_states("OffRentState: send", "OffRentRequestState: cancel"),
        pages=("/items-out/[line_id]/off-rent",),
        services=(
            "rentals.call_off_rent", "rentals.cancel_request", "rentals.request_form",
            "rentals.review",
        ),
    ),
    Rule(
        "Rental request: acknowledge, schedule, decline, take in",
        may=STAFF, sees=CONTACTS | STAFF, kind=STAFF | OTHER_STAFF,
        events=_states(
            "RentalQueueState: acknowledge cancel check_in decline receive reschedule schedule"
        ),
        services=(
            "rentals.acknowledge", "rentals.check_in", "rentals.decline", "rentals.receive_return",
            "rentals.reschedule", "rentals.schedule",
        ),
    ),
    Rule(
        "The store's queue of requests, and what waits for staff",
        may=STAFF, sees=STAFF, kind=STAFF | OTHER_STAFF,
        events=_states(
            "RentalQueueState: clear close load look_for more pick_kind pick_view refresh",
            "WorkQueueState: load refresh",
        ),
        pages=("/staff", "/staff/rental-requests"),
        services=("rentals.queue", "rentals.queue_item"),
    ),
    Rule(
        "Customer: readiness and its fixes, phone, email, switch, unlock",
        may=STAFF, sees=STAFF, kind=STAFF | OTHER_STAFF,
        events=_states(
            "CustomerState: fix load refresh save unlock", "CustomersState: load look_at look_for "
            "more",
        ),
        pages=("/staff/customers", "/staff/customers/[number]"),
        services=(
            "access.apply_fix", "access.customer", "access.customers", "access.unlock",
            "access.update_account",
        ),
    ),
    Rule(
        "The components in every state",
        may=STAFF | OTHER_STAFF, sees=STAFF | OTHER_STAFF, kind=STAFF | OTHER_STAFF,
        pages=("/staff/gallery",),
    ),
    Rule(
        "End a customer's sessions, take off a lost second step",
        may=MANAGERS, sees=STAFF, kind=MANAGERS | OTHER_STAFF,
        events=_states("CustomerState: end_sessions remove_second_step"),
        services=("access.end_customer_sessions", "access.remove_second_factor"),
    ),
    Rule(
        "Import, publish, outbox, jobs, reports",
        may=MANAGERS, sees=STAFF, kind=MANAGERS | OTHER_STAFF,
        events=_states(
            "ImportReportState: import_now load refresh", "ImportsState: load more publish refresh",
            "JobsState: cancel load more pause pick refresh resume retry",
            "OutboxState: close load look_for more pick refresh", "ReportsState: load",
        ),
        pages=(
            "/staff/imports", "/staff/imports/[run]", "/staff/outbox", "/staff/jobs",
            "/staff/reports",
        ),
        addresses=("/staff/imports/upload", "/files/imports/{run}/refusals.csv"),
        services=(
            "access.publish", "imports.give_up_upload", "imports.import_checked",
            "imports.import_folder", "imports.import_upload", "imports.receive_feed",
            "imports.refusals_csv", "imports.run_report", "imports.runs", "imports.waiting",
            "jobs.board", "jobs.cancel", "jobs.nightly_times", "jobs.retry", "jobs.set_paused",
            "notifications.give_up", "notifications.message", "notifications.outbox",
            "notifications.send", "reports.self_service",
        ),
    ),
    Rule(
        "Help pages: write, order, publish",
        may=MANAGERS, sees=STAFF, kind=MANAGERS | OTHER_STAFF,
        events=_states("HelpEditorState: close delete edit load move refresh save write"),
        pages=("/staff/settings/help",),
        services=(
            "help_pages.articles", "help_pages.delete_article", "help_pages.move_article",
            "help_pages.save_article",
        ),
    ),
    Rule(
        "Licence, theme, settings, staff users, audit",
        may=ADMINS, sees=STAFF, kind=ADMINS | OTHER_STAFF,
        events=_states(
            "AuditState: load more pick verify", "LicencePageState: load",
            "PortalSettingsState: load save",
        ),
        pages=("/staff/settings/portal", "/staff/settings/licence", "/staff/settings/audit"),
        services=(
            "audit.history", "audit.verify", "branding.update_settings", "identity.change_staff",
            "identity.create_staff", "licensing.licence",
        ),
    ),
    Rule(
        "What only the portal does itself: jobs, and the operator's commands",
        may=frozenset(), sees=frozenset(), kind=frozenset(),
        services=(
            "branding.brands", "branding.found_brand", "demo.give_sign_in",
            "identity.give_authenticator", "jobs.forget_old",
        ),
    ),
)  # fmt: skip
RULE_OF = {
    name: rule
    for rule in RULES
    for name in (*rule.events, *rule.pages, *rule.addresses, *rule.services)
}
MARKS = {
    EVERYBODY: Access.PUBLIC,
    SIGNED_IN: Access.SIGNED_IN,
    CUSTOMERS: Access.CONSUMER,
    STAFF | OTHER_STAFF: Access.STAFF,
    MANAGERS | OTHER_STAFF: Access.MANAGER,
    ADMINS | OTHER_STAFF: Access.ADMIN,
}
OPERATIONS = {event: MARKS[rule.kind] for rule in RULES for event in rule.events}
