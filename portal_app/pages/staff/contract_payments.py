"""The payments of one contract for staff: schedule, methods, holds, cancelling (S0-28)."""

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import shown
from portal_app.layout.shell import staff_page
from portal_app.pages.staff.payment_sheet import payment_sheet
from portal_app.state.payments.methods import TickBox
from portal_app.state.payments_desk.contract import ContractDeskState
from portal_app.state.payments_desk.contract_views import MethodRow, PaymentRow
from portal_app.state.payments_desk.words import PATH

STATE = ContractDeskState
VIEW = STATE.view
WRONG = STATE.field_problems


def contract_payments_page() -> rx.Component:
    """Show what happens next and the schedule, beside methods and what can be decided."""
    return staff_page(
        ui.loading(STATE.is_loaded, _content(), ui.skeleton("detail", 6)),
        payment_sheet(),
        active=PATH,
    )


def _content() -> rx.Component:
    return rx.fragment(
        ui.page_head(
            VIEW.title,
            sub=rx.fragment(
                ui.text_link(VIEW.customer, VIEW.customer_href),
                shown(VIEW.what, rx.fragment(" · ", VIEW.what)),
            ),
            crumb=("Payments", PATH),
            tag=ui.status_tag(VIEW.status, VIEW.tone),
        ),
        rx.cond(STATE.sheet.id == "", ui.error_summary(STATE.problem, WRONG), rx.fragment()),
        shown(VIEW.cancellation, _waiting()),
        ui.columns(
            ui.stack(_schedule()), ui.stack(_outlook(), _methods(), _copy(), _holds(), _cancel())
        ),
    )


def _waiting() -> rx.Component:
    return ui.alert(
        "A request to cancel this contract is open",
        VIEW.cancellation_reason,
        action=ui.link_button("Decide", VIEW.cancellation_href, tone="primary"),
        tone="warn",
        id="cancellation",
    )


def _schedule() -> rx.Component:
    table = ui.data_table(
        caption="Schedule",
        columns=["Payment", "Status", "Due", ui.th("Amount", end=True), "Why"],
        body=rx.foreach(VIEW.schedule, _payment),
    )
    none = ui.empty(
        "calendar-clock", "No schedule", "Payments come with the contract from your own system."
    )
    return ui.card(rx.cond(VIEW.schedule, table, none), title="Schedule", flush=True)


def _payment(one: PaymentRow) -> rx.Component:
    due = rx.el.span(one.due_on, rx.el.span(one.moved, class_name="m"))
    happened = rx.el.span(one.reason, rx.el.span(one.next_step, class_name="m"))
    amount = rx.el.span(one.amount, rx.el.span(one.fee, class_name="m"))
    return ui.table_row(
        ui.row_head(ui.text_link(one.name, one.href), whole=True),
        ui.status_cell(ui.status_tag(one.status, one.tone)),
        ui.cell(due, label="Due", whole=True),
        ui.cell(amount, label="Amount", end=True),
        rx.cond(
            (one.reason != "") | (one.next_step != ""),
            ui.cell(happened, label="Why"),
            ui.cell(label="Why"),
        ),
        key=one.id,
    )


def _outlook() -> rx.Component:
    fixed = rx.fragment(
        rx.el.h3("With a valid method before that", class_name="h3"), _lines(VIEW.if_fixed)
    )
    return ui.card(
        ui.stack(
            ui.row(ui.status_tag(VIEW.headline, VIEW.outlook_tone)),
            _lines(VIEW.if_nothing),
            rx.cond(VIEW.if_fixed, fixed, rx.fragment()),
            ui.paragraph("This is what the customer reads.", quiet=True),
            tight=True,
        ),
        ui.summary_list([("Paid so far", VIEW.paid), ("Left", VIEW.left)]),
        title="What happens next",
    )


def _lines(lines: rx.Var[list[str]]) -> rx.Component:
    return rx.fragment(rx.foreach(lines, _line))


def _line(line: rx.Var[str]) -> rx.Component:
    return ui.paragraph(line)


