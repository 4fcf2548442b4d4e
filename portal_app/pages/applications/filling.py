"""One form of an application: any template, drawn from what it says of its fields (S2-21)."""

from typing import Any

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import consumer_page
from portal_app.state.applications.filling import FillingState
from portal_app.state.applications.filling_views import AnswerField, Block, GroupRow
from portal_app.state.applications.words import Option

STATE = FillingState
VIEW = STATE.view


def filling_page() -> rx.Component:
    """Show the questions; every answer saves itself and comes to the others at once."""
    return consumer_page(
        ui.loading(STATE.is_loaded, _content(), ui.skeleton("form", 6)),
        active="/applications",
    )


def _content() -> rx.Component:
    return ui.stack(
        ui.page_head(VIEW.title, sub=VIEW.sub, crumb=("The whole application", VIEW.back)),
        ui.error_summary(STATE.problem),
        ui.shown(VIEW.closed, ui.alert(VIEW.closed, tone="info", id="closed")),
        ui.card(
            ui.stack(
                ui.shown(VIEW.introduction, ui.paragraph(VIEW.introduction)),
                ui.progress_bar(VIEW.done, VIEW.progress, top=VIEW.asked),
                rx.el.div(
                    ui.patched(STATE.blocks, STATE.changes, _block),
                    ui.paragraph("Saved as you type.", quiet=True),
                    ui.actions(
                        ui.link_button("Continue", VIEW.next_href, tone="primary"),
                        ui.link_button("The whole application", VIEW.back),
                    ),
                    class_name="form",
                ),
            )
        ),
    )


def _block(block: Block) -> rx.Component:
    return rx.cond(block.is_group, _rows(block), _field(block.question))


def _rows(block: Block) -> rx.Component:
    add = ui.button(block.verb, on_click=STATE.add_row(block.key), icon="plus")
    return rx.el.fieldset(
        rx.el.legend(block.title, class_name="legend"),
        ui.shown(block.hint, rx.el.p(block.hint, class_name="hint")),
        ui.stack(rx.foreach(block.rows, _row), rx.cond(block.may_add, add, rx.fragment())),
        class_name="field group",
    )


def _row(row: GroupRow) -> rx.Component:
    remove = ui.button(
        "Remove", on_click=STATE.remove_row(row.group, row.number), small=True, suffix=row.title
    )
    return rx.el.div(
        rx.el.h3(row.title, class_name="h3"),
        rx.foreach(row.fields, _field),
        rx.cond(VIEW.may_edit, remove, rx.fragment()),
        class_name="stack tight",
        key=row.number,
    )


def _field(one: AnswerField) -> rx.Component:
    return rx.el.div(
        rx.el.label(one.label, html_for=one.id),
        ui.shown(one.hint, rx.el.p(one.hint, class_name="hint")),
        ui.shown(one.problem, rx.el.p(one.problem, class_name="err", id=one.id + "-err")),
        rx.cond(VIEW.may_edit, _control(one), rx.el.p(one.shown)),
        rx.cond(one.conflict != "", _choice(one), rx.fragment()),
        ui.shown(one.note, rx.el.p(one.note, class_name="hint", role="status")),
        class_name="field",
        key=one.key,
    )


def _control(one: AnswerField) -> rx.Component:
    return rx.fragment(
        rx.match(
            one.kind,
            ("select", _box(one, rx.foreach(one.options, _option), kind="select")),
            ("area", _box(one, kind="textarea", rows="3")),
            ("date", _box(one, type="date")),
            _box(one, type="text", inputMode=one.mode),
        )
    )


def _box(
    one: AnswerField, *options: rx.Component, kind: str = "input", **more: Any
) -> rx.Component:
    return ui.autosave(
        one.id,
        *options,
        kind=kind,
        value=one.value,
        version=one.version,
        saved=one.saved,
        acked=one.acked,
        round=one.round,
        taken=one.taken,
        draft=one.draft,
        on_save=lambda text, version: STATE.save(one.key, text, version),
        **{
            "autoComplete": "off",
            "aria-invalid": rx.cond(one.problem != "", "true", "false"),
            "aria-describedby": one.id + "-err",
            **more,
        },
    )


def _option(option: Option) -> rx.Component:
    return rx.el.option(option.label, value=option.value)


def _choice(one: AnswerField) -> rx.Component:
    """Let the person choose between two answers: neither is lost in silence."""
    return rx.el.div(
        rx.el.p(one.conflict),
        ui.row(
            ui.button("Keep mine", on_click=STATE.keep_mine(one.key), small=True, suffix=one.label),
            ui.button(
                "Take theirs", on_click=STATE.take_theirs(one.key), small=True, suffix=one.label
            ),
        ),
        class_name="alert warn",
        role="alert",
    )
