"""Every page in the portal: its address, who may open it, and what fills it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from portal_app.core.actor import Access
from portal_app.pages.help_pages.help import help_page
from portal_app.pages.rentals.items_out import items_out_page
from portal_app.pages.rentals.off_rent import off_rent_page
from portal_app.pages.rentals.request import request_page
from portal_app.pages.rentals.requests import requests_page
from portal_app.pages.staff.gallery import gallery_page
from portal_app.pages.staff.help_editor import help_editor_page
from portal_app.pages.staff.import_report import import_report_page
from portal_app.pages.staff.imports import imports_page
from portal_app.pages.staff.portal_settings import portal_settings_page
from portal_app.pages.staff.rental_requests import rental_requests_page
from portal_app.pages.staff.reports import reports_page
from portal_app.pages.staff.work_queue import work_queue_page
from portal_app.state.branding import PortalSettingsState
from portal_app.state.help_pages import HelpEditorState, HelpState
from portal_app.state.imports.report import ImportReportState
from portal_app.state.imports.runs import ImportsState
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


PUBLIC = (Route("/help", help_page, "Help", Access.PUBLIC, HelpState.load),)
CONSUMER = (
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
)
STAFF = (
    Route("/staff", work_queue_page, "Work queue", Access.STAFF, WorkQueueState.load),
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
    Route("/staff/reports", reports_page, "Reports", Access.MANAGER, ReportsState.load),
    Route("/staff/gallery", gallery_page, "Components", Access.STAFF),
)
ROUTES = (*PUBLIC, *CONSUMER, *STAFF)
