"""One person for staff: what is held, what they asked for, and correcting it (S0-11)."""

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import shown
from portal_app.layout.shell import staff_page
from portal_app.pages.staff.person_households import household_cards
from portal_app.pages.staff.person_marketing import marketing_cards
from portal_app.state.changes.person import HeldRow, PersonState
from portal_app.state.changes.words import HistoryRow

STATE = PersonState
VIEW = STATE.view
WRONG = STATE.field_problems
LABELS = {
    "given_name": "First name",
    "family_name": "Last name",
    "address_line1": "Street and number",
    "address_line2": "Apartment or unit (optional)",
    "city": "Town or city",
    "region": "State or region (optional)",
    "postal_code": "ZIP or postal code",
    "country": "Country",
    "email": "Email address",
    "mobile": "Mobile number",
    "locale": "Language",
}


def person_page() -> rx.Component:
    """Show one person."""
    return staff_page(
        ui.loading(STATE.is_loaded, _content(), ui.skeleton("detail", 5)),
        active="/staff/customers",
    )


def _content() -> rx.Component:
    return rx.fragment(
        ui.page_head(
            VIEW.name,
            sub=shown(VIEW.account_href, ui.text_link(VIEW.account, VIEW.account_href)),
            crumb=("Customers", "/staff/customers"),
            actions=[ui.link_button("Open a case for them", VIEW.case_href, icon="life-buoy")],
            key=VIEW.id,
        ),
        ui.error_summary(STATE.problem, WRONG, LABELS),
        ui.columns(
            ui.stack(_held(), household_cards(), marketing_cards(), _history()), _corrections()
        ),
    )


def _held() -> rx.Component:
    return ui.card(ui.summary_rows(rx.foreach(VIEW.details, _detail)), title="Details")


def _detail(row: HeldRow) -> rx.Component:
    held = rx.cond(
        row.lines,
        rx.el.span(rx.foreach(row.lines, lambda line: rx.el.span(line, rx.el.br()))),
        "",
    )
    waiting = ui.row(
        ui.status_tag("Pending", "warn"),
        ui.text_link(row.pending, row.pending_href),
    )
    return ui.summary_row(
        row.title,
        rx.fragment(
            held,
            shown(row.pending, waiting),
            shown(row.overtaken, ui.paragraph(row.overtaken, quiet=True)),
        ),
    )


def _history() -> rx.Component:
    listed = rx.el.ul(rx.foreach(VIEW.history, _past), class_name="list", role="list")
    none = ui.paragraph("Nothing has been changed in the portal yet.", quiet=True)
    return ui.card(rx.cond(VIEW.history, listed, none), title="Changes", id="changes")


def _past(row: HistoryRow) -> rx.Component:
    meta = rx.fragment(
        ui.text_link(row.what, "/staff/requests?open=" + row.what),
        " · ",
        row.when,
        shown(row.note, rx.el.span(row.note, class_name="m")),
    )
    return ui.plain_row(row.title, meta, right=ui.status_tag(row.status, row.tone))


def _corrections() -> rx.Component:
    own = "These are your own details, so a colleague has to correct them."
    words = "What you correct is in force at once. It is written down, and the customer is told."
    return ui.card(
        rx.cond(
            VIEW.may_correct,
            ui.stack(
                ui.paragraph(words, quiet=True),
                _correct("Correct the name", "name", *_lines("given_name", "family_name")),
                _correct("Correct the address", "address", *_address()),
                _correct("Correct the email address", "email", _line("email")),
                _correct("Correct the mobile number", "phone", _line("mobile")),
                _correct("Correct the language", "language", _choice("locale", VIEW.languages)),
                tight=True,
            ),
            ui.paragraph(own),
        ),
        title="Correct these details",
    )


def _correct(summary: str, kind: str, *fields: rx.Component) -> rx.Component:
    return ui.disclosure(
        summary,
        ui.form(
            *fields,
            ui.hidden_input("kind", kind),
            ui.hidden_input("key", VIEW.key),
            ui.actions(ui.submit_button("Save", tone="", suffix=summary, busy=STATE.busy)),
            on_submit=STATE.correct,
            wide=True,
            # Drawn anew for somebody else, so that nothing typed about one is saved for another.
            key=VIEW.id,
        ),
    )


def _lines(*names: str) -> list[rx.Component]:
    return [_line(name) for name in names]


def _line(name: str) -> rx.Component:
    box = ui.text_input(name, value=VIEW.held[name], auto_complete="off")
    return ui.field(LABELS[name], box, id=name, error=WRONG[name])


def _choice(name: str, options: rx.Var) -> rx.Component:
    box = ui.select(name, options, value=VIEW.held[name])
    return ui.field(LABELS[name], box, id=name, error=WRONG[name])


def _address() -> list[rx.Component]:
    names = ("address_line1", "address_line2", "city", "region", "postal_code")
    return [*_lines(*names), _choice("country", VIEW.countries)]
