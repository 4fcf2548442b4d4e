"""One payment of a contract on the right: its attempts, and what staff may do (S0-28)."""

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import Content, Handler
from portal_app.state.payments_desk.contract import ContractDeskState
from portal_app.state.payments_desk.words import Fact

STATE = ContractDeskState
SHEET = STATE.sheet
WRONG = STATE.field_problems
WHY = "The customer reads this."


def payment_sheet() -> rx.Component:
    """Open over the page when the address names a payment.

    It is drawn anew for another payment, so that nothing typed for this one is sent for that one.
    """
    body = ui.stack(
        ui.row(ui.status_tag(SHEET.status, SHEET.tone)),
        ui.error_summary(STATE.problem, WRONG),
        ui.summary_rows(rx.foreach(SHEET.facts, _fact)),
        ui.shown(
            SHEET.receipt,
            ui.link_button("Receipt (PDF)", SHEET.receipt, file=True, small=True, icon="file-down"),
        ),
        _decisions(),
        rx.cond(SHEET.tries, _tries(), rx.fragment()),
    )
    return ui.sheet(
        title=SHEET.title,
        description=SHEET.sub,
        body=rx.el.div(body, key=SHEET.id),
        open=SHEET.id != "",
        on_open_change=STATE.close,
    )


def _fact(fact: Fact) -> rx.Component:
    return ui.summary_row(fact.name, fact.value)


def _tries() -> rx.Component:
    return ui.stack(rx.el.h3("Attempts", class_name="h3"), ui.timeline(SHEET.tries), tight=True)


def _decisions() -> rx.Component:
    return ui.stack(
        ui.shown(STATE.view.whose, ui.paragraph(STATE.view.whose, quiet=True)),
        rx.cond(SHEET.may_pay_now, _take_now(), rx.fragment()),
        rx.cond(SHEET.may_reschedule, _reschedule(), rx.fragment()),
        rx.cond(SHEET.may_waive_fee, _waive_fee(), rx.fragment()),
        rx.cond(SHEET.may_waive, _waive(), rx.fragment()),
        rx.cond(SHEET.may_reinstate, _reinstate(), rx.fragment()),
        rx.cond(SHEET.may_write_off, _write_off(), rx.fragment()),
        tight=True,
    )


def _take_now() -> rx.Component:
    words = rx.fragment(
        "Takes ", SHEET.total, " at once from the method that is charged. If that fails, nothing "
        "changes: it is not the second attempt.",
    )  # fmt: skip
    return _act("Take it now", _form(ui.paragraph(words), verb="Take it now", on=STATE.take_now))


def _reschedule() -> rx.Component:
    fields = (_day("move", "New day", "A missed payment starts anew, without its fee."),
              _why("move"))  # fmt: skip
    return _act("Move it to another day", _form(*fields, verb="Reschedule", on=STATE.reschedule))


def _waive_fee() -> rx.Component:
    words = rx.cond(
        SHEET.owed_fee != "",
        rx.fragment(
            "The payment was made elsewhere. Of its fee, ", SHEET.owed_fee, " is still owed."
        ),
        rx.fragment("The payment itself is still tried again, without the ", SHEET.fee, " fee."),
    )
    fields = (ui.paragraph(words), _why("fee"))
    return _act("Waive the fee", _form(*fields, verb="Waive the fee", on=STATE.waive_fee))


def _waive() -> rx.Component:
    words = rx.fragment("Nothing of the ", SHEET.total, " is asked for any more.")
    form = _form(
        ui.paragraph(words), _why("waive"), verb="Waive payment", on=STATE.waive, tone="danger"
    )
    return _act("Waive this payment", form)


def _reinstate() -> rx.Component:
    fields = (_day("again", "Take it on", "It starts anew, without its fee."), _why("again"))
    return _act("Put it back", _form(*fields, verb="Put it back", on=STATE.reinstate))


def _write_off() -> rx.Component:
    words = "It is not asked for any more. That cannot be taken back."
    form = _form(
        ui.paragraph(words), _why("give_up"), verb="Write off", on=STATE.write_off, tone="danger"
    )
    return _act("Write it off", form)


def _act(summary: str, form: rx.Component) -> rx.Component:
    return ui.disclosure(summary, form)


def _day(act: str, label: str, hint: str) -> rx.Component:
    field = f"{act}_due_on"
    box = ui.date_input(field, name="due_on", min=SHEET.earliest)
    return ui.field(label, box, id=field, hint=hint, error=WRONG[field])


def _why(act: str) -> rx.Component:
    """Ask for the reason; the field is named after the act, for there are several forms."""
    field = f"{act}_reason"
    box = ui.text_area(field, name="reason", rows=3, limit=300)
    return ui.field("Why?", box, id=field, hint=WHY, error=WRONG[field])


def _form(*fields: Content, verb: str, on: Handler, tone: str = "primary") -> rx.Component:
    return ui.form(
        *fields,
        ui.hidden_input("instalment", SHEET.id),
        ui.hidden_input("key", SHEET.key),
        ui.actions(ui.submit_button(verb, tone=tone, busy=STATE.busy)),
        on_submit=on,
        wide=True,
    )
