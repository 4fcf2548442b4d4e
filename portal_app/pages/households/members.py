"""Household members, for whoever heads a household (S1-04 to S1-07)."""

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import Handler, shown
from portal_app.layout.shell import consumer_page
from portal_app.state.households.members import (
    HomeEntry,
    HouseholdState,
    MemberEntry,
    WaitingRow,
)

STATE = HouseholdState
VIEW = STATE.view
SHEET = STATE.sheet
WRONG = STATE.field_problems
LABELS = {
    "given_name": "First name",
    "family_name": "Last name",
    "relationship": "What are they to you?",
    "email": "Email address (optional)",
    "starts_on": "In the household from (optional)",
    "ends_on": "Last day (optional)",
}


def household_page() -> rx.Component:
    """Show each household that the reader heads, with who is in it today."""
    return consumer_page(
        ui.page_head(
            "Household members",
            sub="Who is in the households that you head. You can see and answer their cases.",
        ),
        ui.loading(STATE.is_loaded, _content(), ui.skeleton("table", 4)),
        active="/household",
    )


def _content() -> rx.Component:
    return ui.stack(
        # What is wrong in the sheet stands there.
        rx.cond(SHEET.key == "", ui.error_summary(STATE.problem), rx.fragment()),
        rx.foreach(VIEW.homes, _home),
        _sheet(),
    )


def _home(home: HomeEntry) -> rx.Component:
    add = ui.button(
        "Add somebody", icon="user-plus", on_click=STATE.open_new(home.id), small=True,
        suffix=home.name,
    )  # fmt: skip
    return ui.card(
        rx.el.ul(
            rx.foreach(home.members, _member),
            rx.foreach(home.waiting, _newcomer),
            class_name="list",
            role="list",
        ),
        rx.el.div(
            ui.help_line(home.count, shown(home.address, rx.fragment(" · ", home.address))),
            class_name="card-b",
        ),
        title=home.name,
        action=rx.cond(VIEW.may_ask, add, rx.fragment()),
        flush=True,
        id=home.id,
    )


def _member(one: MemberEntry) -> rx.Component:
    change = ui.button("Change", on_click=STATE.open_member(one.id), small=True, suffix=one.name)
    return ui.plain_row(
        rx.fragment(one.name, rx.cond(one.is_self, " (you)", "")),
        rx.fragment(
            one.what, " · ", one.when, rx.foreach(one.waiting, _waiting)
        ),
        right=rx.cond(one.may_change, change, rx.fragment()),
    )  # fmt: skip


def _newcomer(one: WaitingRow) -> rx.Component:
    return ui.plain_row(one.title, _waiting(one))


def _waiting(one: WaitingRow) -> rx.Component:
    withdraw = ui.confirm(
        title="Withdraw this request?",
        body="Everything stays as it is. You can ask again at any time.",
        verb="Withdraw the request",
        cancel="Keep it",
        on_confirm=STATE.withdraw(one.number, one.key),
        trigger=ui.button("Withdraw", small=True, suffix=one.number),
        busy=STATE.busy,
    )
    return ui.stack(
        ui.row(ui.status_tag("Pending", "warn")),
        rx.el.span(one.title, ": ", one.words),
        rx.cond(one.may_withdraw, ui.row(withdraw), rx.fragment()),
        tight=True,
    )


def _sheet() -> rx.Component:
    is_new = SHEET.household != ""
    return ui.sheet(
        title=rx.cond(is_new, "Add somebody", SHEET.member.name),
        description=rx.cond(is_new, SHEET.name, f"{SHEET.member.what} · {SHEET.name}"),
        body=ui.stack(
            ui.error_summary(STATE.problem, WRONG, LABELS), rx.cond(is_new, _add(), _change())
        ),
        open=SHEET.key != "",
        on_open_change=STATE.close,
    )


def _add() -> rx.Component:
    day = ui.date_input("starts_on", min=SHEET.today)
    mail = ui.text_input("email", type="email", auto_complete="off", spell_check=False)
    return _form(
        ui.paragraph(VIEW.add_note, quiet=True),
        _line("given_name"),
        _line("family_name"),
        _relationship(""),
        ui.field(
            LABELS["email"], mail, id="email", error=WRONG["email"],
            hint="So that we know who they are, if they are a customer already.",
        ),
        ui.field(
            LABELS["starts_on"], day, id="starts_on", error=WRONG["starts_on"],
            hint="Leave it empty for as soon as possible.",
        ),
        ui.hidden_input("household", SHEET.household),
        verb="Ask to add",
        on_submit=STATE.add,
    )  # fmt: skip


def _change() -> rx.Component:
    day = ui.date_input("ends_on", min=SHEET.today)
    end = _form(
        ui.paragraph(
            "From then on you no longer see or answer their cases. What was stays written down. ",
            VIEW.end_note,
        ),
        ui.field(
            LABELS["ends_on"], day, id="ends_on", error=WRONG["ends_on"],
            hint="Leave it empty to end it as soon as possible.",
        ),
        ui.hidden_input("membership", SHEET.member.id),
        verb="Ask to end the membership",
        on_submit=STATE.end,
        tone="danger",
    )  # fmt: skip
    rename = _form(
        ui.paragraph(VIEW.rename_note, quiet=True),
        _relationship(SHEET.member.relationship),
        ui.hidden_input("membership", SHEET.member.id),
        verb="Ask to change it",
        on_submit=STATE.rename,
    )
    return ui.stack(
        rx.el.h3("Correct the relationship", class_name="h3"),
        rename,
        rx.el.h3("End the membership", class_name="h3"),
        end,
    )


def _form(
    *fields: rx.Component, verb: str, on_submit: Handler, tone: str = "primary"
) -> rx.Component:
    return ui.form(
        *fields,
        ui.hidden_input("key", SHEET.key),
        ui.actions(ui.submit_button(verb, busy=STATE.busy, tone=tone)),
        on_submit=on_submit,
        wide=True,
        key=SHEET.key,
    )


def _line(name: str) -> rx.Component:
    box = ui.text_input(name, auto_complete="off")
    return ui.field(LABELS[name], box, id=name, error=WRONG[name])


def _relationship(held: rx.Var | str) -> rx.Component:
    box = ui.text_input("relationship", value=held, auto_complete="off")
    hint = "Such as husband, daughter or lodger."
    return ui.field(
        LABELS["relationship"], box, id="relationship", hint=hint, error=WRONG["relationship"]
    )
