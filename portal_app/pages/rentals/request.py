"""One request: confirmation when it was just sent, and its progress ever after."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.files import files_card
from portal_app.layout.shell import consumer_page
from portal_app.state.rentals.requests import Fact, OffRentRequestState

STATE = OffRentRequestState
REQUEST = STATE.request


def request_page() -> rx.Component:
    """Show where a request stands; it follows what the store does."""
    return consumer_page(
        ui.loading(
            STATE.is_loaded,
            ui.stack(
                rx.cond(STATE.is_sent, _confirmation(), _head()),
                ui.error_summary(STATE.problem),
                ui.columns(ui.stack(_progress(), _photos(), _store()), _facts()),
            ),
            ui.skeleton("detail", 4),
        ),
        active="/requests",
    )


def _confirmation() -> rx.Component:
    return ui.confirmation(
        "Your request is sent",
        reference=REQUEST.number,
        next_steps=[
            "Your store looks at it and confirms when rent stops. Until then rent goes on.",
            "We write to you at every step, and this page follows along.",
            "You can add photos below, such as of damage, and cancel until a time is agreed.",
        ],
        actions=[
            rx.el.button(
                "Copy the reference",
                type="button",
                class_name="btn",
                custom_attrs={"data-copy": REQUEST.number},
            ),
            rx.el.button(
                "Print this page", type="button", class_name="btn", custom_attrs={"data-print": ""}
            ),
            ui.link_button("Back to items out", "/items-out"),
        ],
    )


def _head() -> rx.Component:
    return ui.page_head(
        REQUEST.title,
        sub=REQUEST.sub,
        crumb=("Requests", "/requests"),
        tag=ui.status_tag(REQUEST.status, REQUEST.tone),
    )


def _progress() -> rx.Component:
    return ui.card(
        ui.stack(
            ui.timeline(REQUEST.steps),
            ui.paragraph(rx.el.b("What happens next: "), REQUEST.next),
            rx.cond(REQUEST.may_cancel, ui.row(_cancel()), rx.fragment()),
        ),
        title="Progress",
        action=ui.status_tag(REQUEST.status, REQUEST.tone),
    )


def _photos() -> rx.Component:
    return files_card(
        "photo-files",
        title="Photos",
        why="Show your store what is coming back, such as damage or the meter.",
        label="Choose photos",
        may_send=REQUEST.may_add_photos,
        rules=REQUEST.rules,
        owner=REQUEST.number,
        files=REQUEST.photos,
    )


def _cancel() -> rx.Component:
    return ui.confirm(
        title="Cancel this request?",
        body="Rent goes on as before. You can send a new request at any time.",
        verb="Cancel the request",
        cancel="Keep it",
        on_confirm=STATE.cancel(REQUEST.key),
        trigger=ui.button("Cancel request"),
        busy=STATE.busy,
    )


def _facts() -> rx.Component:
    return ui.card(
        ui.summary_rows(rx.foreach(REQUEST.facts, _fact)),
        title="Your request",
        action=ui.text_link("See the contract", REQUEST.line_href),
    )


def _fact(fact: Fact) -> rx.Component:
    return ui.summary_row(fact.name, fact.value)


def _store() -> rx.Component:
    words = rx.fragment(
        "Questions? Call ",
        REQUEST.store,
        rx.cond(REQUEST.store_phone != "", rx.fragment(" on ", REQUEST.store_phone), rx.fragment()),
        ".",
    )
    return rx.cond(REQUEST.store != "", ui.paragraph(words, quiet=True), rx.fragment())
