"""A proposal: six sections in their order, and what was written about it (S4-14)."""

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import Content
from portal_app.layout.consents import marketing_switches
from portal_app.layout.files import listed_files
from portal_app.layout.paragraphs import written
from portal_app.layout.shell import consumer_page
from portal_app.pages.applications.proposal_dialogs import documents_dialog, message_dialog
from portal_app.pages.applications.tasks import (
    forms_to_fill_in,
    handed_in,
    how_far,
    where_forms_are,
)
from portal_app.state.applications.filling import ApplicationState
from portal_app.state.proposals.own import DOCUMENTS, MESSAGE, ProposalState
from portal_app.state.proposals.words import AskedRow, FieldRow

STATE = ProposalState
VIEW = STATE.proposal
TASKS = ApplicationState.view


def proposal_page() -> rx.Component:
    """Show a proposal; it follows what staff do, and what the other parties fill in."""
    is_here = STATE.is_loaded & ApplicationState.is_loaded
    return consumer_page(
        ui.loading(is_here, _content(), ui.skeleton("detail", 6)), active="/applications"
    )


def _content() -> rx.Component:
    return ui.stack(
        ui.page_head(
            TASKS.title, sub=TASKS.sub, crumb=("Applications", "/applications"), key=VIEW.number
        ),
        ui.error_summary(ApplicationState.problem),
        handed_in(),
        written(VIEW.introduction),
        where_forms_are(how_far()),
        ui.columns(_sections(), ui.stack(_asked(), _messages())),
        message_dialog(),
        documents_dialog(),
    )


def _sections() -> rx.Component:
    return ui.stack(
        forms_to_fill_in(),
        rx.cond(VIEW.customer, _fields("Customer information", VIEW.customer), rx.fragment()),
        marketing_switches(
            VIEW.ways, agree=STATE.agree, withdraw=STATE.withdraw, has_receipts=True
        ),
        _calls_to_action(),
        rx.cond(VIEW.vehicle, _fields("Vehicle details", VIEW.vehicle), rx.fragment()),
        rx.cond(VIEW.finance, _fields("Finance details", VIEW.finance), rx.fragment()),
        _attached(),
    )


def _fields(title: str, rows: rx.Var[list[FieldRow]]) -> rx.Component:
    return ui.card(ui.summary_rows(rx.foreach(rows, _field)), title=title)


def _field(row: FieldRow) -> rx.Component:
    supply = rx.cond(
        row.href != "",
        ui.text_link("Supply it", row.href, suffix=row.label),
        ui.text_button(
            rx.fragment("Tell us", ui.visually_hidden(f" {row.label}")),
            on_click=STATE.open(MESSAGE),
        ),
    )
    value = rx.el.span(rx.foreach(row.lines, lambda line: rx.el.span(line, rx.el.br())))
    return ui.summary_row(
        row.label,
        rx.cond(row.is_missing, "Not provided", value),
        rx.cond(row.is_missing, supply, rx.fragment()),
    )


def _calls_to_action() -> rx.Component:
    send = ui.button("Send documents", on_click=STATE.open(DOCUMENTS), tone="primary")
    write = ui.button("Send a message", on_click=STATE.open(MESSAGE))
    words = "Send us proofs and papers, or ask us anything about your proposal."
    return ui.card(
        ui.stack(ui.paragraph(words), ui.row(send, write)),
        title="Calls to action",
        id="calls-to-action",
    )


def _asked() -> rx.Component:
    listed = rx.el.ul(rx.foreach(VIEW.asked, _asked_row), class_name="list", role="list")
    return rx.cond(
        VIEW.asked,
        ui.card(listed, title="Documents we need", flush=True, id="asked"),
        rx.fragment(),
    )


def _asked_row(row: AskedRow) -> rx.Component:
    return ui.plain_row(row.label, row.next, right=ui.status_tag(row.status, row.tone), below=True)


def _attached() -> rx.Component:
    none = ui.empty(
        "paperclip",
        "No documents yet",
        "What you send, and what we make available to you, appears here.",
    )
    listed = rx.cond(VIEW.files, listed_files(VIEW.files), none)
    return ui.card(listed, title="Attached documents", id="documents")


def _messages() -> rx.Component:
    none = ui.paragraph("Nothing has been written yet. We answer here.", quiet=True)
    return ui.card(
        ui.stack(
            ui.load_more(has_more=STATE.earlier != "", on_click=STATE.show_earlier),
            rx.cond(STATE.older, ui.conversation(STATE.older, label="Earlier"), rx.fragment()),
            _live(rx.cond(VIEW.said, ui.conversation(VIEW.said, label="Messages"), none)),
        ),
        title="Messages",
        id="messages",
    )


def _live(content: Content) -> rx.Component:
    return rx.el.div(content, custom_attrs={"aria-live": "polite"})
