"""The gallery's longer texts: fields that save themselves, drafts, and letters with tags."""

import reflex as rx

from portal_app import components as ui
from portal_app.state.templates.views import TagChip

TAGS = [
    TagChip("{{ customer }}", "the customer's name"),
    TagChip("{{ contract }}", "the number of the contract"),
    TagChip("{% if pickup %}", "begins what is sent only if a pick-up is known"),
    TagChip("{% endif %}", "ends it"),
]
LETTER = """Hello {{ customer }},

rent of {{ contract }} has stopped.{% if pickup %} We come on the day that you chose.{% endif %}"""
SEEN = """<!doctype html><html lang="en"><head><title>Rent has stopped</title></head>
<body style="font-family: sans-serif; padding: 24px"><h1>Rent has stopped</h1>
<p>Hello Marlow Groundworks,</p><p>rent of R-77120 has stopped. We come on the day that you chose.</p>
</body></html>"""
PLAIN = """Hello Marlow Groundworks,

rent of R-77120 has stopped.
We come on the day that you chose."""


def writing() -> rx.Component:
    """Show how a letter is written beside how it looks, and what keeps itself."""
    return ui.stack(
        ui.columns(
            ui.card(_letter(), title="A letter with tags"),
            ui.stack(
                ui.card(_answers(), title="Fields that save themselves"),
                ui.card(_draft(), title="A draft that lasts"),
                ui.card(_posted(), title="Forms for the browser"),
            ),
        ),
        ui.card(_seen(), title="How a letter looks"),
    )


def _letter() -> rx.Component:
    """Show known tags as chips, and one that is not known."""
    unknown = "Rent of {{ contract }} has stopped, {{ nickname }}"
    return ui.form(
        ui.field("Subject", ui.tag_input("letter-subject", tags=TAGS, value="Rent of {{ contract }} has stopped"),
                 id="letter-subject"),
        ui.field("Text", ui.tag_area("letter-text", tags=TAGS, value=LETTER, rows=6, limit=2000),
                 id="letter-text", hint="An empty line begins a paragraph."),
        ui.field("Text message", ui.tag_area("letter-sms", tags=TAGS, value=unknown, rows=3, limit=300),
                 id="letter-sms", error="There is no tag “nickname”. Choose one from below."),
        ui.form_help(tags=TAGS, label="Tags of the letter"),
        ui.actions(ui.submit_button("Save draft")),
        on_submit=rx.noop(), wide=True,
    )  # fmt: skip


def _seen() -> rx.Component:
    return ui.columns(
        ui.framed_document(SEEN, title="The letter as it looks"),
        ui.stack(
            ui.framed_document(SEEN, title="The letter on a phone", narrow=True),
            ui.disclosure("As plain text", ui.as_written(PLAIN)),
            ui.as_written("As a text message:\nrent of R-77120 has stopped."),
            tight=True,
        ),
    )


def _answers() -> rx.Component:
    """Show each kind of field, one with a problem, and one that others may only read."""
    problem = "Enter the income as an amount, like 52,000"
    kinds = [rx.el.option("Employed", value="a"), rx.el.option("Self-employed", value="b")]
    return ui.stack(
        ui.field("Employer", _answer("employer", "Tidewater Logistics"), id="saves-employer"),
        ui.field("Yearly income", _answer("income", "fifty"), id="saves-income", error=problem),
        ui.field("How do you work?", _answer("work", "a", *kinds, kind="select"), id="saves-work"),
        ui.field("What should we know?", _answer("more", "I start on 4 January.", kind="textarea", rows="3"),
                 id="saves-more", hint="Saved as you type."),
        ui.field("Answered by the landlord", _answer("rent", "$1,480.00", disabled=True), id="saves-rent"),
    )  # fmt: skip


def _answer(
    name: str, value: str, *options: rx.Component, kind: str = "input", **more: str | bool
) -> rx.Component:
    """Make a field that has nobody to save to."""
    return ui.autosave(
        f"saves-{name}", *options, kind=kind, value=value, version=1, saved="", acked=0, round=0,
        taken=0, draft=f"gallery-{name}", on_save=rx.noop(), autoComplete="off", **more,
    )  # fmt: skip


def _draft() -> rx.Component:
    return ui.form(
        ui.field("Your message", ui.draft_area("draft-words", draft="gallery-draft", limit=2000,
                 placeholder="What should we know?"), id="draft-words", hint="Kept in this tab until it is sent."),
        ui.draft_sent(draft="gallery-draft", sent="", round="1"),
        ui.actions(ui.submit_button("Send")),
        on_submit=rx.noop(),
    )  # fmt: skip


def _posted() -> rx.Component:
    """Show forms that set a cookie; nobody can send them from here."""
    return ui.stack(
        ui.post_form(
            ui.field("Code from the letter", ui.text_input("posted-code", auto_complete="off", short=True),
                     id="posted-code"),
            ui.actions(ui.submit_button("Go on", disabled=True)),
            action="/staff/gallery",
        ),
        ui.bare_post_form(ui.submit_button("End this session", tone="danger", disabled=True), action="/staff/gallery"),
    )  # fmt: skip
