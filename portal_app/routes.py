"""Every page in the portal: its address, who may open it, and what fills it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from portal_app.core.actor import Access
from portal_app.pages.billing.account_summary import account_summary_page
from portal_app.pages.billing.invoice import invoice_page
from portal_app.pages.billing.invoices import invoices_page
from portal_app.pages.billing.statement import statement_page
from portal_app.pages.billing.statements import statements_page
from portal_app.pages.contracts.contract import contract_page
from portal_app.pages.contracts.lists import contracts_page, quotes_page, reservations_page
from portal_app.pages.contracts.profile import profile_page
from portal_app.pages.help_pages.help import help_page
from portal_app.pages.identity.choose_account import choose_account_page
from portal_app.pages.identity.code import code_page
from portal_app.pages.identity.register import register_code_page, register_page
from portal_app.pages.identity.reset import new_password_page, reset_page
from portal_app.pages.identity.security import security_page
from portal_app.pages.identity.set_up import set_up_page
from portal_app.pages.identity.sign_in import sign_in_page
from portal_app.pages.notifications.inbox import inbox_page
from portal_app.pages.rentals.items_out import items_out_page
from portal_app.pages.rentals.off_rent import off_rent_page
from portal_app.pages.rentals.request import request_page
from portal_app.pages.rentals.requests import requests_page
from portal_app.pages.staff.audit import audit_page
from portal_app.pages.staff.customer import customer_page
from portal_app.pages.staff.customers import customers_page
from portal_app.pages.staff.gallery import gallery_page
from portal_app.pages.staff.help_editor import help_editor_page
from portal_app.pages.staff.import_report import import_report_page
from portal_app.pages.staff.imports import imports_page
from portal_app.pages.staff.jobs import jobs_page
from portal_app.pages.staff.licence import licence_page
from portal_app.pages.staff.outbox import outbox_page
from portal_app.pages.staff.portal_settings import portal_settings_page
from portal_app.pages.staff.rental_requests import rental_requests_page
from portal_app.pages.staff.reports import reports_page
from portal_app.pages.staff.work_queue import work_queue_page
from portal_app.state.audit import AuditState
from portal_app.state.billing.invoices import InvoiceListState, InvoiceState
from portal_app.state.billing.statements import StatementListState, StatementState
from portal_app.state.billing.summary import AccountSummaryState
from portal_app.state.branding import PortalSettingsState
from portal_app.state.contracts.details import ContractState
from portal_app.state.contracts.lists import ContractListState
from portal_app.state.contracts.profile import ProfileState
from portal_app.state.customers.detail import CustomerState
from portal_app.state.customers.list import CustomersState
from portal_app.state.help_pages import HelpEditorState, HelpState
from portal_app.state.identity.choose_account import ChooseAccountState
from portal_app.state.identity.register import RegisterCodeState, RegisterState
from portal_app.state.identity.reset import NewPasswordState, ResetState
from portal_app.state.identity.security import SecurityState
from portal_app.state.identity.sign_in import CodeState, SetUpState, SignInState
from portal_app.state.imports.report import ImportReportState
from portal_app.state.imports.runs import ImportsState
from portal_app.state.jobs import JobsState
from portal_app.state.licensing import LicencePageState
from portal_app.state.notifications.inbox import InboxState
from portal_app.state.notifications.outbox import OutboxState
from portal_app.state.rentals.items_out import ItemsOutState
from portal_app.state.rentals.off_rent import OffRentState
from portal_app.state.rentals.queue import RentalQueueState
from portal_app.state.rentals.requests import OffRentRequestState, RequestsState
from portal_app.state.rentals.work import WorkQueueState
from portal_app.state.reports import ReportsState


@dataclass(frozen=True, slots=True)
class Route:
    """One page's place in the portal."""

    path: str
    page: Callable[[], rx.Component]
    title: str
    access: Access
    on_load: Any = None


