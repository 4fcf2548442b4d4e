"""The summary of an account: what is owed, what needs doing, what is out (S3-16)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.payments import action_tag, outlook_body
from portal_app.layout.shell import consumer_page
from portal_app.pages.billing.parts import aged_rows, day_form
from portal_app.state.billing.summary import AccountSummaryState, OutEntry, Task
from portal_app.state.billing.words import MovementEntry, StatementEntry
from portal_app.state.contracts.words import ContractEntry
from portal_app.state.payments.words import Outlook
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
    main = ui.stack(
        rx.cond(VIEW.applied, _applied(), rx.fragment()),
        _if_rental(_tasks()),
        _ahead(),
        rx.cond(ShellState.shell.has_contracts, _contracts(), rx.fragment()),
        rx.cond(VIEW.has_figures, _movements(), rx.fragment()),
    )
    money = ui.stack(_if_rental(_statements()), _ageing())
    side = ui.stack(
        _if_rental(rx.cond(VIEW.rents, _items_out(), rx.fragment())),
        rx.cond(VIEW.has_figures, money, _help()),
    )
    figures = rx.cond(VIEW.has_figures, _figures(), rx.fragment())
    return ui.stack(_alert(), figures, ui.columns(main, side))


def _help() -> rx.Component:
    return ui.card(
        ui.paragraph("Something is missing or wrong? Tell us, and we look at it."),
        ui.link_button("Help and contact", "/help"),
        title="Questions",
    )


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
    return rx.fragment(
        rx.cond(VIEW.urgent.needs_action, _urgent(), rx.fragment()),
        rx.cond(VIEW.alert_title != "", alert, rx.fragment()),
    )


def _urgent() -> rx.Component:
    """Lead to where the payment that matters most is put right."""
    href = VIEW.urgent.contract.methods_href
    change = ui.link_button("Change how you pay", href, tone="primary")
    return ui.alert(
        VIEW.urgent.alert, VIEW.urgent.advice, action=change, tone=VIEW.urgent.tone, id="urgent"
    )


def _ahead() -> rx.Component:
    ahead = ui.card(rx.foreach(VIEW.outlooks, _outlook), title="What happens next")
    return rx.cond(VIEW.outlooks, ahead, rx.fragment())


def _outlook(outlook: Outlook) -> rx.Component:
    """Show what happens next on a contract: in full where the customer is needed."""
    name = rx.el.h3(ui.text_link(outlook.title, outlook.contract.href), class_name="h3")
    line = ui.paragraph(outlook.line, quiet=True)
    return ui.stack(
        ui.row(
            name,
            rx.el.span(outlook.contract.number, class_name="muted sm"),
            action_tag(outlook),
        ),
        rx.cond(outlook.needs_action, outlook_body(outlook), line),
        tight=True,
    )


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


def _applied() -> rx.Component:
    rows = ui.link_list(rx.foreach(VIEW.applied, _task))
    return ui.card(rows, title="To fill in", flush=True, id="applied")


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
        rx.el.span(entry.number, " · ", entry.brief),
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
    meta = rx.el.span(item.meta, rx.el.br(), "Contract ", item.contract)
    return ui.plain_row(item.item, meta, right=ui.status_tag(item.status, item.tone))


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
    meta = rx.el.span(movement.on, _with(movement.reference), _with(movement.detail))
    return ui.plain_row(movement.label, meta, right=ui.money_text(movement.amount))


def _with(part: rx.Var) -> rx.Component:
    """Add a part to a line, in one piece where the line must break."""
    return rx.cond(part != "", rx.fragment(" · ", rx.el.span(part, class_name="keep")))


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
