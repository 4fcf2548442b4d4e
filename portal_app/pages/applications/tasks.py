"""What is to be filled in for an application, by whom, and handing it in (S2-21)."""

import reflex as rx

from portal_app import components as ui
from portal_app.state.applications.filling import ApplicationState
from portal_app.state.applications.task_views import TaskGroup, TaskRow

STATE = ApplicationState
VIEW = STATE.view


def where_forms_are(content: rx.Component) -> rx.Component:
    """Show something only where there is anything to fill in."""
    return rx.cond(VIEW.groups, content, rx.fragment())


def forms_to_fill_in() -> rx.Component:
    """Show the forms with how far each is; it follows what the others do."""
    return where_forms_are(ui.stack(rx.foreach(VIEW.groups, _group)))


def handed_in() -> rx.Component:
    """Say that the application was handed in, once it was."""
    words = rx.fragment(VIEW.submitted, " ", VIEW.next)
    told = ui.alert("Handed in", words, tone="good", id="handed-in")
    return rx.cond(VIEW.submitted != "", told, rx.fragment())


def how_far() -> rx.Component:
    """Show how much is filled in, and hand it in."""
    hand_in = ui.confirm(
        title="Hand your application in?",
        body="Nobody can change it after that, until we open it again for you.",
        verb="Hand in",
        tone="primary",
        on_confirm=STATE.submit(VIEW.key),
        trigger=ui.button("Hand in", tone="primary"),
    )
    return ui.card(
        ui.stack(
            ui.progress_bar(VIEW.done, VIEW.progress, top=VIEW.asked),
            rx.cond(VIEW.submitted == "", ui.paragraph(VIEW.next), rx.fragment()),
            ui.shown(
                VIEW.go_on,
                ui.row(
                    ui.link_button(
                        rx.fragment("Go on with ", VIEW.go_on), VIEW.go_on_href, tone="primary"
                    )
                ),
            ),
            rx.cond(VIEW.may_submit, ui.row(hand_in), rx.fragment()),
            ui.shown(VIEW.until, ui.paragraph(VIEW.until, quiet=True)),
        ),
        title="How far you are",
    )


def _group(group: TaskGroup) -> rx.Component:
    """Show the forms of one person; opening another folds these away."""
    return ui.fold(
        group.title,
        ui.link_list(rx.foreach(group.tasks, _task)),
        note=group.left,
        right=ui.status_tag(group.status, group.tone),
        is_open=group.is_open,
        among="forms",
    )


def _task(task: TaskRow) -> rx.Component:
    changed = ui.shown(task.changed, rx.fragment(" · ", task.changed))
    return ui.row_link(
        task.title,
        rx.fragment(task.progress, changed),
        task.href,
        right=ui.status_tag(task.status, task.tone),
    )
