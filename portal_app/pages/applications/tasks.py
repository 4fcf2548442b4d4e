"""One application: what is to be filled in, by whom, and handing it in (S2-21)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import consumer_page
from portal_app.state.applications.filling import ApplicationState
from portal_app.state.applications.filling_views import TaskGroup, TaskRow

STATE = ApplicationState
VIEW = STATE.view


def application_page() -> rx.Component:
    """Show the forms with how far each is; it follows what the others do."""
    return consumer_page(
        ui.loading(STATE.is_loaded, _content(), ui.skeleton("detail", 4)),
        active="/applications",
    )


def _content() -> rx.Component:
    return ui.stack(
        ui.page_head(VIEW.title, sub=VIEW.sub, crumb=("Applications", "/applications")),
        ui.error_summary(STATE.problem),
        rx.cond(VIEW.submitted != "", _handed_in(), rx.fragment()),
        ui.columns(
            ui.stack(rx.foreach(VIEW.groups, _group)),
            _progress(),
        ),
    )


def _handed_in() -> rx.Component:
    words = rx.fragment(VIEW.submitted, " ", VIEW.next)
    return ui.alert("Handed in", words, tone="good", id="handed-in")


def _progress() -> rx.Component:
    hand_in = ui.confirm(
        title="Hand your application in?",
        body="Nobody can change it after that, until we open it again for you.",
        verb="Hand in",
        tone="primary",
        on_confirm=STATE.submit,
        trigger=ui.button("Hand in", tone="primary"),
    )
    return ui.card(
        ui.stack(
            ui.progress_bar(VIEW.done, VIEW.progress, top=VIEW.asked),
            rx.cond(VIEW.submitted == "", ui.paragraph(VIEW.next), rx.fragment()),
            rx.cond(VIEW.may_submit, hand_in, rx.fragment()),
            ui.shown(VIEW.until, ui.paragraph(VIEW.until, quiet=True)),
        ),
        title="How far you are",
    )


def _group(group: TaskGroup) -> rx.Component:
    return rx.el.section(
        rx.el.div(rx.el.h2(group.title, class_name="h2"), class_name="card-h"),
        ui.link_list(rx.foreach(group.tasks, _task)),
        class_name="card",
        aria_label=group.title,
        key=group.title,
    )


def _task(task: TaskRow) -> rx.Component:
    changed = ui.shown(task.changed, rx.fragment(" · ", task.changed))
    return ui.row_link(
        task.title,
        rx.fragment(task.progress, changed),
        task.href,
        right=ui.status_tag(task.status, task.tone),
    )
