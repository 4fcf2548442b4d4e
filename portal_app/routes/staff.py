"""The pages of staff: the desk, what runs, and what is set up."""

from portal_app.pages.staff.application import application_page
from portal_app.pages.staff.applications import applications_page
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
from portal_app.pages.staff.email_template import email_template_page
from portal_app.pages.staff.email_templates import email_templates_page
from portal_app.pages.staff.features import features_page
from portal_app.pages.staff.form_templates import form_templates_page
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
from portal_app.routes.route import admin, manager, staff
from portal_app.state.applications.answers import ApplicationAnswersState
from portal_app.state.applications.desk import ApplicationDeskState
from portal_app.state.applications.form_templates import FormTemplatesState
from portal_app.state.applications.list import ApplicationsState
from portal_app.state.audit import AuditState
from portal_app.state.branding import FeaturesState, PortalSettingsState
from portal_app.state.cases.on_behalf import OnBehalfState
from portal_app.state.cases.queue import CaseQueueState
from portal_app.state.cases.settings import CaseSettingsState
from portal_app.state.changes.person import PersonState
from portal_app.state.changes.queue import ChangeQueueState
from portal_app.state.changes.reviews import ReviewRulesState
from portal_app.state.consents.desk import MarketingState
from portal_app.state.customers.detail import CustomerState
from portal_app.state.customers.list import CustomersState
from portal_app.state.events import ConnectionsState
from portal_app.state.help_pages import HelpEditorState
from portal_app.state.households.desk import AffairsState
from portal_app.state.imports.report import ImportReportState
from portal_app.state.imports.runs import ImportsState
from portal_app.state.invitations.list import InvitationsState
from portal_app.state.invitations.people import PeopleState
from portal_app.state.jobs import JobsState
from portal_app.state.licensing import LicencePageState
from portal_app.state.looks.logo import LogoState
from portal_app.state.looks.theme import ThemeState
from portal_app.state.looks.words import PortalFieldsState, PortalTextsState
from portal_app.state.notifications.outbox import OutboxState
from portal_app.state.payments_desk.arrears import ArrearsState
from portal_app.state.payments_desk.cancellations import CancellationQueueState
from portal_app.state.payments_desk.contract import ContractDeskState
from portal_app.state.payments_desk.customer import CustomerPaymentsState
from portal_app.state.payments_desk.policy import PaymentPolicyState
from portal_app.state.payments_desk.runs import NextRunState, RunLogState
from portal_app.state.proposals.desk import ApplicationLogState, ApplicationPapersState
from portal_app.state.rentals.queue import RentalQueueState
from portal_app.state.rentals.work import WorkQueueState
from portal_app.state.reports import ReportsState
from portal_app.state.templates.editor import TemplateState
from portal_app.state.templates.list import TemplatesState

STAFF = (
    staff("/staff", work_queue_page, "Work queue", WorkQueueState.load),
    staff("/staff/customers", customers_page, "Customers", CustomersState.load),
    staff(
        "/staff/customers/[number]",
        customer_page,
        "Customer",
        [CustomerState.load, PeopleState.load, CustomerPaymentsState.load],
    ),
    staff(
        "/staff/people/[person]",
        person_page,
        "Person",
        [PersonState.load, AffairsState.load, MarketingState.load],
    ),
    staff("/staff/invitations", invitations_page, "Invitations", InvitationsState.load),
    staff("/staff/requests", change_requests_page, "Change requests", ChangeQueueState.load),
    staff("/staff/rental-requests", rental_requests_page, "Rental requests", RentalQueueState.load),
    staff("/staff/cases", staff_cases_page, "Cases", CaseQueueState.load),
    staff("/staff/cases/new", case_on_behalf_page, "Open a case", OnBehalfState.load),
    staff("/staff/applications", applications_page, "Applications", ApplicationsState.load),
    staff(
        "/staff/applications/[number]",
        application_page,
        "Application",
        [
            ApplicationDeskState.load,
            ApplicationAnswersState.load,
            ApplicationPapersState.load,
            ApplicationLogState.load,
        ],
    ),
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
    manager(
        "/staff/settings/form-templates", form_templates_page, "Forms", FormTemplatesState.load
    ),
    manager(
        "/staff/settings/email-templates",
        email_templates_page,
        "Emails and texts",
        TemplatesState.load,
    ),
    manager(
        "/staff/settings/email-templates/[kind]",
        email_template_page,
        "A message",
        TemplateState.load,
    ),
    admin(
        "/staff/settings/portal",
        portal_settings_page,
        "Customer portal",
        [
            PortalSettingsState.load,
            ThemeState.load,
            LogoState.load,
            PortalTextsState.load,
            PortalFieldsState.load,
        ],
    ),
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
