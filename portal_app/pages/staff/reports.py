"""What customers do by themselves, in numbers (S3-26)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import staff_page
from portal_app.state.reports import MonthRow, ReportsState

STATE = ReportsState
VIEW = STATE.view


def reports_page() -> rx.Component:
    """Show the year in three figures, then month by month."""
    return staff_page(
        ui.page_head("Reports", sub="What customers did by themselves in the last twelve months."),
        ui.loading(STATE.is_loaded, ui.stack(_figures(), _months()), ui.skeleton("table", 6)),
        active="/staff/reports",
    )


def _figures() -> rx.Component:
    return ui.key_figures(
        ui.key_figure(
            "Calls saved",
            VIEW.calls_saved,
            note="Items called off rent, details changed, and papers fetched",
            big=True,
        ),
        ui.key_figure("Sign-ins", VIEW.sign_ins),
        ui.key_figure("New registrations", VIEW.registrations),
        label="The year in figures",
    )


def _months() -> rx.Component:
    figures = ("Registered", "Signed in", "Called off rent", "Changes", "Statements", "Other PDFs")
    return ui.card(
        ui.data_table(
            caption="Month by month",
            columns=["Month", *(ui.th(name, end=True) for name in figures)],
            body=rx.foreach(STATE.rows, _month),
        ),
        title="Month by month",
        flush=True,
    )


def _month(one: MonthRow) -> rx.Component:
    return ui.table_row(
        ui.row_head(one.month),
        ui.cell(one.registrations, label="Registered", end=True),
        ui.cell(one.sign_ins, label="Signed in", end=True),
        ui.cell(one.off_rents, label="Called off rent", end=True),
        ui.cell(one.changes, label="Changes", end=True),
        ui.cell(one.statements, label="Statements", end=True),
        ui.cell(one.documents, label="Other PDFs", end=True),
        key=one.month,
    )
