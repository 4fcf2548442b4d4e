"""How one contract is paid: add a card or bank account, or choose one that it has (S0-21)."""

from typing import Any

import reflex as rx

from portal_app import components as ui
from portal_app.layout.payments import expiry_alert, method_row, outlook_body
from portal_app.layout.shell import consumer_page
from portal_app.state.payments.changing import PaymentMethodState
from portal_app.state.payments.methods import MethodEntry, TickBox

STATE = PaymentMethodState
VIEW = PaymentMethodState.view


def change_method_page() -> rx.Component:
    """Offer the two ways to change how a contract is paid, and say what then happens."""
    return consumer_page(
        ui.page_head(
            "How you pay",
            sub=rx.cond(VIEW.sub != "", VIEW.sub, "\N{NO-BREAK SPACE}"),
            crumb=("Back to the contract", VIEW.contract.href),
        ),
        ui.loading(STATE.is_loaded, _content(), ui.skeleton("detail", 3)),
        active="/contracts",
    )


def _content() -> rx.Component:
    ways = ui.stack(_add(), _choose())
    off = ui.card(
        ui.paragraph(
            "Payment methods of this contract cannot be changed here at the moment. ",
            ui.text_link("Ask us", "/help"), ", and we see to it.",
        ),
        title="Change how you pay",
    )  # fmt: skip
    main = ui.stack(rx.cond(VIEW.may_manage, ways, off), _what_next())
    return ui.stack(_outcome(), _alerts(), ui.columns(main, ui.stack(_methods(), _copy())))


def _outcome() -> rx.Component:
    found = STATE.outcome
    alert = ui.alert(found.title, found.text, tone=found.tone, id="outcome", live=True)
    return rx.cond(found.title != "", alert, rx.fragment())


def _alerts() -> rx.Component:
    missed = ui.alert(VIEW.outlook.alert, VIEW.outlook.advice, tone=VIEW.outlook.tone, id="missed")
    return rx.fragment(
        rx.cond(VIEW.outlook.needs_action, missed, rx.fragment()),
        rx.foreach(VIEW.warnings, expiry_alert),
    )


def _add() -> rx.Component:
    also = ui.checkbox_group(
        "Also use it for (optional)",
        [rx.foreach(VIEW.others, lambda box: _tick(box, "add"))],
        id="add-others",
        hint="Other contracts are not changed unless you tick them.",
    )
    return ui.card(
        ui.form(
            ui.paragraph(
                "You type the number on a secure page of our payment provider, then come back "
                "here. We never see it."
            ),
            rx.cond(VIEW.others, also, rx.fragment()),
            ui.hidden_input("contract", VIEW.contract.id),
            ui.hidden_input("key", VIEW.add_key),
            ui.submit_button("Add a method", busy=STATE.busy),
            on_submit=STATE.add,
            problem=STATE.problem,
            field_problems=STATE.field_problems,
        ),
        title="Add a card or bank account",
    )


def _choose() -> rx.Component:
    pick = ui.form(
        ui.radio_group("Saved on this contract", "payment_method", VIEW.choices, value=VIEW.chosen),
        ui.hidden_input("contract", VIEW.contract.id),
        ui.hidden_input("key", VIEW.choose_key),
        ui.submit_button("Use this method", busy=STATE.busy, tone=""),
        on_submit=STATE.choose,
        key=VIEW.choose_key,
    )
    none = "No other card or bank account that counts is saved on this contract."
    return ui.card(
        rx.cond(VIEW.has_choice, pick, ui.paragraph(none, quiet=True)),
        title="Choose one that is saved",
    )


def _what_next() -> rx.Component:
    return ui.card(outlook_body(VIEW.outlook), title="What happens next")


def _methods() -> rx.Component:
    words = "No card or bank account is saved on this contract yet."
    none = rx.el.div(ui.paragraph(words, quiet=True), class_name="card-b")
    listed = ui.link_list(rx.foreach(VIEW.methods, _method))
    return ui.card(rx.cond(VIEW.methods, listed, none), title="On this contract", flush=True)


def _method(one: MethodEntry) -> rx.Component:
    remove = ui.confirm(
        title="Remove this method?",
        body=rx.fragment(
            one.label, " is taken off this contract. Other contracts keep it. ",
            rx.cond(one.is_default, "Nothing can be taken until you add or choose another.", ""),
        ),
        verb="Remove",
        cancel="Keep it",
        on_confirm=STATE.remove(one.id, one.key),
        trigger=ui.button("Remove", small=True, suffix=one.label),
        busy=STATE.busy,
    )  # fmt: skip
    return method_row(one, rx.cond(VIEW.may_manage, remove, rx.fragment()))


def _copy() -> rx.Component:
    """Offer the method that is used here to other contracts, none of them ticked (S0-16)."""
    form = ui.form(
        ui.checkbox_group(
            rx.fragment("Use ", VIEW.chosen_label, " for"),
            [rx.foreach(VIEW.others, lambda box: _tick(box, "copy"))],
            id="copy-others",
        ),
        ui.hidden_input("payment_method", VIEW.chosen),
        ui.hidden_input("key", VIEW.copy_key),
        ui.submit_button("Use it there, too", busy=STATE.busy, tone=""),
        on_submit=STATE.copy,
        key=VIEW.copy_key,
    )
    shown = ui.card(
        ui.paragraph("It is added to each contract that you tick.", quiet=True),
        form,
        title="Your other contracts",
    )
    may = VIEW.may_manage & (VIEW.chosen != "")
    return rx.cond(may, rx.cond(VIEW.others, shown, rx.fragment()), rx.fragment())


def _tick(box: TickBox, form: str) -> Any:
    return ui.checkbox(
        box.label, f"{form}-{box.id}", name=f"also-{box.id}", hint=box.hint, plain=False
    )
