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
PAYERS = frozenset({"owner", "billing"})  # of a contract that nobody holds
STAFF = frozenset({"agent", "manager", "admin"})
MANAGERS = frozenset({"manager", "admin"})
ADMINS = frozenset({"admin"})
# Somebody who is signed in, and whose the account or the brand in question is not.
OTHER_CUSTOMERS = frozenset({"former", "stranger", "other_brand"})
OTHER_STAFF = frozenset({"other_staff"})  # an administrator of another brand
NOBODY = frozenset({"anonymous", "suspended"})
GUESTS = frozenset({"guest"})  # whom a link let into one application, and nowhere else
CUSTOMERS = CONTACTS | OTHER_CUSTOMERS
PARTIES = CUSTOMERS | GUESTS
SIGNED_IN = CUSTOMERS | STAFF | OTHER_STAFF
KNOWN = SIGNED_IN | GUESTS
EVERYBODY = SIGNED_IN | NOBODY | GUESTS


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
            "AccessCodeState: load", "AccessState: load", "ActivateCodeState: load",
            "ActivatePasswordState: load", "ActivateState: load",
            "CodeState: load", "HelpState: load look_for refresh", "LostState: load",
            "NewPasswordState: load",
            "PortalState: say", "RegisterCodeState: load", "RegisterState: load",
            "ResetState: load", "SetUpState: load", "ShellState: arrived load refresh",
            "SignInState: load",
        ),
        pages=(
            "/sign-in", "/sign-in/code", "/sign-in/set-up", "/register", "/register/code",
            "/reset", "/reset/[token]", "/help", "/activate/[token]", "/activate/code",
            "/activate/password", "/i/code", "/i/[token]",
        ),
        addresses=(
            "/auth/application", "/auth/application/ask-again", "/auth/application/code",
            "/auth/application/resend", "/branding.css", "/branding/logo",
            "/healthz", "/auth/sign-in",
            "/auth/second-factor", "/auth/resend",
            "/auth/set-up", "/auth/set-up/text", "/auth/register", "/auth/confirm-registration",
            "/auth/register/resend", "/auth/reset", "/auth/reset/confirm", "/auth/sign-out",
            "/auth/stay", "/auth/activate", "/auth/activate/ask-again", "/auth/activate/code",
            "/auth/activate/resend", "/auth/activate/password", "/sandbox-gateway/{page}",
            "/hooks/payments",
        ),
        services=(
            "applications.access_page", "applications.ask_for_access",
            "applications.confirm_access_code", "applications.has_applications",
            "applications.stands_for",
            "applications.my_applications", "applications.open_link",
            "applications.resend_access_code", "access.confirm_registration",
            "access.resend_registration_code",
            "access.start_registration", "branding.brand_css", "branding.brand_for_host",
            "branding.logo_file", "branding.texts_of",
            "branding.is_open_to", "branding.portal_state", "branding.settings_of",
            "branding.support_of", "help_pages.answers", "identity.confirm_second_factor",
            "identity.is_link_alive", "identity.leave_note", "identity.request_reset",
            "identity.resend_code", "identity.reset_password", "identity.sign_in",
            "identity.sign_out", "identity.stay", "identity.hash_new_password",
            "identity.shortest_first_password",
            "imports.may_import", "contracts.visible_accounts", "contracts.visible_to",
            "contracts.accounts_of", "notifications.unread_count", "audit.note_refusal",
            "payments.has_payments", "households.is_head", "households.tied",
            "households.context_about", "households.context_of", "households.contexts",
            "rentals.waiting", "licensing.require_module", "branding.features_on",
            "identity.require_stepped_up", "contracts.open_by_contracts",
            "invitations.ask_for_new_link", "invitations.confirm_activation",
            "invitations.finish_activation", "invitations.link_page",
            "invitations.resend_activation_code", "invitations.start_activation",
            "invitations.waiting",
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
        events=_states(
            "InboxState: load mark_all_read mark_read more refresh", "ChoicesState: load save",
        ),
        pages=("/notifications", "/notifications/choices"),
        services=(
            "notifications.choose_ways", "notifications.chosen_ways",
            "notifications.inbox", "notifications.mark_all_read", "notifications.mark_read",
        ),
    ),
    Rule(
        "One's own details: see them, ask for a change, prove an address, take it back",
        may=frozenset({"owner"}), sees=frozenset({"owner"}), kind=CUSTOMERS,
        events=_states(
            "EditDetailState: confirm load refresh save send_code", "ProfileState: withdraw",
        ),
        pages=("/profile/[detail]",),
        services=(
            "changes.ask", "changes.choices", "changes.code_sent_to", "changes.confirm_proof",
            "changes.my_details", "changes.send_proof", "changes.withdraw",
        ),
    ),
    Rule(
        "Household members: list them, ask to add one, end or change a membership (heads only)",
        may=frozenset({"owner"}), sees=frozenset({"owner"}), kind=CUSTOMERS,
        events=_states(
            "HouseholdState: add close end load open_member open_new refresh rename withdraw",
        ),
        pages=("/household",),
        services=(
            "households.ask_to_add", "households.ask_to_change", "households.ask_to_end",
            "households.headed_homes",
        ),
    ),
    Rule(
        "One's own households, who can see one's data, whom one may act for; let somebody act",
        may=frozenset({"owner"}), sees=frozenset({"owner"}), kind=CUSTOMERS,
        events=_states("GrantState: give load", "OpennessState: load refresh revoke stop"),
        pages=("/access", "/access/new"),
        services=("households.give_grant", "households.my_households", "households.openness"),
    ),
    Rule(
        "A grant: take it away, from either side of it or as staff",
        may=frozenset({"owner"}) | STAFF, sees=frozenset({"owner"}) | STAFF, kind=SIGNED_IN,
        services=("households.revoke_grant",),
    ),
    Rule(
        "One's own choices about marketing",
        may=frozenset({"owner"}), sees=frozenset({"owner"}), kind=CUSTOMERS,
        events=_states("PrivacyState: agree load refresh withdraw"),
        pages=("/privacy",),
    ),
    Rule(
        "The receipt of what somebody agreed to (oneself, or staff for them)",
        may=frozenset({"owner"}) | STAFF, sees=frozenset({"owner"}) | STAFF, kind=KNOWN,
        addresses=("/files/consents/{receipt}",),
    ),
    Rule(
        "What somebody agreed to: see it, choose, take a receipt (oneself, or staff for them)",
        may=frozenset({"owner"}) | STAFF, sees=frozenset({"owner"}) | STAFF, kind=SIGNED_IN,
        services=("consents.choose", "consents.preferences", "consents.receipt_document"),
    ),
    Rule(
        "A customer's marketing preferences, for staff; news to whoever agreed to it",
        may=STAFF, sees=STAFF, kind=STAFF | OTHER_STAFF,
        events=_states("MarketingState: load refresh send write_down"),
        services=("notifications.send_marketing",),
    ),
    Rule(
        "A customer's households and grants, for staff",
        may=STAFF, sees=STAFF, kind=STAFF | OTHER_STAFF,
        events=_states("AffairsState: load refresh revoke"),
        services=("households.affairs",),
    ),
    Rule(
        "Account, contract, statement, invoice, items out, request: read on the customer's pages",
        may=CONTACTS | STAFF, sees=CONTACTS | STAFF, kind=CUSTOMERS,
        events=_states(
            "AccountSummaryState: load refresh",
            "ContractListState: load load_quotes load_reservations look_for more refresh show sort",
            "ContractState: load refresh", "InvoiceListState: load look_for more refresh show",
            "InvoiceState: load refresh", "ItemsOutState: load look_for more refresh",
            "OffRentRequestState: load refresh", "OffRentState: load answer refresh",
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
            "contracts.account_choice", "contracts.contract_list", "contracts.profile",
            "rentals.items_out", "rentals.lines_out", "rentals.out_in_short",
            "rentals.request_detail", "rentals.requests_of",
        ),
    ),
    Rule(
        "Which of one's accounts one looks at",
        may=CONTACTS, sees=CONTACTS, kind=CUSTOMERS,
        events=_states("ChooseAccountState: act_for load refresh", "ShellState: act_for_myself"),
        pages=("/choose-account",),
        addresses=("/auth/account",),
        services=("access.choose_account", "access.settle_account"),
    ),
    Rule(
        "For whom one acts: a household that one heads, one of its members, who lets one in",
        may=frozenset({"owner"}), sees=frozenset({"owner"}), kind=CUSTOMERS,
        services=("access.choose_context",),
    ),
    Rule(
        "The same as a document to keep",
        may=CONTACTS | STAFF, sees=CONTACTS | STAFF, kind=SIGNED_IN,
        addresses=(
            "/files/contracts/{contract}", "/files/invoices/{invoice}",
            "/files/statements/{account}/{day}", "/files/receipts/{instalment}",
        ),
        services=(
            "billing.invoice_document", "billing.statement_document",
            "contracts.contract_document", "documents.hand_out", "payments.receipt_document",
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
        "Off-rent: send a photo of it",
        may=REQUESTERS, sees=CONTACTS | STAFF, kind=KNOWN,
        addresses=("/uploads",),
        services=("uploads.begin",),
    ),
    Rule(
        "A file that one is sending oneself",
        may=frozenset({"owner"}), sees=frozenset({"owner"}), kind=KNOWN,
        addresses=(
            "/uploads/landing", "/uploads/landing/{token}", "/uploads/{document}/arrived",
            "/uploads/{document}/cancel", "/uploads/{document}/parts",
        ),
        services=(
            "uploads.cancel", "uploads.confirm", "uploads.part_addresses", "uploads.take_off",
        ),
    ),
    Rule(
        "A file that was kept, to read",
        may=CONTACTS | STAFF, sees=CONTACTS | STAFF, kind=KNOWN,
        addresses=("/files/documents/{document}",),
        services=("uploads.download", "uploads.module_of"),
    ),
    Rule(
        "A case that is about oneself: read it",
        may=frozenset({"owner"}) | STAFF, sees=frozenset({"owner"}) | STAFF, kind=CUSTOMERS,
        events=_states("CaseState: comment close follow_up hear_reply load refresh show_earlier"),
        pages=("/cases/[number]",),
        services=("cases.case_thread",),
    ),
    Rule(
        "A case: write in it, close it, open one for somebody, follow one up",
        may=frozenset({"owner"}) | STAFF, sees=frozenset({"owner"}) | STAFF, kind=SIGNED_IN,
        services=(
            "cases.add_comment", "cases.close_case", "cases.follow_up", "cases.open_case",
        ),
    ),
    Rule(
        "A case: accept or reject a solution, say how it went (never staff)",
        may=frozenset({"owner"}), sees=frozenset({"owner"}) | STAFF, kind=CUSTOMERS,
        events=_states("CaseState: accept rate reject"),
        services=("cases.accept_solution", "cases.rate", "cases.reject_solution"),
    ),
    Rule(
        "A household: choose who sees its cases (its head, or staff)",
        may=frozenset({"owner"}) | STAFF, sees=frozenset({"owner"}) | STAFF, kind=SIGNED_IN,
        services=("cases.choose_reader",),
    ),
    Rule(
        "One's own cases, and for whom one may open one",
        may=CUSTOMERS, sees=CUSTOMERS, kind=CUSTOMERS,
        events=_states(
            "CasesState: load look_for more pick refresh show",
            "CaseReadersState: choose load refresh",
            "NewCaseState: load pick_consumer pick_household refresh send take_off",
        ),
        pages=("/cases", "/cases/new", "/cases/who-sees"),
        services=("cases.case_form", "cases.case_readers", "cases.cases_corner", "cases.cases_of"),
    ),
    Rule(
        "An application: its forms, what stands in them, writing into them",
        may=frozenset({"owner"}) | GUESTS | STAFF, sees=frozenset({"owner"}) | GUESTS | STAFF,
        kind=PARTIES,
        events=_states(
            "ApplicationState: load refresh", "ApplicationsMineState: load more refresh",
            "FillingState: add_row keep_mine load refresh remove_row save take_theirs",
        ),
        pages=(
            "/applications", "/applications/[number]", "/applications/[number]/[form]/[party]",
        ),
        services=(
            "applications.add_row", "applications.filling", "applications.remove_row",
            "applications.save_answer", "applications.tasks",
        ),
    ),
    Rule(
        "A proposal: read it, choose about marketing and documents there (never staff)",
        may=frozenset({"owner"}) | GUESTS, sees=frozenset({"owner"}) | GUESTS, kind=PARTIES,
        events=_states(
            "ProposalState: agree all_sent choose close load open refresh send show_earlier",
            "ProposalState: withdraw",
        ),
        services=("proposals.proposal",),
    ),
    Rule(
        "A proposal: write about it",
        may=frozenset({"owner"}) | GUESTS | STAFF, sees=frozenset({"owner"}) | GUESTS | STAFF,
        kind=PARTIES,
        services=("proposals.send_message",),
    ),
    Rule(
        "The documents and the communication log of an application, for staff",
        may=STAFF, sees=STAFF, kind=STAFF | OTHER_STAFF,
        events=_states(
            "ApplicationLogState: load refresh send show_earlier",
            "ApplicationPapersState: accept ask_for choose hide load refresh show turn_down",
            "ApplicationPapersState: withdraw",
        ),
        services=(
            "proposals.application_files", "proposals.ask_for", "proposals.communication_log",
            "proposals.decide", "proposals.withdraw_ask", "uploads.bundle",
        ),
    ),
    Rule(
        "All documents of an application in one archive",
        may=STAFF, sees=STAFF, kind=SIGNED_IN,
        addresses=("/files/applications/{number}",),
    ),
    Rule(
        "Whether customers see a file that was kept",
        may=STAFF, sees=CONTACTS | STAFF, kind=STAFF | OTHER_STAFF,
        services=("uploads.show",),
    ),
    Rule(
        "An application: hand it in (never staff)",
        may=frozenset({"owner"}) | GUESTS, sees=frozenset({"owner"}) | GUESTS | STAFF,
        kind=PARTIES,
        events=_states("ApplicationState: submit"),
        services=("applications.submit",),
    ),
    Rule(
        "Applications: who comes in, what they are sent, what they fill in, who sees what",
        may=STAFF, sees=STAFF, kind=STAFF | OTHER_STAFF,
        events=_states(
            "ApplicationAnswersState: load look_into refresh",
            "ApplicationDeskState: change_letter close_letter copy_link forget_link load",
            "ApplicationDeskState: pick_section pick_tab preview refresh reopen send set_access",
            "ApplicationDeskState: set_aside set_sharing share use_template write",
            "ApplicationHistoryState: load more refresh",
            "ApplicationsState: clear load look_for more pick_kind pick_view refresh",
        ),
        pages=("/staff/applications", "/staff/applications/[number]"),
        services=(
            "applications.answers", "applications.application_desk",
            "applications.application_history", "applications.applications",
            "applications.copy_access_link", "applications.edits",
            "applications.invitation_preview", "applications.invitation_words",
            "applications.reopen", "applications.send_invitations", "applications.set_access",
            "applications.set_sharing", "applications.set_wish_aside", "applications.share_form",
            "applications.waiting", "applications.wishes",
        ),
    ),
    Rule(
        "Forms: build them, put a version into use",
        may=MANAGERS, sees=STAFF, kind=MANAGERS | OTHER_STAFF,
        events=_states(
            "FormTemplatesState: close edit load move pick publish put refresh remove retire save",
            "FormTemplatesState: start",
        ),
        pages=("/staff/settings/form-templates",),
        services=(
            "forms.change_form", "forms.edit_form", "forms.form_rows", "forms.form_sheet",
            "forms.move_field", "forms.prepare_forms", "forms.publish_form", "forms.put_field",
            "forms.remove_field", "forms.retire_form", "forms.start_form",
        ),
    ),
    Rule(
        "Case: give it to somebody, note, ask, propose, merge",
        may=STAFF, sees=frozenset({"owner"}) | STAFF, kind=STAFF | OTHER_STAFF,
        events=_states(
            "CaseQueueState: ask assign begin_reply end merge note prioritise propose reply take",
            "CaseQueueState: take_up",
        ),
        services=(
            "cases.add_note", "cases.assign", "cases.begin_reply", "cases.merge",
            "cases.propose_solution", "cases.request_info", "cases.set_priority", "cases.take_up",
        ),
    ),
    Rule(
        "The queue of cases, colleagues, templates to use",
        may=STAFF, sees=STAFF, kind=STAFF | OTHER_STAFF,
        events=_states(
            "CaseQueueState: clear close load look_for more pick_kind pick_view refresh",
            "CaseQueueState: show_earlier use_template",
            "OnBehalfState: load refresh send take_off",
        ),
        pages=("/staff/cases", "/staff/cases/new"),
        services=(
            "cases.case_form_about", "cases.colleagues", "cases.queue", "cases.queue_item",
            "cases.templates", "cases.waiting",
        ),
    ),
    Rule(
        "Templates of replies: write them, take them away",
        may=MANAGERS, sees=STAFF, kind=MANAGERS | OTHER_STAFF,
        events=_states("CaseSettingsState: close delete edit load refresh save write"),
        pages=("/staff/settings/cases",),
        services=("cases.delete_template", "cases.save_template"),
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
        "Change requests: the queue, now and asked for, approve, reject; a person's details",
        may=STAFF, sees=STAFF, kind=STAFF | OTHER_STAFF,
        events=_states(
            "ChangeQueueState: approve clear close load look_for more pick_kind pick_view refresh",
            "ChangeQueueState: reject retry", "PersonState: correct load refresh",
        ),
        pages=("/staff/requests", "/staff/people/[person]"),
        services=(
            "changes.approve", "changes.correct", "changes.person_details", "changes.queue",
            "changes.queue_item", "changes.reject", "changes.retry", "changes.waiting",
        ),
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
        "The people of a customer: invite them, hand them a link, take it back",
        may=STAFF, sees=STAFF, kind=STAFF | OTHER_STAFF,
        events=_states(
            "InvitationsState: load look_at more refresh",
            "PeopleState: close copy_link load look_for open refresh request_verification revoke",
            "PeopleState: set_aside verify_and_invite",
        ),
        pages=("/staff/invitations",),
        services=(
            "invitations.copy_link", "invitations.invitations", "invitations.inviting",
            "invitations.people", "invitations.request_verification", "invitations.revoke",
            "invitations.set_renewal_aside", "invitations.verify_and_invite",
        ),
    ),
    Rule(
        "Payments of a contract: the schedule, what happens next, the methods one may see",
        may=CONTACTS | STAFF, sees=CONTACTS | STAFF, kind=CUSTOMERS,
        events=_states(
            "PaymentMethodState: load refresh", "PaymentMethodsState: load refresh",
            "PaymentsState: load refresh",
        ),
        pages=("/contracts/[number]/payment-method", "/payment-methods", "/payments"),
        services=(
            "payments.contract_payments", "payments.methods_of", "payments.payments_overview",
            "payments.what_next",
        ),
    ),
    Rule(
        "Payments of a contract: see to its methods, pay now, ask for its end (where switched on)",
        may=PAYERS | STAFF, sees=CONTACTS | STAFF, kind=SIGNED_IN,
        services=(
            "payments.ask_to_cancel", "payments.begin_setup", "payments.choose_method",
            "payments.copy_method", "payments.pay_now", "payments.remove_method",
        ),
    ),
    Rule(
        "The same on the customer's pages",
        may=PAYERS, sees=CONTACTS, kind=CUSTOMERS,
        events=_states(
            "ContractPaymentsState: ask_to_cancel move pay_now",
            "PaymentMethodState: add choose copy remove",
        ),
    ),
    Rule(
        "One's own way to the gateway's page",
        may=frozenset({"owner"}), sees=frozenset({"owner"}), kind=SIGNED_IN,
        services=("payments.finish_setup", "payments.setup"),
    ),
    Rule(
        "Payment: move it, waive it or its fee, put it back, write it off, release holds",
        may=STAFF, sees=CONTACTS | STAFF, kind=STAFF | OTHER_STAFF,
        events=_states(
            "ContractDeskState: reinstate release reschedule take_now waive waive_fee write_off",
        ),
        services=(
            "payments.reinstate", "payments.release_holds", "payments.reschedule",
            "payments.waive_fee", "payments.waive_instalment", "payments.write_off",
        ),
    ),
    Rule(
        "The desk of payments: what is owed, runs, requests to cancel and the decision",
        may=STAFF, sees=STAFF, kind=STAFF | OTHER_STAFF,
        events=_states(
            "ArrearsState: clear load look_for more pick_kind pick_view refresh",
            "CancellationQueueState: approve clear close decline load look_for more pick_kind",
            "CancellationQueueState: pick_view refresh", "CustomerPaymentsState: load refresh",
            "ContractDeskState: add_method ask_to_cancel choose_method close copy_method",
            "ContractDeskState: load refresh remove_method", "NextRunState: load more refresh",
            "RunLogState: load more refresh",
        ),
        pages=(
            "/staff/payments", "/staff/payments/runs", "/staff/payments/next-run",
            "/staff/contracts/[contract]/payments", "/staff/cancellations",
        ),
        services=(
            "payments.approve_cancellation", "payments.arrears", "payments.cancellation",
            "payments.cancellations", "payments.decline_cancellation",
            "payments.customer_payments", "payments.failures", "payments.payment_policy",
            "payments.payment_runs", "payments.simulate_run", "payments.waiting",
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
            "CustomerState: publish", "ImportReportState: import_now load refresh",
            "ImportsState: load more publish refresh",
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
        "Emails and texts: word them, look at them, try them, publish",
        may=MANAGERS, sees=STAFF, kind=MANAGERS | OTHER_STAFF,
        events=_states(
            "TemplateState: bring_back load publish refresh save show_for try_out typed withdraw",
            "TemplatesState: load refresh",
        ),
        pages=("/staff/settings/email-templates", "/staff/settings/email-templates/[kind]"),
        services=(
            "notifications.preview", "notifications.send_trial", "templates.bring_back",
            "templates.kinds", "templates.opened", "templates.publish", "templates.save_draft",
            "templates.trial", "templates.withdraw",
        ),
    ),
    Rule(
        "Choose among the words of a message when sending it",
        may=STAFF, sees=STAFF, kind=STAFF | OTHER_STAFF,
        services=("templates.choices",),
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
        "A licence that has run out and lives on its days of grace",
        may=MANAGERS, sees=STAFF, kind=MANAGERS | OTHER_STAFF,
        services=("licensing.running_out",),
    ),
    Rule(
        "Licence, theme, settings, staff users, audit",
        may=ADMINS, sees=STAFF, kind=ADMINS | OTHER_STAFF,
        events=_states(
            "AuditState: load more pick verify", "LicencePageState: load",
            "PortalSettingsState: load pick_group save",
            "ThemeState: apply load publish_draft roll_back take_offer typed",
            "LogoState: load publish_draft roll_back",
            "PortalTextsState: apply load publish_draft roll_back",
            "PortalFieldsState: apply load publish_draft roll_back",
            "ConnectionsState: add_endpoint create_token load more pick refresh remove_endpoint",
            "ConnectionsState: retry revoke_token switch_off switch_on",
            "FeaturesState: load refresh switch_off switch_on",
            "PaymentPolicyState: load refresh save start_over",
            "CaseSettingsState: save_policy",
            "ReviewRulesState: close edit load refresh save",
        ),
        pages=(
            "/staff/settings/portal", "/staff/settings/licence", "/staff/settings/audit",
            "/staff/settings/features", "/staff/settings/reviews", "/staff/settings/webhooks",
            "/staff/settings/payments",
        ),
        addresses=("/staff/branding/logo",),
        services=(
            "payments.set_policy", "branding.design", "branding.publish_draft",
            "branding.roll_back", "branding.save_revision", "branding.set_logo",
            "branding.trial_sheet",
            "branding.feature_switches", "branding.switch_feature", "changes.rules",
            "changes.set_rule", "events.add_endpoint", "events.connections",
            "events.create_token", "events.remove_endpoint", "events.retry_deliveries",
            "events.revoke_token", "events.switch_endpoint",
            "cases.case_policy", "cases.set_policy",
            "audit.history", "audit.verify", "branding.update_settings", "identity.change_staff",
            "identity.create_staff", "licensing.licence",
        ),
    ),
    Rule(
        "What only the portal does itself: jobs, and the operator's commands",
        may=frozenset(), sees=frozenset(), kind=frozenset(),
        services=(
            "branding.brands", "branding.found_brand", "cases.close_unanswered",
            "demo.give_sign_in", "demo.stand_in",
            "identity.give_authenticator", "jobs.forget_old", "events.deliver",
            "events.event_feed", "events.forget_events", "events.give_up", "events.spread",
            "invitations.expire_invitations", "invitations.greet_holders",
            "payments.collect", "payments.follow_feed", "payments.forget_method",
            "payments.leave_looks",
            "payments.leave_setup_looks", "payments.settle_one", "payments.settle_open",
            "payments.start_runs", "payments.take_notice", "payments.warn_of_expiry",
            "uploads.check", "uploads.empty_landing", "uploads.reconcile",
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
    KNOWN: Access.KNOWN,
    CUSTOMERS: Access.CONSUMER,
    PARTIES: Access.PARTY,
    STAFF | OTHER_STAFF: Access.STAFF,
    MANAGERS | OTHER_STAFF: Access.MANAGER,
    ADMINS | OTHER_STAFF: Access.ADMIN,
}
OPERATIONS = {event: MARKS[rule.kind] for rule in RULES for event in rule.events}
