"""What a customer was told, in one place."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.listing import listing
from portal_app.layout.shell import consumer_page
from portal_app.state.notifications.inbox import InboxState, NoticeRow

STATE = InboxState


def inbox_page() -> rx.Component:
    """List what this person was told, newest first."""
    return consumer_page(
        ui.page_head(
            "Messages to you",
            sub="What happened on your account. We write to you as well, the way you chose.",
            actions=[
                ui.link_button("How we tell you", "/notifications/choices"),
                rx.cond(
                    STATE.unread != "",
                    ui.button("Mark all as read", on_click=STATE.mark_all_read),
                    rx.fragment(),
                ),
            ],
        ),
        ui.loading(STATE.is_loaded, _listing(), ui.skeleton("list", 4)),
        active="/notifications",
    )


def _listing() -> rx.Component:
    rows = ui.link_list(rx.foreach(STATE.rows, _row))
    return rx.fragment(ui.result_count(STATE.unread), listing(STATE, body=rows, nothing=_nothing()))


def _row(notice: NoticeRow) -> rx.Component:
    title = rx.cond(notice.href != "", ui.text_link(notice.title, notice.href), notice.title)
    read = ui.button(
        "Mark as read", on_click=STATE.mark_read(notice.id), small=True, suffix=notice.title
    )
    new = ui.row(ui.status_tag("New", "info"), read)
    return ui.plain_row(
        title,
        rx.fragment(notice.body, rx.el.span(notice.when, class_name="m")),
        right=rx.cond(notice.is_new, new, rx.fragment()),
    )


def _nothing() -> rx.Component:
    return ui.empty(
        "bell",
        "Nothing yet",
        "We write here when something happens on your account, such as a pick-up being scheduled.",
        action=ui.link_button("Go to your summary", "/"),
    )
