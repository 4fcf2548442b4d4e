"""The statements: a day to choose, and every month that has ended (S3-03, S3-20)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.listing import listing
from portal_app.layout.shell import consumer_page
from portal_app.pages.billing.parts import day_form
from portal_app.state.billing.statements import StatementListState
from portal_app.state.billing.words import StatementEntry

STATE = StatementListState


def statements_page() -> rx.Component:
    """List the month ends for which there is a statement, newest first."""
    return consumer_page(
        ui.page_head(
            "Statements", sub="What was charged, what was paid, and what was left, month by month."
        ),
        ui.loading(
            STATE.is_loaded,
            ui.columns(
                _listing(), ui.card(day_form(STATE.today, STATE.today), title="Any other day")
            ),
            ui.columns(ui.skeleton("list", 6), ui.skeleton("card", 2)),
        ),
        active="/statements",
    )


def _listing() -> rx.Component:
    table = ui.data_table(
        caption="Statements",
        columns=["Statement for", ui.th("Balance", end=True), ui.th("PDF", hidden=True)],
        body=rx.foreach(STATE.rows, _row),
    )
    return listing(STATE, body=table, nothing=_nothing())


def _row(entry: StatementEntry) -> rx.Component:
    return ui.table_row(
        ui.row_head(ui.text_link(entry.label, entry.href), entry.note),
        ui.cell(entry.balance, label="Balance", end=True, strong=True),
        ui.action_cell(
            ui.icon_link("file", entry.pdf, label=entry.pdf_label, short="PDF", file=True)
        ),
        key=entry.as_of,
    )


def _nothing() -> rx.Component:
    return ui.empty(
        "receipt-text",
        "No month has ended yet",
        "A statement is made for every month in which something was charged or paid. "
        "The one for today is there at any time.",
        action=ui.link_button("See today's statement", f"/statements/{STATE.today}"),
    )
