"""What is held about an account and its person (S3-17)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import consumer_page
from portal_app.state.contracts.profile import ProfileState

STATE = ProfileState
VIEW = ProfileState.view


def profile_page() -> rx.Component:
    """Show the details, and how they are changed."""
    return consumer_page(
        ui.page_head("Your details", sub="What we hold about your account and about you."),
        ui.loading(STATE.is_loaded, _content(), ui.skeleton("detail", 4)),
        active="/profile",
    )


def _content() -> rx.Component:
    return ui.columns(ui.stack(_account(), _person()), _change())


def _account() -> rx.Component:
    rows = [
        ("Account number", VIEW.account),
        ("Name", VIEW.account_name),
        ("Main phone", VIEW.main_phone),
        ("Email", VIEW.email),
        ("ZIP or postal code", VIEW.postal_code),
    ]
    return ui.card(ui.summary_list(rows), title="Your account")


def _person() -> rx.Component:
    address = rx.el.span(rx.foreach(VIEW.address, lambda line: rx.el.span(line, rx.el.br())))
    rows = [
        ("Name", VIEW.person),
        ("Phone", VIEW.person_phone),
        ("Email", VIEW.person_email),
        ("Address", rx.cond(VIEW.address, address, "")),
    ]
    return ui.card(ui.summary_list(rows), title="You")


def _change() -> rx.Component:
    words = (
        "Ask your store to change this. Your phone number is how you sign in, so they check with "
        "you before they change it."
    )
    rows = [("Store", VIEW.store), ("Phone", VIEW.store_phone), ("Email", VIEW.store_email)]
    return ui.card(ui.paragraph(words), ui.summary_list(rows), title="Something has changed?")
