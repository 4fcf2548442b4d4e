"""What one import did, while it runs and afterwards."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import staff_page
from portal_app.state.imports.report import CountRow, ImportReportState, RefusalRow

STATE = ImportReportState
VIEW = STATE.view


def import_report_page() -> rx.Component:
    """Show how far an import is, what it changed, and every line that it refused."""
    return staff_page(
        ui.page_head(
            rx.cond(VIEW.name != "", VIEW.name, "Import"),
            sub=VIEW.sub,
            crumb=("Update website", "/staff/imports"),
            tag=rx.cond(VIEW.status != "", ui.status_tag(VIEW.status, VIEW.tone), rx.fragment()),
        ),
        ui.loading(STATE.is_loaded, _report(), ui.skeleton("table", 6)),
        active="/staff/imports",
    )


def _report() -> rx.Component:
    return ui.stack(
        ui.error_summary(STATE.problem),
        rx.cond(VIEW.is_under_way, ui.card(ui.progress_bar(VIEW.percent, VIEW.progress)), None),
        rx.cond(VIEW.outcome != "", _outcome(), rx.fragment()),
        ui.card(rx.cond(VIEW.counts, _counts(), _nothing()), title="Records", flush=True),
        rx.cond(VIEW.refusals, _refusals(), rx.fragment()),
    )


def _outcome() -> rx.Component:
    return ui.alert(
        VIEW.outcome,
        VIEW.advice,
        tone=VIEW.outcome_tone,
        live=True,
        action=rx.cond(
            VIEW.may_import_now,
            ui.button("Import it now", on_click=STATE.import_now(VIEW.key), tone="primary"),
            rx.fragment(),
        ),
    )


def _counts() -> rx.Component:
    figures = ("New", "Changed", "Unchanged", "Older than held", "Ended", "Refused")
    return ui.data_table(
        caption="What happened to the records of each type",
        columns=["Type", *(ui.th(name, end=True) for name in figures)],
        body=rx.foreach(VIEW.counts, _count),
    )


def _count(one: CountRow) -> rx.Component:
    return ui.table_row(
        ui.row_head(one.name),
        ui.cell(one.new, label="New", end=True),
        ui.cell(one.changed, label="Changed", end=True),
        ui.cell(one.unchanged, label="Unchanged", end=True),
        ui.cell(one.stale, label="Older than held", end=True),
        ui.cell(one.ended, label="Ended", end=True),
        ui.cell(one.refused, label="Refused", end=True),
        key=one.name,
    )


def _refusals() -> rx.Component:
    table = ui.data_table(
        caption="Lines that were refused, and notes",
        columns=["Where", "Kind", "Field", "Value", "What to do"],
        body=rx.foreach(VIEW.refusals, _refusal),
    )
    return ui.card(
        table,
        rx.cond(VIEW.not_shown != "", ui.help_line(VIEW.not_shown), rx.fragment()),
        title="Refused lines and notes",
        action=ui.link_button("Download as CSV", VIEW.csv, file=True, small=True, icon="download"),
        flush=True,
    )


def _refusal(one: RefusalRow) -> rx.Component:
    return ui.table_row(
        ui.row_head(one.place),
        ui.status_cell(ui.status_tag(one.kind, one.tone)),
        ui.cell(one.field, label="Field"),
        ui.cell(one.value, label="Value"),
        ui.cell(one.sentence, label="What to do"),
        key=one.key,
    )


def _nothing() -> rx.Component:
    return ui.empty(
        "file-search", "Nothing has been read yet", "Figures appear here as it goes on."
    )
