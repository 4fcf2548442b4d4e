"""The pages of customers."""

from portal_app.pages.applications.filling import filling_page
from portal_app.pages.applications.list import applications_page
from portal_app.pages.applications.proposal import proposal_page
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
from portal_app.pages.consents.privacy import privacy_page
from portal_app.pages.contracts.contract import contract_page
from portal_app.pages.contracts.lists import contracts_page, quotes_page, reservations_page
from portal_app.pages.households.granting import granting_page
from portal_app.pages.households.members import household_page
from portal_app.pages.households.openness import openness_page
from portal_app.pages.identity.choose_account import choose_account_page
from portal_app.pages.notifications.choices import choices_page
from portal_app.pages.notifications.inbox import inbox_page
from portal_app.pages.payments.change_method import change_method_page
from portal_app.pages.payments.methods import payment_methods_page
from portal_app.pages.payments.schedules import payments_page
from portal_app.pages.rentals.items_out import items_out_page
from portal_app.pages.rentals.off_rent import off_rent_page
from portal_app.pages.rentals.request import request_page
from portal_app.pages.rentals.requests import requests_page
from portal_app.routes.route import consumer, party
from portal_app.state.applications.filling import (
    ApplicationsMineState,
    ApplicationState,
    FillingState,
)
from portal_app.state.billing.invoices import InvoiceListState, InvoiceState
from portal_app.state.billing.statements import StatementListState, StatementState
from portal_app.state.billing.summary import AccountSummaryState
from portal_app.state.cases.list import CasesState
from portal_app.state.cases.opening import NewCaseState
from portal_app.state.cases.readers import CaseReadersState
from portal_app.state.cases.thread import CaseState
from portal_app.state.changes.editing import EditDetailState
from portal_app.state.changes.profile import ProfileState
from portal_app.state.consents.own import PrivacyState
from portal_app.state.contracts.details import ContractState
from portal_app.state.contracts.lists import ContractListState
from portal_app.state.households.granting import GrantState
from portal_app.state.households.members import HouseholdState
from portal_app.state.households.openness import OpennessState
from portal_app.state.identity.choose_account import ChooseAccountState
from portal_app.state.notifications.choosing import ChoicesState
from portal_app.state.notifications.inbox import InboxState
from portal_app.state.payments.changing import PaymentMethodState
from portal_app.state.payments.overview import PaymentMethodsState, PaymentsState
from portal_app.state.proposals.own import ProposalState
from portal_app.state.rentals.items_out import ItemsOutState
from portal_app.state.rentals.off_rent import OffRentState
from portal_app.state.rentals.requests import OffRentRequestState, RequestsState

CUSTOMERS = (
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
    consumer("/privacy", privacy_page, "Privacy", PrivacyState.load),
    consumer("/access", openness_page, "Who can see your data", OpennessState.load),
    consumer("/access/new", granting_page, "Let somebody act for you", GrantState.load),
    consumer("/cases", cases_page, "Cases", CasesState.load),
    consumer("/cases/new", new_case_page, "Open a case", NewCaseState.load),
    consumer("/cases/who-sees", readers_page, "Who sees cases", CaseReadersState.load),
    consumer("/cases/[number]", case_page, "Case", CaseState.load),
    consumer("/notifications/choices", choices_page, "How we tell you", ChoicesState.load),
    party("/applications", applications_page, "Applications", ApplicationsMineState.load),
    party(
        "/applications/[number]",
        proposal_page,
        "Your application",
        [ApplicationState.load, ProposalState.load],
    ),
    party("/applications/[number]/[form]/[party]", filling_page, "Fill in", FillingState.load),
    consumer("/notifications", inbox_page, "Messages to you", InboxState.load),
)
