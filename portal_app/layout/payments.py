"""What several pages show of payments: what happens next, a schedule, the methods of a contract."""

from typing import Any

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import Content
from portal_app.state.payments.contract import ContractPaymentsState
from portal_app.state.payments.methods import MethodEntry
from portal_app.state.payments.schedules import PaymentRow
from portal_app.state.payments.words import ContractRef


def outlook_body(outlook: Any) -> rx.Component:
    """Show what was tried, what is to do, what comes, and what follows from doing nothing."""
    fixed = ui.way(outlook.fix_title, outlook.if_fixed, tone="good")
    return ui.stack(
        ui.timeline(outlook.moments),
        ui.ways(
            ui.way("If you do nothing", outlook.if_nothing),
            rx.cond(outlook.fix_title != "", fixed, rx.fragment()),
        ),
    )


def action_tag(outlook: Any) -> rx.Component:
    """Say beside a title that only the customer can put it right."""
    tag = ui.status_tag("Action needed", outlook.tone)
    return rx.cond(outlook.needs_action, tag, rx.fragment())


def schedule_body(schedule: Any) -> rx.Component:
    """Show the year as a picture and as a table; what lies before and after is folded away."""
    return rx.fragment(
        _picture(schedule),
        _table(schedule.year_label, schedule.year),
        _folded(schedule.earlier_label, schedule.earlier),
        _folded(schedule.later_label, schedule.later),
    )


def schedule_in_short(schedule: Any) -> rx.Component:
    """Show the year as a picture, with every table folded away."""
    return rx.fragment(
        _picture(schedule),
        _folded(schedule.year_label, schedule.year),
        _folded(schedule.earlier_label, schedule.earlier),
        _folded(schedule.later_label, schedule.later),
    )


def _picture(schedule: Any) -> rx.Component:
    chart = ui.year_chart(schedule.bars, label=schedule.picture, legend=schedule.legend)
    return rx.el.div(chart, class_name="card-b")


def _folded(label: Any, rows: Any) -> rx.Component:
    more = rx.el.div(ui.disclosure(label, _table(label, rows)), class_name="card-b more-rows")
    return rx.cond(label != "", more, rx.fragment())


def _table(caption: Any, rows: Any) -> rx.Component:
    columns = ["Due", "Status", ui.th("Amount", end=True)]
    return ui.data_table(caption=caption, columns=columns, body=rx.foreach(rows, _payment))


def _payment(one: PaymentRow) -> rx.Component:
    pay = rx.cond(one.may_pay_now, rx.el.span(_pay_now(one), class_name="row pay"), rx.fragment())
    notes = rx.foreach(one.notes, lambda note: rx.el.span(rx.el.br(), note))
    link = ui.external_link("Receipt", one.receipt, suffix=one.name)
    receipt = ui.shown(one.receipt, rx.el.span(rx.el.br(), link))
    amount = rx.el.span(one.amount, rx.el.span(one.fee, class_name="m"))
    return ui.table_row(
        ui.row_head(rx.el.b(one.due_on), rx.fragment(one.name, notes, receipt, pay)),
        ui.status_cell(ui.status_tag(one.status, one.tone)),
        ui.cell(amount, label="Amount", end=True, strong=True),
        key=one.id,
    )


def _pay_now(one: PaymentRow) -> rx.Component:
    return ui.confirm(
        title="Pay this now?",
        body=rx.fragment(
            "We take ", one.total, " from the method that is used for this contract. ",
            "If it fails, nothing is different.",
        ),
        verb="Pay now",
        tone="primary",
        on_confirm=ContractPaymentsState.pay_now(one.id, one.key),
        trigger=ui.button("Pay now", small=True, suffix=one.name),
        busy=ContractPaymentsState.busy,
    )  # fmt: skip


def method_list(methods: Any) -> rx.Component:
    """List cards and bank accounts that are only looked at."""
    return ui.link_list(rx.foreach(methods, _method))


def _method(one: MethodEntry) -> rx.Component:
    return method_row(one)


def method_row(one: MethodEntry, *actions: Content) -> rx.Component:
    """Show a card or a bank account, until when it counts, and which contracts have it too."""
    also = rx.el.span(elsewhere(one), class_name="m")
    return rx.el.li(
        rx.el.div(
            rx.el.b(one.label),
            rx.el.span(one.detail, class_name="m"),
            rx.cond(one.elsewhere, also, rx.fragment()),
            ui.row(ui.status_tag(one.status, one.tone), *actions, spread=bool(actions)),
            class_name="li method",
        )
    )


def elsewhere(one: Any) -> rx.Component:
    """Name the other contracts with the same card, each a link (S0-16)."""
    return rx.fragment("Also on ", rx.foreach(one.elsewhere, _link))


def _link(ref: ContractRef, n: Any) -> rx.Component:
    return rx.fragment(rx.cond(n > 0, ", ", ""), ui.text_link(ref.number, ref.methods_href))


def expiry_alert(one: MethodEntry) -> rx.Component:
    """Say in words that a card has expired or soon will, and that others are not changed."""
    others = rx.el.span(
        " The same card is also on ",
        rx.foreach(one.elsewhere, _link),
        ": each contract is changed on its own.",
    )
    words = rx.fragment(
        "Add another card or bank account to this contract, or choose one that is saved on it.",
        rx.cond(one.elsewhere, others, rx.fragment()),
    )
    return ui.alert(one.warning, words, tone=one.tone, id=f"expiry-{one.id}")
