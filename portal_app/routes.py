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
from portal_app.pages.cases.list import cases_page
from portal_app.pages.cases.new import new_case_page
from portal_app.pages.cases.readers import readers_page
from portal_app.pages.cases.thread import case_page
from portal_app.pages.changes.edit_detail import edit_detail_page
from portal_app.pages.changes.profile import profile_page
from portal_app.pages.contracts.contract import contract_page
from portal_app.pages.contracts.lists import contracts_page, quotes_page, reservations_page
from portal_app.pages.help_pages.help import help_page
from portal_app.pages.households.granting import granting_page
from portal_app.pages.households.members import household_page
from portal_app.pages.households.openness import openness_page
from portal_app.pages.identity.choose_account import choose_account_page
from portal_app.pages.identity.code import code_page
from portal_app.pages.identity.register import register_code_page, register_page
from portal_app.pages.identity.reset import new_password_page, reset_page
from portal_app.pages.identity.security import security_page
from portal_app.pages.identity.set_up import set_up_page
from portal_app.pages.identity.sign_in import sign_in_page
from portal_app.pages.invitations.activate import (
    activate_code_page,
    activate_page,
    activate_password_page,
)
from portal_app.pages.notifications.inbox import inbox_page
from portal_app.pages.payments.change_method import change_method_page
from portal_app.pages.payments.methods import payment_methods_page
from portal_app.pages.payments.schedules import payments_page
from portal_app.pages.rentals.items_out import items_out_page
from portal_app.pages.rentals.off_rent import off_rent_page
from portal_app.pages.rentals.request import request_page
from portal_app.pages.rentals.requests import requests_page
from portal_app.pages.staff.arrears import arrears_page
from portal_app.pages.staff.audit import audit_page
from portal_app.pages.staff.cancellations import cancellations_page
from portal_app.pages.staff.case_on_behalf import case_on_behalf_page
from portal_app.pages.staff.case_settings import case_settings_page
from portal_app.pages.staff.cases import cases_page as staff_cases_page
from portal_app.pages.staff.change_requests import change_requests_page
from portal_app.pages.staff.connections import connections_page
from portal_app.pages.staff.contract_payments import contract_payments_page
from portal_app.pages.staff.customer import customer_page
from portal_app.pages.staff.customers import customers_page
from portal_app.pages.staff.features import features_page
from portal_app.pages.staff.gallery import gallery_page
from portal_app.pages.staff.help_editor import help_editor_page
from portal_app.pages.staff.import_report import import_report_page
from portal_app.pages.staff.imports import imports_page
from portal_app.pages.staff.invitations import invitations_page
from portal_app.pages.staff.jobs import jobs_page
from portal_app.pages.staff.licence import licence_page
from portal_app.pages.staff.outbox import outbox_page
from portal_app.pages.staff.payment_policy import payment_policy_page
from portal_app.pages.staff.payment_runs import next_run_page, runs_page
from portal_app.pages.staff.person import person_page
from portal_app.pages.staff.portal_settings import portal_settings_page
from portal_app.pages.staff.rental_requests import rental_requests_page
from portal_app.pages.staff.reports import reports_page
from portal_app.pages.staff.review_rules import review_rules_page
from portal_app.pages.staff.work_queue import work_queue_page
from portal_app.state.audit import AuditState
from portal_app.state.billing.invoices import InvoiceListState, InvoiceState
from portal_app.state.billing.statements import StatementListState, StatementState
from portal_app.state.billing.summary import AccountSummaryState
from portal_app.state.branding import FeaturesState, PortalSettingsState
from portal_app.state.cases.list import CasesState
from portal_app.state.cases.on_behalf import OnBehalfState
from portal_app.state.cases.opening import NewCaseState
from portal_app.state.cases.queue import CaseQueueState
from portal_app.state.cases.readers import CaseReadersState
from portal_app.state.cases.settings import CaseSettingsState
from portal_app.state.cases.thread import CaseState
from portal_app.state.changes.editing import EditDetailState
from portal_app.state.changes.person import PersonState
from portal_app.state.changes.profile import ProfileState
from portal_app.state.changes.queue import ChangeQueueState
from portal_app.state.changes.reviews import ReviewRulesState
from portal_app.state.contracts.details import ContractState
from portal_app.state.contracts.lists import ContractListState
from portal_app.state.customers.detail import CustomerState
from portal_app.state.customers.list import CustomersState
from portal_app.state.events import ConnectionsState
from portal_app.state.help_pages import HelpEditorState, HelpState
from portal_app.state.households.desk import AffairsState
from portal_app.state.households.granting import GrantState
from portal_app.state.households.members import HouseholdState
from portal_app.state.households.openness import OpennessState
from portal_app.state.identity.choose_account import ChooseAccountState
from portal_app.state.identity.register import RegisterCodeState, RegisterState
from portal_app.state.identity.reset import NewPasswordState, ResetState
from portal_app.state.identity.security import SecurityState
from portal_app.state.identity.sign_in import CodeState, SetUpState, SignInState
from portal_app.state.imports.report import ImportReportState
from portal_app.state.imports.runs import ImportsState
from portal_app.state.invitations.activation import (
    ActivateCodeState,
    ActivatePasswordState,
    ActivateState,
)
from portal_app.state.invitations.list import InvitationsState
from portal_app.state.invitations.people import PeopleState
from portal_app.state.jobs import JobsState
from portal_app.state.licensing import LicencePageState
from portal_app.state.notifications.inbox import InboxState
from portal_app.state.notifications.outbox import OutboxState
from portal_app.state.payments.changing import PaymentMethodState
from portal_app.state.payments.overview import PaymentMethodsState, PaymentsState
from portal_app.state.payments_desk.arrears import ArrearsState
from portal_app.state.payments_desk.cancellations import CancellationQueueState
from portal_app.state.payments_desk.contract import ContractDeskState
from portal_app.state.payments_desk.customer import CustomerPaymentsState
from portal_app.state.payments_desk.policy import PaymentPolicyState
from portal_app.state.payments_desk.runs import NextRunState, RunLogState
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
    public("/activate/code", activate_code_page, "Enter your code", ActivateCodeState.load),
    public(
        "/activate/password",
        activate_password_page,
        "Choose a password",
        ActivatePasswordState.load,
    ),
    public("/activate/[token]", activate_page, "Set up your account", ActivateState.load),
    public("/help", help_page, "Help", HelpState.load),
    signed_in("/security", security_page, "Sign-in and security", SecurityState.load),
    consumer("/", account_summary_page, "Summary", AccountSummaryState.load),
    consumer("/contracts", contracts_page, "Contracts", ContractListState.load),
    consumer("/contracts/[number]", contract_page, "Contract", ContractState.load),
    consumer(
        "/contracts/[number]/payment-method",
        change_method_page,
        "How you pay",
        PaymentMethodState.load,
    ),
    consumer("/payments", payments_page, "Payments", PaymentsState.load),
    consumer("/payment-methods", payment_methods_page, "Payment methods", PaymentMethodsState.load),
    consumer("/quotes", quotes_page, "Quotes", ContractListState.load_quotes),
    consumer(
        "/reservations", reservations_page, "Reservations", ContractListState.load_reservations
    ),
    consumer("/invoices", invoices_page, "Invoices", InvoiceListState.load),
    consumer("/invoices/[number]", invoice_page, "Invoice", InvoiceState.load),
    consumer("/statements", statements_page, "Statements", StatementListState.load),
    consumer("/statements/[date]", statement_page, "Statement", StatementState.load),
    consumer("/profile", profile_page, "Your details", ProfileState.load),
    consumer("/profile/[detail]", edit_detail_page, "Change your details", EditDetailState.load),
    consumer("/choose-account", choose_account_page, "Choose an account", ChooseAccountState.load),
    consumer("/items-out", items_out_page, "Items out", ItemsOutState.load),
    consumer("/items-out/[line_id]/off-rent", off_rent_page, "Call off rent", OffRentState.load),
    consumer("/requests", requests_page, "Requests", RequestsState.load),
    consumer("/requests/[number]", request_page, "Request", OffRentRequestState.load),
    consumer("/household", household_page, "Household members", HouseholdState.load),
    consumer("/access", openness_page, "Who can see your data", OpennessState.load),
    consumer("/access/new", granting_page, "Let somebody act for you", GrantState.load),
    consumer("/cases", cases_page, "Cases", CasesState.load),
    consumer("/cases/new", new_case_page, "Open a case", NewCaseState.load),
    consumer("/cases/who-sees", readers_page, "Who sees cases", CaseReadersState.load),
    consumer("/cases/[number]", case_page, "Case", CaseState.load),
    consumer("/notifications", inbox_page, "Messages to you", InboxState.load),
    staff("/staff", work_queue_page, "Work queue", WorkQueueState.load),
    staff("/staff/customers", customers_page, "Customers", CustomersState.load),
    staff(
        "/staff/customers/[number]",
        customer_page,
        "Customer",
        [CustomerState.load, PeopleState.load, CustomerPaymentsState.load],
    ),
    staff("/staff/people/[person]", person_page, "Person", [PersonState.load, AffairsState.load]),
    staff("/staff/invitations", invitations_page, "Invitations", InvitationsState.load),
    staff("/staff/requests", change_requests_page, "Change requests", ChangeQueueState.load),
    staff("/staff/rental-requests", rental_requests_page, "Rental requests", RentalQueueState.load),
    staff("/staff/cases", staff_cases_page, "Cases", CaseQueueState.load),
    staff("/staff/cases/new", case_on_behalf_page, "Open a case", OnBehalfState.load),
    staff("/staff/payments", arrears_page, "Payments", ArrearsState.load),
    staff("/staff/payments/runs", runs_page, "Run log", RunLogState.load),
    staff("/staff/payments/next-run", next_run_page, "Next run", NextRunState.load),
    staff(
        "/staff/contracts/[contract]/payments",
        contract_payments_page,
        "Payments of a contract",
        ContractDeskState.load,
    ),
    staff("/staff/cancellations", cancellations_page, "Cancellations", CancellationQueueState.load),
    manager("/staff/settings/help", help_editor_page, "Help pages", HelpEditorState.load),
    manager(
        "/staff/settings/cases", case_settings_page, "Replies and cases", CaseSettingsState.load
    ),
    admin("/staff/settings/portal", portal_settings_page, "Portal", PortalSettingsState.load),
    admin("/staff/settings/features", features_page, "What customers can do", FeaturesState.load),
    admin("/staff/settings/reviews", review_rules_page, "Reviews", ReviewRulesState.load),
    admin(
        "/staff/settings/payments", payment_policy_page, "Taking payments", PaymentPolicyState.load
    ),
    admin("/staff/settings/webhooks", connections_page, "Connections", ConnectionsState.load),
    manager("/staff/imports", imports_page, "Update website", ImportsState.load),
    manager("/staff/imports/[run]", import_report_page, "Import", ImportReportState.load),
    manager("/staff/outbox", outbox_page, "Outbox", OutboxState.load),
    manager("/staff/jobs", jobs_page, "Background jobs", JobsState.load),
    admin("/staff/settings/licence", licence_page, "Licence", LicencePageState.load),
    admin("/staff/settings/audit", audit_page, "Audit log", AuditState.load),
    manager("/staff/reports", reports_page, "Reports", ReportsState.load),
    staff("/staff/gallery", gallery_page, "Components"),
)
