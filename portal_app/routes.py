"""Every page in the portal: its address, who may open it, and what fills it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
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
    """One page's place in the portal: who may open it, where it is, and what fills it."""

    access: Access
    path: str
    page: Callable[[], rx.Component]
    title: str
    on_load: Any = None


public = partial(Route, Access.PUBLIC)
signed_in = partial(Route, Access.SIGNED_IN)
consumer = partial(Route, Access.CONSUMER)
staff = partial(Route, Access.STAFF)
manager = partial(Route, Access.MANAGER)
admin = partial(Route, Access.ADMIN)

ROUTES = (
    public("/sign-in", sign_in_page, "Sign in", SignInState.load),
    public("/sign-in/code", code_page, "Enter your code", CodeState.load),
    public("/sign-in/set-up", set_up_page, "Add a second step", SetUpState.load),
    public("/register", register_page, "Register", RegisterState.load),
    public(
        "/register/code",
        register_code_page,
        "Enter the code from our email",
        RegisterCodeState.load,
    ),
    public("/reset", reset_page, "Forgot your password?", ResetState.load),
    public("/reset/[token]", new_password_page, "Choose a new password", NewPasswordState.load),
    public("/help", help_page, "Help", HelpState.load),
    signed_in("/security", security_page, "Sign-in and security", SecurityState.load),
    consumer("/", account_summary_page, "Summary", AccountSummaryState.load),
    consumer("/contracts", contracts_page, "Contracts", ContractListState.load),
    consumer("/contracts/[number]", contract_page, "Contract", ContractState.load),
    consumer("/quotes", quotes_page, "Quotes", ContractListState.load_quotes),
    consumer(
        "/reservations", reservations_page, "Reservations", ContractListState.load_reservations
    ),
    consumer("/invoices", invoices_page, "Invoices", InvoiceListState.load),
    consumer("/invoices/[number]", invoice_page, "Invoice", InvoiceState.load),
    consumer("/statements", statements_page, "Statements", StatementListState.load),
    consumer("/statements/[date]", statement_page, "Statement", StatementState.load),
    consumer("/profile", profile_page, "Your details", ProfileState.load),
    consumer("/choose-account", choose_account_page, "Choose an account", ChooseAccountState.load),
    consumer("/items-out", items_out_page, "Items out", ItemsOutState.load),
    consumer("/items-out/[line_id]/off-rent", off_rent_page, "Call off rent", OffRentState.load),
    consumer("/requests", requests_page, "Requests", RequestsState.load),
    consumer("/requests/[number]", request_page, "Request", OffRentRequestState.load),
    consumer("/notifications", inbox_page, "Messages to you", InboxState.load),
    staff("/staff", work_queue_page, "Work queue", WorkQueueState.load),
    staff("/staff/customers", customers_page, "Customers", CustomersState.load),
    staff("/staff/customers/[number]", customer_page, "Customer", CustomerState.load),
    staff("/staff/rental-requests", rental_requests_page, "Rental requests", RentalQueueState.load),
    manager("/staff/settings/help", help_editor_page, "Help pages", HelpEditorState.load),
    admin("/staff/settings/portal", portal_settings_page, "Portal", PortalSettingsState.load),
    manager("/staff/imports", imports_page, "Update website", ImportsState.load),
    manager("/staff/imports/[run]", import_report_page, "Import", ImportReportState.load),
    manager("/staff/outbox", outbox_page, "Outbox", OutboxState.load),
    manager("/staff/jobs", jobs_page, "Background jobs", JobsState.load),
    admin("/staff/settings/licence", licence_page, "Licence", LicencePageState.load),
    admin("/staff/settings/audit", audit_page, "Audit log", AuditState.load),
    manager("/staff/reports", reports_page, "Reports", ReportsState.load),
    staff("/staff/gallery", gallery_page, "Components"),
)
