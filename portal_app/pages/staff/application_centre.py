"""The Customer Centre of an application: who comes in, what they fill in, what they are sent."""

from typing import Any

import reflex as rx

from portal_app import components as ui
from portal_app.services import templates
from portal_app.state.applications.desk import ApplicationDeskState
from portal_app.state.applications.desk_views import FormRow, PartyRow
from portal_app.state.applications.words import Option

STATE = ApplicationDeskState
VIEW = STATE.view
LETTER = STATE.letter
CHOSEN: Any = LETTER.chosen
WRONG = STATE.field_problems
LABELS = {"parties": "Who gets it", "subject": "Subject", "text": "Text"}


def centre() -> rx.Component:
    """Set who comes in beside what they see."""
    return ui.stack(
        rx.cond(LETTER.is_open, rx.fragment(), ui.error_summary(STATE.problem, WRONG)),
        rx.cond(VIEW.submitted != "", _handed_in(), rx.fragment()),
        rx.cond(STATE.link != "", _copied(), rx.fragment()),
        ui.columns(_people(), ui.stack(_forms(), _sharing())),
    )


def _handed_in() -> rx.Component:
    again = ui.button("Open it again", on_click=STATE.reopen(""))
    return ui.alert("Handed in", VIEW.submitted, tone="good", action=again, id="handed-in")


def _copied() -> rx.Component:
    """Show the link as text as well: some browsers let no page reach the clipboard."""
    box = rx.el.input(
        value=STATE.link, read_only=True, class_name="in", aria_label="The link",
        type="text",
    )  # fmt: skip
    return ui.alert(
        rx.fragment("The link of ", STATE.link_for, ", shown this once"),
        rx.fragment("It works for seven days, and for them alone. ", box),
        action=ui.row(
            ui.button("Copy", icon="copy", custom_attrs={"data-copy": STATE.link}),
            ui.button("Done", on_click=STATE.forget_link, tone="quiet"),
        ),
        tone="info",
        id="copied",
        live=True,
    )


def _people() -> rx.Component:
    send = ui.button("Send invitation", on_click=STATE.write, tone="primary", icon="send")
    return ui.card(
        rx.el.div(ui.paragraph(VIEW.sharing_note), class_name="card-b"),
        rx.el.ul(rx.foreach(VIEW.parties, _party), class_name="list", role="list"),
        title="Who may come in",
        action=rx.cond(VIEW.invitable, send, rx.fragment()),
        flush=True,
        id="who",
    )


def _party(row: PartyRow) -> rx.Component:
    box = rx.el.label(
        rx.el.input(
            type="checkbox",
            checked=row.is_enabled,
            disabled=~row.may_be_invited & ~row.is_enabled,
            on_change=STATE.set_access(row.id, ~row.is_enabled),
        ),
        rx.el.span(row.name),
        rx.el.span(row.role, class_name="hint"),
        class_name="choice plain",
    )
    why = rx.foreach(row.missing, lambda words: rx.el.span(words, rx.el.br()))
    mend = ui.text_link("See their details", row.href, suffix="of the party")
    cannot = rx.el.p(why, mend, class_name="m")
    left = rx.cond(row.until != "", ui.countdown(row.until, over="The link has run out"), "")
    note = rx.el.p(row.note, rx.cond(row.until != "", rx.fragment(" · ", left), ""), class_name="m")
    aside = ui.button(
        "Send no new link", on_click=STATE.set_aside(row.id), small=True, suffix=row.name
    )
    copy = ui.button(
        row.copy_verb, on_click=STATE.copy_link(row.id), small=True, icon="copy", suffix=row.name
    )
    act = ui.row(
        ui.status_tag(row.status, row.tone),
        rx.cond(row.may_be_invited, copy, rx.fragment()),
        rx.cond(row.asks, aside, rx.fragment()),
    )
    words = rx.cond(row.missing, cannot, note)
    return rx.el.li(rx.el.div(ui.stack(box, words, act, tight=True), class_name="li"), key=row.id)


