"""What the pages share on which people come in, register and change how they sign in."""

from collections.abc import Mapping
from typing import Any

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import Content, Text

NAME = "Phone number or email"
CODE_LABELS = {"code": "Code"}


def good_news(note: Any, title: Text | None = None) -> rx.Component:
    """Say what the form that was just posted has done."""
    words = (title, note.message) if title else (note.message,)
    return ui.shown(note.message, ui.alert(*words, tone="good", live=True))


def door_form(
    note: Any, *children: Content, action: Text, labels: Mapping[str, str]
) -> rx.Component:
    """Post to the server, which sets the cookie; what was wrong the last time stands on top."""
    return ui.post_form(
        *children, action=action, problem=note.problem, field_problems=note.fields, labels=labels
    )


def resend_form(action: Text, words: Text = "Send a new code") -> rx.Component:
    """Offer another code in one press."""
    return ui.bare_post_form(ui.button(words, type="submit", tone="quiet"), action=action)


def name_field(typed: Text, error: Text) -> rx.Component:
    """Ask for what somebody signs in with."""
    return ui.field(
        NAME,
        ui.text_input(
            "identifier",
            value=typed,
            auto_complete="username",
            auto_capitalize="none",
            spell_check=False,
        ),
        id="identifier",
        error=error,
    )


def code_field(
    error: Text, hint: Content, *, label: Text = "Code", control: str = "code"
) -> rx.Component:
    """Ask for six digits."""
    return ui.field(label, ui.code_input(control, name="code"), id=control, hint=hint, error=error)


def code_step(note: Any, told: Text, *, action: Text, again: Text, verb: Text) -> rx.Component:
    """Take the code that was sent as `told` says, or send another."""
    return rx.fragment(
        ui.paragraph(told),
        door_form(
            note,
            code_field(note.fields["code"], "Six digits. They work for 10 minutes."),
            ui.submit_button(verb),
            action=action,
            labels=CODE_LABELS,
        ),
        resend_form(again),
    )


def link_page(
    link: Any, note: Any, *good: Content, action: Text, verb: Text, after: Content = None
) -> rx.Component:
    """Say who invites and let them begin, or why the link is over and how to have another.

    `good` stands before the button of a link that works, `after` below one that is over. Nothing
    happens until the button is pressed: mail scanners open links as well (S2-02).
    """

    def press(label: Text, where: Text, problem: Text = "") -> rx.Component:
        token = ui.hidden_input("token", link.token)
        return ui.post_form(token, ui.submit_button(label), action=where, problem=problem)

    begin = rx.fragment(
        *good, press(verb, action, note.problem), ui.paragraph(link.until, quiet=True)
    )
    ask = press("Ask for a new link", f"{action}/ask-again")
    over = rx.fragment(
        ui.error_summary(note.problem, {}, {}),
        rx.cond(note.message == "", ui.paragraph(link.text), rx.fragment()),
        rx.cond(link.may_ask & (note.message == ""), ask, rx.fragment()),
        after,
    )
    return rx.fragment(ui.heading(link.title), good_news(note), rx.cond(link.is_good, begin, over))


def password_field(
    error: Text, *, label: Text = "Password", control: str = "password"
) -> rx.Component:
    """Ask for the password that somebody has."""
    return ui.field(label, ui.password_input(control), id=control, error=error)


def new_password_field(error: Text, hint: Content) -> rx.Component:
    """Ask for the password that somebody will have."""
    box = ui.password_input("new_password", new=True)
    return ui.field("New password", box, id="new_password", hint=hint, error=error)


def first_password_field(error: Text, shortest: Text) -> rx.Component:
    """Ask for the first password, as long as the brand demands."""
    words = " characters. Several words in a row are easy to remember."
    return new_password_field(error, rx.el.span("At least ", shortest, words))


def app_picture(picture: Text, secret: Text) -> rx.Component:
    """Show what an authenticator app reads, and the same as text."""
    image = rx.el.img(
        src=picture,
        alt="Picture for your authenticator app. The key below says the same.",
        width="220",
        height="220",
        class_name="qr",
    )
    key = rx.el.p("Cannot scan it? Type this key: ", rx.el.code(secret))
    return rx.fragment(ui.row(image), key)
