"""The people of a customer: whether they sign in, and inviting them (S0-08, S0-09)."""

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import Handler
from portal_app.state.customers.detail import CustomerState
from portal_app.state.invitations.people import PeopleState
from portal_app.state.invitations.people_views import NeedRow, PersonRow

STATE = PeopleState
SHEET = STATE.sheet
WRONG = STATE.field_problems
LABELS = {"note": "How did you check who this is?"}


def people_card() -> rx.Component:
    """List contacts and holders; each opens on the right."""
    find = ui.search_box(
        value=STATE.search,
        on_change=STATE.look_for,
        label="Find a person on this account",
        placeholder="Name or contract number",
    )
    nobody = rx.el.div(
        ui.paragraph("Nobody of that name is here.", quiet=True), class_name="card-b"
    )
    return ui.card(
        rx.cond(STATE.has_more | (STATE.search != ""), ui.toolbar(find), rx.fragment()),
        rx.cond(STATE.rows, ui.link_list(rx.foreach(STATE.rows, _person)), nobody),
        rx.cond(STATE.has_more, ui.help_line("Search to find the others."), rx.fragment()),
        title="People",
        id="people",
        flush=True,
    )


def _person(row: PersonRow) -> rx.Component:
    meta = rx.fragment(
        row.what,
        rx.el.br(),
        row.reach,
        rx.cond(row.note != "", rx.fragment(rx.el.br(), row.note), rx.fragment()),
    )
    stands = ui.row(
        ui.button("Invitation", on_click=STATE.open(row.id), small=True, suffix=row.name),
        ui.status_tag(row.label, row.tone),
    )
    name = ui.text_link(row.name, row.href, suffix="details")
    return ui.plain_row(name, meta, right=stands, below=True)


def person_sheet() -> rx.Component:
    """Show what somebody needs, what can be sent, and what was."""
    return ui.sheet(
        title=SHEET.name,
        description=SHEET.sub,
        body=ui.stack(
            ui.row(ui.status_tag(SHEET.label, SHEET.tone)),
            ui.error_summary(STATE.problem, WRONG, LABELS),
            ui.paragraph(SHEET.advice),
            rx.cond(STATE.link != "", _copied(), rx.fragment()),
            rx.cond(SHEET.is_ready, _ways(), rx.fragment()),
            rx.cond(SHEET.is_live, _revoke(), rx.fragment()),
            rx.cond(SHEET.asks, _set_aside(), rx.fragment()),
            rx.el.h3("Why can this person be invited, or not?", class_name="h3"),
            ui.checklist(rx.foreach(SHEET.needs, _need)),
            rx.cond(SHEET.history, _history(), rx.fragment()),
        ),
        open=SHEET.person != "",
        on_open_change=STATE.close,
    )


def _form(
    *fields: rx.Component, verb: str, on_submit: Handler, tone: str = "", name: str
) -> rx.Component:
    return ui.form(
        *fields,
        ui.hidden_input("person", SHEET.person),
        ui.hidden_input("key", SHEET.key),
        ui.actions(ui.submit_button(verb, tone=tone, busy=STATE.busy)),
        on_submit=on_submit,
        wide=True,
        id=name,
    )


def _ways() -> rx.Component:
    note = ui.field(
        LABELS["note"],
        ui.text_input("note", auto_complete="off"),
        id="note",
        hint="For example: called back on the number on file, knew the VIN. It is kept.",
        error=WRONG["note"],
    )
    return ui.stack(
        _form(
            verb="Request verification",
            on_submit=STATE.request_verification,
            tone="primary",
            name="request",
        ),
        ui.disclosure(
            "You have verified them, on the phone or in person",
            _form(note, verb="Verify and invite", on_submit=STATE.verify_and_invite, name="verify"),
        ),
        ui.disclosure(
            "They cannot get our email",
            ui.stack(
                ui.paragraph(
                    "Make a link and hand it over yourself. The code still goes to the number or "
                    "address that we hold. Links made before stop working."
                ),
                _form(verb="Make a link", on_submit=STATE.copy_link, name="copy"),
                tight=True,
            ),
        ),
        tight=True,
    )


def _copied() -> rx.Component:
    return ui.alert(
        "Their link, shown this once",
        rx.el.span(STATE.link, style={"overflow-wrap": "anywhere"}),
        action=ui.button("Copy", icon="copy", custom_attrs={"data-copy": STATE.link}),
        tone="info",
        id="copied",
        live=True,
    )


def _revoke() -> rx.Component:
    return _form(verb="Take the link back", on_submit=STATE.revoke, name="revoke")


def _set_aside() -> rx.Component:
    return _form(verb="Send no new link", on_submit=STATE.set_aside, tone="quiet", name="aside")


def _need(row: NeedRow) -> rx.Component:
    mend = rx.cond(
        row.fix != "",
        ui.button(
            row.fix_label,
            on_click=CustomerState.fix(row.fix, row.key),
            small=True,
            suffix=row.label,
        ),
        rx.fragment(),
    )
    return ui.checklist_item(row.label, done=row.is_met, hint=row.hint, action=mend)


def _history() -> rx.Component:
    return rx.fragment(rx.el.h3("Links so far", class_name="h3"), ui.timeline(SHEET.history))
