"""One message in the operator's own words: write, look, try, publish (S2-13 to S2-15)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.confirming import confirm_first
from portal_app.layout.shell import staff_page
from portal_app.services import templates
from portal_app.state.templates.editor import TemplateState
from portal_app.state.templates.list import PAGE
from portal_app.state.templates.views import VersionRow

STATE = TemplateState
VIEW = STATE.view
FORM = STATE.form
SEEN = STATE.preview
WRONG = STATE.field_problems
WHO = [(key, one.words) for key, one in templates.PERSONAS.items()]


def email_template_page() -> rx.Component:
    """Set the words beside how they look, with the versions below."""
    return staff_page(
        ui.page_head(
            VIEW.name,
            sub=VIEW.when,
            crumb=("Emails and texts", PAGE),
            tag=ui.status_tag(VIEW.status, VIEW.tone),
            actions=[_another()],
            key=FORM.kind,
        ),
        ui.loading(
            STATE.is_loaded,
            ui.stack(
                ui.columns(ui.stack(_words(), _in_force()), _preview()),
                rx.cond(STATE.versions, _versions(), rx.fragment()),
            ),
            ui.skeleton("form", 8),
        ),
        active=PAGE,
    )


def _another() -> rx.Component:
    link = ui.link_button("Write another", VIEW.another)
    return rx.cond(VIEW.another != "", link, rx.fragment())


def _words() -> rx.Component:
    return ui.card(
        rx.el.div(
            ui.form(
                rx.cond(VIEW.is_named, _name(), rx.fragment()),
                rx.cond(VIEW.has_letter, _letter(), rx.fragment()),
                rx.cond(VIEW.has_text, _text(), rx.fragment()),
                ui.stack(
                    ui.paragraph(
                        "Tags are filled in for each person. Press one to put it where the "
                        "cursor is. What stands between “if” and “endif” is sent only where "
                        "that is known.",
                        quiet=True,
                    ),
                    ui.form_help(tags=STATE.tags, on_typed=STATE.typed),
                    tight=True,
                ),
                ui.hidden_input("template", FORM.template),
                ui.hidden_input("version", FORM.version),
                ui.hidden_input("key", FORM.key),
                ui.actions(ui.submit_button("Save draft", busy=STATE.busy)),
                on_submit=STATE.save,
                problem=STATE.problem,
                field_problems=WRONG,
                wide=True,
            ),
            key=FORM.key,
        ),
        title="Words",
    )


def _name() -> rx.Component:
    return ui.field(
        "Name",
        ui.text_input("name", auto_complete="off"),
        id="name",
        hint="Colleagues choose the template by it when they send this message.",
        error=WRONG["name"],
    )


def _letter() -> rx.Component:
    return rx.fragment(
        ui.field(
            "Subject",
            ui.tag_input("subject", tags=STATE.tags, value=FORM.subject),
            id="subject",
            error=WRONG["subject"],
        ),
        ui.field(
            "Text",
            ui.tag_area(
                "text", tags=STATE.tags, value=FORM.text, rows=14, limit=templates.TEXT_LIMIT
            ),
            id="text",
            hint="An empty line begins a paragraph. A line with a few words, a colon and a link "
            "becomes a button.",
            error=WRONG["text"],
        ),
    )


def _text() -> rx.Component:
    return ui.field(
        "Text message",
        ui.tag_area("sms", tags=STATE.tags, value=FORM.sms, rows=3, limit=templates.SMS_LIMIT),
        id="sms",
        hint=rx.cond(VIEW.note != "", VIEW.note, "Keep it short: it is paid for by its length."),
        error=WRONG["sms"],
    )


def _in_force() -> rx.Component:
    publish = ui.confirm(
        title="Publish the draft?",
        body="From now on this message is sent in these words. What was sent stays as it was.",
        verb="Publish",
        tone="primary",
        on_confirm=STATE.publish(FORM.act_key),
        trigger=ui.button("Publish the draft", tone="primary"),
    )
    withdraw = ui.confirm(
        title="Stop sending these words?",
        body="The portal’s own words are sent again, or one template is offered less. The "
        "versions are kept.",
        verb="Stop sending them",
        on_confirm=STATE.withdraw(FORM.act_key),
        trigger=ui.button("Stop sending these words", tone="quiet"),
    )
    row = ui.row(
        rx.cond(VIEW.has_draft, publish, rx.fragment()),
        rx.cond(VIEW.has_own, withdraw, rx.fragment()),
    )
    first = confirm_first(
        STATE.is_sure,
        title="To publish or withdraw, confirm that it is you",
        body="Customers are sent these words. Drafts can be saved without that.",
        href=VIEW.back,
    )
    sure = rx.cond(STATE.is_sure, row, rx.fragment())
    return rx.cond(VIEW.has_draft | VIEW.has_own, rx.fragment(first, sure), rx.fragment())


def _preview() -> rx.Component:
    return ui.card(
        ui.field(
            "Show it for",
            ui.select("persona", WHO, value=STATE.persona, on_change=STATE.show_for),
            id="persona",
        ),
        rx.cond(SEEN.fault != "", ui.alert("Not ready yet", SEEN.fault, tone="warn"), _seen()),
        rx.cond(
            VIEW.has_letter,
            ui.button("Send it to me", on_click=STATE.try_out(FORM.try_key)),
            rx.fragment(),
        ),
        title="How it looks",
    )


def _seen() -> rx.Component:
    return ui.stack(
        rx.cond(SEEN.subject != "", rx.el.p(SEEN.subject, class_name="strong"), rx.fragment()),
        rx.cond(
            SEEN.html != "",
            ui.framed_document(SEEN.html, title="The email as it looks"),
            rx.fragment(),
        ),
        rx.cond(SEEN.sms != "", ui.as_written(SEEN.sms), rx.fragment()),
        rx.cond(
            SEEN.text != "",
            ui.disclosure("As plain text", ui.as_written(SEEN.text)),
            rx.fragment(),
        ),
        tight=True,
    )


def _versions() -> rx.Component:
    return ui.card(
        ui.data_table(
            caption="Versions",
            columns=["Version", "Status", "Begins", "Written by", "When", ui.th("", hidden=True)],
            body=rx.foreach(STATE.versions, _version),
        ),
        title="Versions",
        flush=True,
    )


def _version(one: VersionRow) -> rx.Component:
    again = ui.button(
        "Take up again",
        on_click=STATE.bring_back(one.number, one.key),
        small=True,
        suffix=one.title,
    )
    return ui.table_row(
        ui.row_head(one.title),
        ui.status_cell(ui.status_tag(one.status, one.tone)),
        ui.cell(one.subject, label="Begins"),
        ui.cell(one.who, label="Written by"),
        ui.cell(one.when, label="When", whole=True),
        ui.action_cell(rx.cond(one.is_older, again, rx.fragment())),
        key=one.number,
    )
