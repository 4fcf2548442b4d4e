"""The summary of an account: what is owed, what needs doing, what is out (S3-16)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import consumer_page
from portal_app.pages.billing.parts import aged_rows, day_form
from portal_app.state.billing.summary import AccountSummaryState, OutEntry, Task
from portal_app.state.billing.words import MovementEntry, StatementEntry
from portal_app.state.contracts.words import ContractEntry
from portal_app.state.shell import ShellState

STATE = AccountSummaryState
VIEW = AccountSummaryState.view


def account_summary_page() -> rx.Component:
    """Answer three questions: what do I owe, what happens next, what must I do."""
    return consumer_page(
        # The space keeps the line's height until the words are there.
        ui.page_head(
            "Customer account summary",
            sub=rx.cond(VIEW.account, VIEW.account, "\N{NO-BREAK SPACE}"),
        ),
        ui.loading(STATE.is_loaded, _content(), _placeholder()),
        active="/",
    )


def _content() -> rx.Component:
    main = ui.stack(_if_rental(_tasks()), _if_rental(_contracts()), _movements())
    side = ui.stack(_if_rental(_items_out()), _if_rental(_statements()), _ageing())
    return ui.stack(_alert(), _figures(), ui.columns(main, side))


def _if_rental(part: rx.Component) -> rx.Component:
    """Show what belongs to the rental module, or leads into it, only while it is licensed."""
    return rx.cond(ShellState.shell.has_rental, part, rx.fragment())


def _placeholder() -> rx.Component:
    return ui.stack(
        ui.skeleton("figures", 3),
        ui.columns(
            ui.stack(ui.skeleton("list", 2), ui.skeleton("list", 4)),
            ui.stack(ui.skeleton("list", 4), ui.skeleton("card", 3)),
        ),
    )


def _alert() -> rx.Component:
    action = _if_rental(ui.link_button("See what is owed", VIEW.today_href))
    alert = ui.alert(VIEW.alert_title, VIEW.alert_text, action=action, id="overdue")
    return rx.cond(VIEW.alert_title != "", alert, rx.fragment())


def _figures() -> rx.Component:
    return ui.key_figures(
        ui.key_figure("Current balance", VIEW.standing.balance, note=VIEW.balance_note, big=True),
        ui.key_figure("Amount owed", VIEW.standing.owed, note=VIEW.owed_note),
        ui.key_figure("Last payment", VIEW.last_payment, note=VIEW.last_payment_note),
    )


def _tasks() -> rx.Component:
    return ui.card(
        _either(
            VIEW.tasks,
            ui.link_list(rx.foreach(VIEW.tasks, _task)),
            "Nothing needs doing. We show it here when something does.",
        ),
        title="What needs doing",
        flush=True,
    )


def _task(task: Task) -> rx.Component:
    return ui.row_link(task.title, task.text, task.href, icon="circle-alert", accent=True)


def _contracts() -> rx.Component:
    return ui.card(
        _either(
            VIEW.contracts,
            ui.link_list(rx.foreach(VIEW.contracts, _contract)),
            "You have no contract in force. Your quotes and past contracts are one step away.",
        ),
        title="Contracts",
        action=ui.text_link("View all", "/contracts", suffix="contracts", alone=True),
        flush=True,
    )


def _contract(entry: ContractEntry) -> rx.Component:
    return ui.row_link(
        entry.what,
        rx.el.span(entry.number, " · ", entry.items_out_words, " out"),
        entry.href,
        right=ui.status_tag(entry.status, entry.tone),
        icon="file-text",
    )


def _items_out() -> rx.Component:
    return ui.card(
        _either(
            VIEW.out,
            ui.link_list(rx.foreach(VIEW.out, _item)),
            "Nothing is on rent. Items appear here as soon as your store hands them over.",
        ),
        title="Items out",
        action=ui.text_link("Call off rent", "/items-out", alone=True),
        flush=True,
    )


def _item(item: OutEntry) -> rx.Component:
    tag = rx.cond(item.status != "", ui.status_tag(item.status, item.tone), item.contract)
    return ui.plain_row(item.item, item.meta, right=tag)


def _movements() -> rx.Component:
    return ui.card(
        _either(
            VIEW.movements,
            ui.link_list(rx.foreach(VIEW.movements, _movement)),
            "Nothing has been charged or paid on this account yet.",
        ),
        title="Recent charges and payments",
        action=_if_rental(ui.text_link("Statement of today", VIEW.today_href, alone=True)),
        flush=True,
    )


def _movement(movement: MovementEntry) -> rx.Component:
    meta = rx.el.span(
        movement.on,
        rx.cond(movement.reference != "", f" · {movement.reference}", ""),
        rx.cond(movement.detail != "", f" · {movement.detail}", ""),
    )
    return ui.plain_row(movement.label, meta, right=ui.money_text(movement.amount))


def _statements() -> rx.Component:
    return ui.card(
        rx.cond(VIEW.statements, ui.link_list(rx.foreach(VIEW.statements, _statement))),
        rx.el.div(day_form(VIEW.today, VIEW.today), class_name="card-b"),
        title="Recent statements",
        action=ui.text_link("View all", "/statements", suffix="statements", alone=True),
        flush=True,
    )


def _statement(entry: StatementEntry) -> rx.Component:
    return ui.row_link(
        entry.label,
        rx.el.span("PDF · ", entry.note),
        entry.pdf,
        right=entry.balance,
        icon="file-down",
        file=True,
    )


def _ageing() -> rx.Component:
    return ui.card(aged_rows(VIEW.standing), title="How long it has been owed")


def _either(rows: rx.Var, listing: rx.Component, otherwise: str) -> rx.Component:
    words = rx.el.div(ui.paragraph(otherwise, quiet=True), class_name="card-b")
    return rx.cond(rows, listing, words)
