"""Choosing which account to look at, and for whom to act (S1-20)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import consumer_page
from portal_app.state.identity.choose_account import AccountRow, ChooseAccountState, ContextRow

STATE = ChooseAccountState


def choose_account_page() -> rx.Component:
    """List the person's accounts, the people who let them act, and their households."""
    return consumer_page(
        ui.page_head("Choose an account", sub="You can change it at any time in the account menu."),
        ui.error_summary(STATE.note.problem),
        ui.loading(
            STATE.is_loaded,
            ui.stack(
                _choices(),
                _contexts("People you can act for", STATE.people, "Their cases"),
                _contexts("Your households", STATE.homes, "Its cases"),
            ),
            ui.skeleton("list", 3),
        ),
        active="/choose-account",
    )


def _choices() -> rx.Component:
    nothing = ui.empty(
        "file-text",
        "No account is open to you",
        "Call your store: they can see why.",
        action=ui.link_button("Contact your store", "/help"),
    )
    listed = ui.card(ui.link_list(rx.foreach(STATE.rows, _choice)), flush=True)
    return rx.cond(STATE.rows, listed, nothing)


def _contexts(title: str, rows: rx.Var[list[ContextRow]], verb: str) -> rx.Component:
    def shown(row: ContextRow) -> rx.Component:
        act = ui.button(verb, on_click=STATE.act_for(row.key), suffix=row.name)
        right = rx.el.span(
            rx.cond(row.href != "", ui.text_link("Members", row.href, suffix=row.name), ""),
            rx.cond(row.is_chosen, ui.status_tag("Open now", "good"), rx.fragment()),
            rx.cond(row.key != "", act, rx.fragment()),
            class_name="row",
        )
        return ui.plain_row(row.name, row.what, right=right)

    listed = ui.card(ui.link_list(rx.foreach(rows, shown)), title=title, flush=True)
    return rx.cond(rows, listed, rx.fragment())


def _choice(account: AccountRow) -> rx.Component:
    take = ui.bare_post_form(
        ui.hidden_input("account", account.id),
        ui.hidden_input("next", STATE.next_path),
        ui.submit_button(
            rx.cond(account.is_chosen, "Stay here", "Open"), tone="", suffix=account.name
        ),
        action="/auth/account",
    )
    is_open = rx.el.span(ui.status_tag("Open now", "good"), take, class_name="row")
    right = rx.cond(account.is_chosen, is_open, take)
    return ui.plain_row(account.name, account.number, right=right)