PUBLIC = (
    Route("/sign-in", sign_in_page, "Sign in", Access.PUBLIC, SignInState.load),
    Route("/sign-in/code", code_page, "Enter your code", Access.PUBLIC, CodeState.load),
    Route("/sign-in/set-up", set_up_page, "Add a second step", Access.PUBLIC, SetUpState.load),
    Route("/register", register_page, "Register", Access.PUBLIC, RegisterState.load),
    Route(
        "/register/code",
        register_code_page,
        "Enter the code from our email",
        Access.PUBLIC,
        RegisterCodeState.load,
    ),
    Route("/reset", reset_page, "Forgot your password?", Access.PUBLIC, ResetState.load),
    Route(
        "/reset/[token]",
        new_password_page,
        "Choose a new password",
        Access.PUBLIC,
        NewPasswordState.load,
    ),
    Route("/help", help_page, "Help", Access.PUBLIC, HelpState.load),
)
OWN = (
    Route(
        "/security",
        security_page,
        "Sign-in and security",
        Access.SIGNED_IN,
        SecurityState.load,
    ),
)
CONSUMER = (
    Route("/", account_summary_page, "Summary", Access.CONSUMER, AccountSummaryState.load),
    Route("/contracts", contracts_page, "Contracts", Access.CONSUMER, ContractListState.load),
    Route("/contracts/[number]", contract_page, "Contract", Access.CONSUMER, ContractState.load),
    Route("/quotes", quotes_page, "Quotes", Access.CONSUMER, ContractListState.load_quotes),
    Route(
        "/reservations",
        reservations_page,
        "Reservations",
        Access.CONSUMER,
        ContractListState.load_reservations,
    ),
    Route("/invoices", invoices_page, "Invoices", Access.CONSUMER, InvoiceListState.load),
    Route("/invoices/[number]", invoice_page, "Invoice", Access.CONSUMER, InvoiceState.load),
    Route("/statements", statements_page, "Statements", Access.CONSUMER, StatementListState.load),
    Route("/statements/[date]", statement_page, "Statement", Access.CONSUMER, StatementState.load),
    Route("/profile", profile_page, "Your details", Access.CONSUMER, ProfileState.load),
    Route(
        "/choose-account",
        choose_account_page,
        "Choose an account",
        Access.CONSUMER,
        ChooseAccountState.load,
    ),
    Route("/items-out", items_out_page, "Items out", Access.CONSUMER, ItemsOutState.load),
    Route(
        "/items-out/[line_id]/off-rent",
        off_rent_page,
        "Call off rent",
        Access.CONSUMER,
        OffRentState.load,
    ),
    Route("/requests", requests_page, "Requests", Access.CONSUMER, RequestsState.load),
    Route("/requests/[number]", request_page, "Request", Access.CONSUMER, OffRentRequestState.load),
    Route("/notifications", inbox_page, "Messages to you", Access.CONSUMER, InboxState.load),
)
STAFF = (
    Route("/staff", work_queue_page, "Work queue", Access.STAFF, WorkQueueState.load),
    Route("/staff/customers", customers_page, "Customers", Access.STAFF, CustomersState.load),
    Route(
        "/staff/customers/[number]",
        customer_page,
        "Customer",
        Access.STAFF,
        CustomerState.load,
    ),
    Route(
        "/staff/rental-requests",
        rental_requests_page,
        "Rental requests",
        Access.STAFF,
        RentalQueueState.load,
    ),
    Route(
        "/staff/settings/help",
        help_editor_page,
        "Help pages",
        Access.MANAGER,
        HelpEditorState.load,
    ),
    Route(
        "/staff/settings/portal",
        portal_settings_page,
        "Portal",
        Access.ADMIN,
        PortalSettingsState.load,
    ),
    Route("/staff/imports", imports_page, "Update website", Access.MANAGER, ImportsState.load),
    Route(
        "/staff/imports/[run]",
        import_report_page,
        "Import",
        Access.MANAGER,
        ImportReportState.load,
    ),
    Route("/staff/outbox", outbox_page, "Outbox", Access.MANAGER, OutboxState.load),
    Route("/staff/jobs", jobs_page, "Background jobs", Access.MANAGER, JobsState.load),
    Route(
        "/staff/settings/licence",
        licence_page,
        "Licence",
        Access.ADMIN,
        LicencePageState.load,
    ),
    Route("/staff/settings/audit", audit_page, "Audit log", Access.ADMIN, AuditState.load),
    Route("/staff/reports", reports_page, "Reports", Access.MANAGER, ReportsState.load),
    Route("/staff/gallery", gallery_page, "Components", Access.STAFF),
)
ROUTES = (*PUBLIC, *OWN, *CONSUMER, *STAFF)