def _methods() -> rx.Component:
    listed = ui.link_list(rx.foreach(VIEW.methods, _method))
    none = ui.empty("credit-card", "No payment method", "Nothing can be taken without one.")
    return ui.card(
        rx.cond(VIEW.methods, listed, none),
        rx.cond(VIEW.may_add, rx.el.div(_add(), class_name="card-b"), rx.fragment()),
        title="Payment methods",
        flush=True,
    )


def _copy() -> rx.Component:
    """Offer the method that is charged to the holder's other contracts, none of them ticked."""
    form = ui.form(
        ui.checkbox_group(
            rx.fragment("Charge ", VIEW.charged_label, " for"),
            [rx.foreach(VIEW.others, lambda box: _tick(box, "copy"))],
            id="copy-others",
            error=WRONG["contracts"],
        ),
        ui.hidden_input("payment_method", VIEW.charged),
        ui.hidden_input("key", VIEW.key),
        ui.actions(ui.submit_button("Use it there, too", tone="", busy=STATE.busy)),
        on_submit=STATE.copy_method,
        wide=True,
        key=VIEW.key,
    )
    card = ui.card(
        ui.disclosure("Use the method elsewhere", form), title="Other contracts of this holder"
    )
    return shown(VIEW.charged, rx.cond(VIEW.others, card, rx.fragment()))


def _tick(box: TickBox, form: str) -> rx.Component:
    return ui.checkbox(
        box.label, f"{form}-{box.id}", name=f"also-{box.id}", hint=box.hint, plain=False
    )


def _method(one: MethodRow) -> rx.Component:
    charge = ui.button(
        "Charge this",
        on_click=STATE.choose_method(one.id, one.key),
        small=True,
        suffix=one.label,
    )
    meta = rx.fragment(
        one.meta,
        rx.el.span(
            ui.row(
                ui.status_tag(one.status, one.tone),
                rx.cond(one.may_choose, charge, rx.fragment()),
                rx.cond(one.may_remove, _remove(one), rx.fragment()),
            ),
            class_name="below",
        ),
    )
    return ui.plain_row(one.label, meta)


def _remove(one: MethodRow) -> rx.Component:
    return ui.confirm(
        title="Remove this payment method?",
        body=rx.fragment(one.label, " is taken off this contract, and off no other."),
        verb="Remove",
        trigger=ui.button("Remove", small=True, tone="quiet", suffix=one.label),
        on_confirm=STATE.remove_method(one.id, one.key),
    )


def _add() -> rx.Component:
    return ui.form(
        ui.paragraph(
            "For a customer on the phone: the card is typed on the payment company's own page, "
            "never here.",
            quiet=True,
        ),
        ui.hidden_input("key", VIEW.key),
        ui.actions(ui.submit_button("Add a method", tone="", busy=STATE.busy)),
        on_submit=STATE.add_method,
        wide=True,
    )


def _holds() -> rx.Component:
    form = _reasoned(
        "release",
        "Release the holds",
        "Why?",
        "The customer reads this. What is past its day is due tomorrow.",
        STATE.release,
    )
    card = ui.card(ui.stack(ui.paragraph(VIEW.held), form, tight=True), title="On hold", id="holds")
    return rx.cond(VIEW.may_release, card, rx.fragment())


def _cancel() -> rx.Component:
    form = _reasoned(
        "cancel",
        "Ask for the cancellation",
        "Why?",
        "The customer reads this. The request then waits in the queue for a decision.",
        STATE.ask_to_cancel,
        tone="danger",
    )
    card = ui.card(ui.disclosure("Cancel this contract", form), title="Ending it", id="ending")
    return rx.cond(VIEW.may_ask_to_cancel, card, rx.fragment())


def _reasoned(
    act: str,
    verb: str,
    label: str,
    hint: str,
    on_submit: rx.EventHandler,
    tone: str = "",
) -> rx.Component:
    """Ask why, then do it; the field is named after the act, for there are several forms."""
    field = f"{act}_reason"
    box = ui.text_area(field, name="reason", rows=3, limit=300)
    return ui.form(
        ui.field(label, box, id=field, hint=hint, error=WRONG[field]),
        ui.hidden_input("key", VIEW.key),
        ui.actions(ui.submit_button(verb, tone=tone, busy=STATE.busy)),
        on_submit=on_submit,
        wide=True,
        key=VIEW.id,
    )
