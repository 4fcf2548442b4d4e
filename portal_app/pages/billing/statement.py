"""One statement: opening, what happened, closing, and how old the balance is (S3-20)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import consumer_page
from portal_app.pages.billing.parts import aged_rows, day_form
from portal_app.state.billing.statements import StatementMailState, StatementState
from portal_app.state.billing.words import MovementEntry

STATE = StatementState
MAIL = StatementMailState
VIEW = StatementState.view


def statement_page() -> rx.Component:
    """Show the statement of the day that stands in the address."""
    pdf = ui.link_button("Statement PDF", VIEW.pdf, icon="file-down", tone="primary", file=True)
    waiting = ui.button("Statement PDF", icon="file-down", disabled=True)
    return consumer_page(
        ui.page_head(
            rx.cond(VIEW.as_of != "", f"Statement for {VIEW.as_of}", "Statement"),
            sub=rx.cond(VIEW.period, VIEW.period, "\N{NO-BREAK SPACE}"),
            actions=[
                rx.cond(VIEW.pdf, _mail(), rx.fragment()),
                rx.cond(VIEW.pdf, pdf, rx.cond(STATE.problem, rx.fragment(), waiting)),
            ],
            crumb=("Statements", "/statements"),
        ),
        ui.loading(
            STATE.is_loaded,
            rx.cond(STATE.problem != "", _refused(), _content()),
            ui.stack(ui.skeleton("figures", 3), ui.skeleton("detail", 5)),
        ),
        active="/statements",
    )


def _mail() -> rx.Component:
    return ui.button("Email it to me", icon="mail", on_click=MAIL.send(VIEW.key), busy=MAIL.busy)


def _refused() -> rx.Component:
    return ui.stack(
        ui.alert("There is no statement for that day", STATE.problem, tone="warn", id="no-day"),
        ui.card(day_form(STATE.today, STATE.today), title="Choose a day"),
    )


def _content() -> rx.Component:
    side = ui.stack(
        ui.card(aged_rows(VIEW.standing), title="How long it has been owed"),
        ui.card(day_form(VIEW.iso, STATE.today), title="Another day"),
    )
    unsent = ui.alert("The statement was not sent", MAIL.problem, tone="bad", id="errors")
    return ui.stack(
        rx.cond(MAIL.problem != "", unsent, rx.fragment()),
        _figures(),
        ui.columns(_movements(), side),
    )


def _figures() -> rx.Component:
    return ui.key_figures(
        ui.key_figure(
            VIEW.standing.label, VIEW.standing.balance, note=f"On {VIEW.as_of}", big=True
        ),
        ui.key_figure("Opening balance", VIEW.opening, note="Before the month began"),
        ui.key_figure("To pay", VIEW.standing.owed),
        label="Figures of this statement",
    )


def _movements() -> rx.Component:
    table = ui.data_table(
        caption="What was charged and paid",
        columns=[
            "What happened",
            "Date",
            "Reference",
            ui.th("Amount", end=True),
            ui.th("Balance", end=True),
        ],
        body=[_opening(), _earlier(), rx.foreach(VIEW.movements, _row)],
    )
    note = rx.cond(
        VIEW.note != "", rx.el.div(ui.paragraph(VIEW.note), class_name="card-b"), rx.fragment()
    )
    return ui.card(note, table, title="What was charged and paid", flush=True)


def _opening() -> rx.Component:
    return ui.table_row(
        ui.row_head("Opening balance"),
        ui.cell("", label="Date"),
        ui.cell("", label="Reference"),
        ui.cell("", label="Amount", end=True),
        ui.cell(VIEW.opening, label="Balance", end=True),
        key="opening",
    )


def _earlier() -> rx.Component:
    row = ui.table_row(
        ui.row_head("Earlier this month"),
        ui.cell("", label="Date"),
        ui.cell("", label="Reference"),
        ui.cell(VIEW.earlier, label="Amount", end=True),
        ui.cell("", label="Balance", end=True),
        key="earlier",
    )
    return rx.cond(VIEW.earlier != "", row, rx.fragment())


def _row(movement: MovementEntry) -> rx.Component:
    return ui.table_row(
        ui.row_head(movement.label, movement.detail),
        ui.cell(movement.on, label="Date", whole=True),
        ui.cell(movement.reference, label="Reference", whole=True),
        ui.cell(movement.amount, label="Amount", end=True, strong=True),
        ui.cell(movement.balance, label="Balance", end=True),
        key=movement.key,
    )
