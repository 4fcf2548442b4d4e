"""One change on the right of the queue: now and asked for, steps, history, and the decision."""

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import Content, Handler, shown
from portal_app.layout.queue import queue_sheet
from portal_app.state.changes.queue import ChangeQueueState
from portal_app.state.changes.queue_views import Compared, Fact, StepRow

STATE = ChangeQueueState
SHEET = STATE.sheet
WRONG = STATE.field_problems


def change_sheet() -> rx.Component:
    """Open over the list when the address names a change."""
    return queue_sheet(
        STATE,
        ui.row(
            ui.status_tag(SHEET.status, SHEET.tone),
            shown(SHEET.customer_href, _customer()),
        ),
        ui.error_summary(STATE.problem, WRONG),
        shown(SHEET.failure, _failure()),
        _compare(),
        _decisions(),
        rx.cond(SHEET.has_steps, _steps(), rx.fragment()),
        ui.summary_rows(rx.foreach(SHEET.facts, _fact)),
        rx.el.h3("History", class_name="h3"),
        ui.timeline(SHEET.moments),
    )


def _customer() -> rx.Component:
    return ui.text_link("See the customer", SHEET.customer_href)


def _failure() -> rx.Component:
    return ui.alert(
        "This could not be applied", SHEET.failure, tone="bad", id="not-applied", live=True
    )


def _compare() -> rx.Component:
    return ui.data_table(
        caption="Now and asked for",
        columns=["Field", "Now", "Asked for"],
        body=rx.foreach(SHEET.fields, _field),
    )


def _field(one: Compared) -> rx.Component:
    now = rx.el.span(one.now, rx.el.span(one.was, class_name="m"))
    return ui.table_row(
        ui.row_head(one.label),
        ui.cell(now, label="Now"),
        ui.cell(one.asked, label="Asked for", strong=True),
        key=one.label,
    )


def _decisions() -> rx.Component:
    return ui.stack(
        shown(SHEET.hindrance, ui.paragraph(SHEET.hindrance, quiet=True)),
        rx.cond(SHEET.may_approve, _approve(), rx.fragment()),
        rx.cond(SHEET.may_retry, _retry(), rx.fragment()),
        rx.cond(SHEET.may_reject, _reject(), rx.fragment()),
    )


def _form(
    *fields: rx.Component, verb: Content, on_submit: Handler, tone: str = "primary"
) -> rx.Component:
    return ui.form(
        *fields,
        ui.hidden_input("number", SHEET.number),
        ui.hidden_input("version", SHEET.version),
        ui.hidden_input("key", SHEET.key),
        ui.actions(ui.submit_button(verb, tone=tone, busy=STATE.busy)),
        on_submit=on_submit,
        wide=True,
    )


def _approve() -> rx.Component:
    note = ui.field(
        "Note for colleagues (optional)",
        ui.text_input("note"),
        id="note",
        hint="What you checked. The customer does not read it.",
        error=WRONG["note"],
    )
    following = rx.fragment(rx.el.b("Next step: "), SHEET.next_step)
    return _form(
        shown(SHEET.next_step, ui.paragraph(following)),
        note,
        verb=SHEET.verb,
        on_submit=STATE.approve,
    )


def _retry() -> rx.Component:
    return _form(verb="Try again", on_submit=STATE.retry)


def _reject() -> rx.Component:
    reason = ui.field(
        "Why?",
        ui.text_area("reason", rows=3, limit=400),
        id="reason",
        hint="The customer reads this. Everything stays as it is.",
        error=WRONG["reason"],
    )
    return ui.disclosure(
        "Reject this request",
        _form(reason, verb="Reject", on_submit=STATE.reject, tone="danger"),
    )


def _steps() -> rx.Component:
    return ui.stack(
        rx.el.h3("Steps", class_name="h3"),
        ui.checklist(rx.foreach(SHEET.steps, _step)),
        tight=True,
    )


def _step(step: StepRow) -> rx.Component:
    return ui.checklist_item(step.title, done=step.is_done, hint=step.who)


def _fact(fact: Fact) -> rx.Component:
    return ui.summary_row(fact.name, fact.value)
