"""The documents of an application, for staff (S4-21, S4-22, S4-28, S4-31)."""

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import Content
from portal_app.layout.papers import CHOICES, label_field
from portal_app.state.proposals.desk import ApplicationPapersState
from portal_app.state.proposals.words import AskedRow, PaperRow

STATE = ApplicationPapersState
VIEW = STATE.view
WRONG = STATE.field_problems
LABELS = {"label": "What you need", "reason": "Why not"}


def papers_section() -> rx.Component:
    """Show what customers sent, what staff attached, and what is asked for."""
    return ui.loading(
        STATE.is_loaded,
        ui.stack(
            ui.error_summary(STATE.problem, WRONG, LABELS),
            ui.columns(ui.stack(_imported(), _attached()), _asked()),
        ),
        ui.skeleton("list", 4),
    )


def _imported() -> rx.Component:
    none = ui.empty(
        "inbox",
        "Nothing has come yet",
        "What customers send appears here at once, and opens once it has been checked.",
    )
    take = rx.cond(
        VIEW.archive != "",
        ui.external_link("Export all as zip", VIEW.archive, alone=True),
        rx.fragment(),
    )
    listed = rx.cond(VIEW.imported, _listed(VIEW.imported), none)
    return ui.card(listed, title="Imported documents", action=take, flush=True, id="imported")


def _attached() -> rx.Component:
    none = rx.el.div(
        ui.paragraph("Nothing is attached yet. Customers see only what is ticked.", quiet=True),
        class_name="card-b",
    )
    return ui.card(
        rx.cond(VIEW.attached, _listed(VIEW.attached), none),
        rx.cond(VIEW.is_ended, rx.fragment(), rx.el.div(_attach(), class_name="card-b")),
        title="Attached documents",
        flush=True,
        id="attached",
    )


def _attach() -> rx.Component:
    box = ui.uploader(
        "staff-files",
        label="Choose files",
        hint=VIEW.rules.hint,
        purpose=VIEW.rules.purpose,
        owner=VIEW.number,
        rules=VIEW.rules,
        kept=VIEW.files,
        about=STATE.label,
    )
    return ui.disclosure(
        "Attach documents",
        ui.stack(
            label_field(STATE.label, on_change=STATE.choose),
            rx.cond(STATE.label != "", box, rx.fragment()),
        ),
    )


def _listed(rows: rx.Var[list[PaperRow]]) -> rx.Component:
    return rx.el.ul(rx.foreach(rows, _paper), class_name="list", role="list")


def _paper(row: PaperRow) -> rx.Component:
    file = row.file
    name = rx.cond(file.href != "", ui.external_link(file.name, file.href), rx.fragment(file.name))
    tick = rx.el.label(
        rx.el.input(
            type="checkbox",
            checked=row.is_visible,
            on_change=rx.cond(row.is_visible, STATE.hide(file.id), STATE.show(file.id)),
        ),
        rx.el.span("Visible on customer portal", ui.visually_hidden(f" for {file.name}")),
        class_name="choice plain",
    )
    meta = rx.fragment(file.meta, ui.shown(file.note, rx.fragment(rx.el.br(), file.note)))
    return ui.plain_row(
        name,
        rx.fragment(meta, rx.cond(row.is_ready, tick, rx.fragment())),
        right=ui.status_tag(file.status, file.tone),
    )


def _asked() -> rx.Component:
    listed = rx.el.ul(rx.foreach(VIEW.asked, _asked_row), class_name="list", role="list")
    none = _padded(ui.paragraph("Nothing has been asked for.", quiet=True))
    ask = ui.form(
        ui.field(
            LABELS["label"],
            ui.select("asked-label", CHOICES, name="label"),
            id="asked-label",
            error=WRONG["label"],
        ),
        ui.hidden_input("number", VIEW.number),
        ui.hidden_input("key", VIEW.key),
        ui.actions(ui.submit_button("Ask for it", tone="", busy=STATE.busy)),
        on_submit=STATE.ask_for,
        wide=True,
        key=VIEW.key,
    )
    return ui.card(
        rx.cond(VIEW.asked, listed, none),
        rx.cond(VIEW.is_ended, rx.fragment(), _padded(ask)),
        title="Documents we need",
        flush=True,
        id="asked",
    )


def _padded(content: Content) -> rx.Component:
    return rx.el.div(content, class_name="card-b")


def _asked_row(row: AskedRow) -> rx.Component:
    accept = ui.button("Accept", on_click=STATE.accept(row.id), small=True, suffix=row.label)
    turn_down = ui.disclosure(
        "Turn it down",
        ui.form(
            ui.field(
                LABELS["reason"], ui.text_input(f"reason-{row.id}", name="reason"),
                id=f"reason-{row.id}", hint="The customer reads this.", error=WRONG["reason"],
            ),
            ui.hidden_input("request", row.id),
            ui.actions(ui.submit_button("Turn it down", tone="", suffix=row.label)),
            on_submit=STATE.turn_down,
            wide=True,
        ),
    )  # fmt: skip
    drop = ui.button(
        "Not needed", on_click=STATE.withdraw(row.id), small=True, tone="quiet", suffix=row.label
    )
    acts = rx.cond(
        row.is_here,
        ui.stack(ui.row(accept), turn_down, tight=True),
        rx.cond(row.is_open, ui.row(drop), rx.fragment()),
    )
    tag = ui.status_tag(row.status, row.tone)
    return ui.plain_row(row.label, row.next, right=ui.stack(tag, acts, tight=True), below=True)