def _forms() -> rx.Component:
    none = ui.paragraph(
        "There are no questionnaires yet. Managers build them under Set up, Forms.", quiet=True
    )
    return ui.card(
        ui.stack(
            rx.el.h3("Questionnaires", class_name="h3"),
            rx.cond(VIEW.questionnaires, _listed(VIEW.questionnaires), none),
            rx.cond(VIEW.sections, rx.el.h3("Sections", class_name="h3"), rx.fragment()),
            rx.cond(VIEW.sections, _listed(VIEW.sections), rx.fragment()),
        ),
        title="What they fill in",
        id="forms",
    )


def _listed(rows: rx.Var[list[FormRow]]) -> rx.Component:
    return rx.el.ul(rx.foreach(rows, _form), class_name="checks", role="list")


def _form(row: FormRow) -> rx.Component:
    box = rx.el.label(
        rx.el.input(
            type="checkbox", checked=row.is_shared, on_change=STATE.share(row.key, ~row.is_shared)
        ),
        rx.el.span(row.title),
        rx.el.span(row.progress, class_name="hint"),
        class_name="choice plain",
    )
    again = ui.button("Open again", on_click=STATE.reopen(row.key), small=True, suffix=row.title)
    return rx.el.li(
        box,
        ui.status_tag(row.status, row.tone),
        rx.cond(row.is_complete, again, rx.fragment()),
        key=row.key,
    )


def _sharing() -> rx.Component:
    return ui.card(
        rx.el.div(
            ui.radio_group(
                "Who sees whose answers",
                "sharing",
                [
                    ("shared", "Everybody sees and changes everything"),
                    ("own_sections", "Everybody keeps to their own sections"),
                ],
                value=VIEW.sharing,
                on_change=STATE.set_sharing,
            ),
            key=VIEW.sharing,
        ),
        title="Sharing",
        id="sharing-card",
    )


def letter_sheet() -> rx.Component:
    """Write the letter that invites, see what it will say, and send it (S2-12 to S2-15)."""
    return ui.sheet(
        title="Send invitation",
        description="Everybody gets a letter of their own with a link of their own.",
        body=rx.cond(LETTER.preview_text != "", _check(), rx.el.div(_letter(), key=LETTER.drawn)),
        open=LETTER.is_open,
        on_open_change=STATE.close_letter,
    )


def _letter() -> rx.Component:
    return ui.form(
        ui.error_summary(STATE.problem, WRONG, LABELS),
        ui.checkbox_group(
            "Who gets it", [rx.foreach(VIEW.invitable, _reader)], id="parties",
            error=WRONG["parties"], hint=VIEW.sharing_note,
        ),
        ui.field(
            "Template",
            ui.select(
                "template", LETTER.templates, value=LETTER.template, on_change=STATE.use_template
            ),
            id="template",
            hint="Its words take the place of what you have written.",
        ),
        ui.field(
            "Subject", ui.tag_input("subject", tags=LETTER.tags, value=LETTER.subject),
            id="subject", error=WRONG["subject"],
        ),
        ui.field(
            "Text",
            ui.tag_area(
                "text", tags=LETTER.tags, value=LETTER.text, rows=12, limit=templates.TEXT_LIMIT
            ),
            id="text",
            hint="Change the words as you like, for this letter alone. Press a tag below to put it "
            "where the cursor is.",
            error=WRONG["text"],
        ),
        ui.form_help(tags=LETTER.tags),
        ui.hidden_input("key", LETTER.key),
        ui.actions(ui.submit_button("Preview", busy=STATE.busy)),
        on_submit=STATE.preview,
        wide=True,
    )  # fmt: skip


def _reader(one: Option) -> rx.Component:
    box = rx.el.input(
        type="checkbox",
        name="to-" + one.value,
        value="yes",
        default_checked=(CHOSEN.length() == 0) | CHOSEN.contains(one.value),
    )
    return rx.el.label(box, rx.el.span(one.label), class_name="choice", key=one.value)


def _check() -> rx.Component:
    """Show the letter as the first of its readers will see it, and send it from there."""
    words = rx.el.p(LETTER.preview_text, style={"white-space": "pre-line"})
    return ui.stack(
        ui.error_summary(STATE.problem, WRONG),
        ui.card(words, title=LETTER.preview_subject, id="preview"),
        ui.actions(
            ui.button(
                rx.fragment("Send ", LETTER.readers), on_click=STATE.send, tone="primary",
                busy=STATE.busy,
            ),
            ui.button("Change the words", on_click=STATE.change_letter),
        ),
    )  # fmt: skip
