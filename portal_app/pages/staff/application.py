"""One application, for staff: its parts, each from a module of its own (S2-11)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import staff_page
from portal_app.pages.staff.application_answers import answers_section
from portal_app.pages.staff.application_centre import letter_sheet
from portal_app.pages.staff.application_contacts import contacts_section
from portal_app.pages.staff.application_details import details_section
from portal_app.pages.staff.application_history import history_section
from portal_app.pages.staff.application_log import log_section
from portal_app.pages.staff.application_papers import papers_section
from portal_app.state.applications.desk import ApplicationDeskState

STATE = ApplicationDeskState
VIEW = STATE.view
# The parts of the page in their order: key, name, what draws it.
SECTIONS = (
    ("details", "Details", details_section),
    ("contacts", "Contacts", contacts_section),
    ("answers", "Answers", answers_section),
    ("documents", "Documents", papers_section),
    ("log", "Communication log", log_section),
    ("history", "History", history_section),
)


def application_page() -> rx.Component:
    """Show one application, a part at a time."""
    return staff_page(
        ui.loading(STATE.is_loaded, _content(), ui.skeleton("detail", 5)),
        letter_sheet(),
        active="/staff/applications",
    )


def _content() -> rx.Component:
    return ui.stack(
        ui.page_head(
            VIEW.title,
            sub=VIEW.sub,
            crumb=("Applications", "/staff/applications"),
            tag=ui.status_tag(VIEW.status, VIEW.tone),
        ),
        ui.segmented(
            options=[(key, name) for key, name, _ in SECTIONS],
            value=STATE.section,
            on_pick=STATE.pick_section,
            label="Parts of this application",
        ),
        rx.match(
            STATE.section,
            *((key, section()) for key, _, section in SECTIONS),
            SECTIONS[0][2](),
        ),
    )
