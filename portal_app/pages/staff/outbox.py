"""What was sent to customers, and what became of it."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.listing import listing, search
from portal_app.layout.shell import staff_page
from portal_app.state.notifications.outbox import MessageRow, OutboxState

STATE = OutboxState
SHEET = STATE.sheet
COUNTS = STATE.counts


def outbox_page() -> rx.Component:
    """List letters and texts, and open one on the right."""
    return staff_page(
        ui.page_head("Outbox", sub="Every letter and text to customers, and whether it arrived."),
        ui.loading(STATE.is_loaded, _listing(), ui.skeleton("table", 6)),
        _sheet(),
        active="/staff/outbox",
    )


def _listing() -> rx.Component:
    views = [
        ("", "All", COUNTS.all),
        ("queued", "Waiting", COUNTS.queued),
        ("failed", "Not sent", COUNTS.failed),
        ("suppressed", "Held back", COUNTS.suppressed),
    ]
    return listing(
        STATE,
        ui.segmented(
            options=views, value=STATE.show, on_pick=STATE.pick, label="What became of it"
        ),
        search(STATE, "Search by recipient", "Start of an address or number"),
        body=_table(),
        nothing=_nothing(),
    )


def _table() -> rx.Component:
    return ui.data_table(
        caption="Emails and texts",
        columns=["To", "Status", "About", "Kind", "Written"],
        body=rx.foreach(STATE.rows, _row),
    )


def _row(message: MessageRow) -> rx.Component:
    link = ui.text_link(message.recipient, message.href, suffix=f"{message.about}, {message.when}")
    return ui.table_row(
        ui.row_head(link),
        ui.status_cell(ui.status_tag(message.status, message.tone)),
        ui.cell(message.about, label="About"),
        ui.cell(message.channel, label="Kind"),
        ui.cell(message.when, label="Written", whole=True),
        key=message.id,
    )


def _nothing() -> rx.Component:
    filtered = (STATE.search != "") | (STATE.show != "")
    return rx.cond(
        filtered,
        ui.empty(
            "search-x",
            "No message matches",
            "Try another address or another view.",
            action=ui.button("Show all messages", on_click=[STATE.pick(""), STATE.look_for("")]),
        ),
        ui.empty(
            "send", "Nothing was sent yet", "Emails and texts appear here as they are written."
        ),
    )


def _sheet() -> rx.Component:
    return ui.sheet(
        title=SHEET.title,
        description=SHEET.sub,
        body=ui.stack(
            ui.row(ui.status_tag(SHEET.status, SHEET.tone)),
            rx.cond(SHEET.fault != "", ui.paragraph(SHEET.fault), rx.fragment()),
            rx.cond(SHEET.sent != "", ui.paragraph("Sent ", SHEET.sent), rx.fragment()),
            rx.cond(SHEET.is_hidden, _hidden(), _words()),
        ),
        open=SHEET.id != "",
        on_open_change=STATE.close,
    )


def _hidden() -> rx.Component:
    return ui.paragraph(
        "Emails and texts are read by those they were sent to. Staff see who, when and whether.",
        quiet=True,
    )


def _words() -> rx.Component:
    html = ui.disclosure("The HTML part", ui.as_written(SHEET.html))
    return ui.stack(
        rx.el.h3("The words", class_name="h3"),
        ui.as_written(SHEET.text),
        rx.cond(SHEET.html != "", html, rx.fragment()),
    )
