"""A person's marketing preferences, on the staff's page of that person (S4-16)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.consents import listed_answers
from portal_app.state.consents.desk import MarketingState
from portal_app.state.consents.words import WayRow

STATE = MarketingState
VIEW = STATE.view
WRONG = STATE.field_problems
CHANNELS = [("email", "Email"), ("sms", "Text message"), ("phone", "Phone"), ("post", "Post")]
SENT_BY = [("email", "Email"), ("text", "Text message")]
CHOICES = [("off", "They do not want it"), ("on", "They agreed to it")]
LABELS = {"note": "How they told us", "subject": "Subject", "words": "Message"}


def marketing_cards() -> rx.Component:
    """Show what they agreed to, who wrote it down and when; write down more, or write to them."""
    return rx.fragment(
        ui.error_summary(STATE.problem, WRONG, LABELS),
        ui.card(
            rx.el.ul(rx.foreach(VIEW.ways, _way), class_name="list", role="list"),
            rx.el.div(
                _fold("Write down what they told us", _written()),
                _fold("Send news or an offer", _news()),
                _fold("Every answer so far", _history()),
                class_name="card-b",
            ),
            title="Marketing preferences",
            flush=True,
            id="marketing",
        ),
    )


def _fold(summary: str, content: rx.Component) -> rx.Component:
    return ui.disclosure(summary, content)


def _way(row: WayRow) -> rx.Component:
    tag = rx.cond(row.is_on, ui.status_tag("Agreed", "good"), ui.status_tag("No", "neutral"))
    return ui.plain_row(row.label, row.since, right=tag)


def _written() -> rx.Component:
    return _form(
        ui.field("Channel", ui.select("channel", CHANNELS), id="channel", error=WRONG["channel"]),
        ui.field("What they want", ui.select("choice", CHOICES), id="choice"),
        ui.field(
            LABELS["note"],
            ui.text_input("note", auto_complete="off"),
            id="note",
            hint="Such as: by phone on Monday.",
            error=WRONG["note"],
        ),
        verb="Write it down",
        on_submit=STATE.write_down,
    )


def _news() -> rx.Component:
    return _form(
        ui.field("Send it by", ui.select("by", SENT_BY), id="by"),
        ui.field(
            LABELS["subject"],
            ui.text_input("subject", auto_complete="off"),
            id="subject",
            hint="For an email.",
            error=WRONG["subject"],
        ),
        ui.field(LABELS["words"], ui.text_area("words", rows=4), id="words", error=WRONG["words"]),
        verb="Send",
        on_submit=STATE.send,
    )


def _form(*fields: rx.Component, verb: str, on_submit: rx.EventHandler) -> rx.Component:
    return ui.form(
        *fields,
        ui.hidden_input("person", VIEW.person),
        ui.hidden_input("key", VIEW.key),
        ui.actions(ui.submit_button(verb, tone="", busy=STATE.busy)),
        on_submit=on_submit,
        wide=True,
        key=VIEW.key,
    )


def _history() -> rx.Component:
    none = ui.paragraph("They have not been asked, or have not answered.", quiet=True)
    return rx.cond(VIEW.history, listed_answers(VIEW.history), none)
