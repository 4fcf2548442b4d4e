"""Choosing which account to look at."""

import reflex as rx

from portal_app.components.buttons import submit_button
from portal_app.components.controls import hidden_input
from portal_app.components.feedback import empty, loading
from portal_app.components.forms import bare_post_form, error_summary
from portal_app.components.lists import plain_row
from portal_app.components.page import card, page_head
from portal_app.components.skeletons import skeleton
from portal_app.components.status import status_tag
from portal_app.layout.shell import consumer_page
from portal_app.state.identity.choose_account import AccountRow, ChooseAccountState

PAGE = ChooseAccountState.page


def choose_account_page() -> rx.Component:
    """List the person's accounts."""
    return consumer_page(
        page_head("Choose an account", sub="You can change it at any time in the account menu."),
        error_summary(PAGE.problem, None),
        loading(ChooseAccountState.is_loaded, choices(), skeleton("list", 3)),
        active="/choose-account",
    )


def choices() -> rx.Component:
    """Show what there is to choose from."""
    nothing = empty(
        "file-text",
        "No account is open to you",
        "Call your store: they can see why.",
    )
    listed = card(
        rx.el.ul(rx.foreach(PAGE.rows, choice), class_name="list", role="list"), flush=True
    )
    return rx.cond(PAGE.has_rows, listed, nothing)


def choice(row: AccountRow) -> rx.Component:
    """Offer one account."""
    take = bare_post_form(
        hidden_input("account", row.id),
        hidden_input("next", PAGE.next_path),
        submit_button("Open", tone="", suffix=row.name),
        action="/auth/account",
    )
    right = rx.cond(
        row.is_chosen, rx.el.span(status_tag("Open now", "good"), take, class_name="row"), take
    )
    return plain_row(row.name, row.number, right=right)
