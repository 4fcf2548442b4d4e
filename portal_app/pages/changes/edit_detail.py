"""Changing one kind of one's own details (S0-11, S0-12)."""

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import Handler
from portal_app.layout.shell import consumer_page
from portal_app.state.changes.editing import EditDetailState

STATE = EditDetailState
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
    "email": "New email address",
    "mobile": "New mobile number",
    "locale": "Language",
    "code": "Code",
}


def edit_detail_page() -> rx.Component:
    """Ask for one thing; say before it is sent whether staff have to look at it."""
    return consumer_page(
        ui.loading(STATE.is_loaded, _content(), ui.skeleton("form", 3)),
        active="/profile",
    )


def _content() -> rx.Component:
    return rx.fragment(
        ui.page_head(
            rx.fragment("Change your ", VIEW.title.lower()), crumb=("Your details", "/profile")
        ),
        ui.card(
            rx.cond(VIEW.waits != "", ui.paragraph(VIEW.waits), rx.fragment()),
            rx.cond(VIEW.is_pending, _already(), rx.fragment()),
            rx.match(
                VIEW.kind,
                ("name", _form(*_name())),
                ("address", _form(*_address())),
                ("language", _form(_language())),
                ("email", _proved(_email())),
                ("phone", _proved(_mobile())),
                rx.fragment(),
            ),
        ),
    )


def _already() -> rx.Component:
    words = "You have asked for a change of this already. What you send now takes its place."
    return ui.paragraph(words, quiet=True)


def _form(*fields: rx.Component) -> rx.Component:
    verb = rx.cond(VIEW.waits != "", "Send to our staff", "Save")
    return _drawn(*fields, verb=verb, on_submit=STATE.save)


def _drawn(*fields: rx.Component, verb: rx.Var | str, on_submit: Handler) -> rx.Component:
    return ui.form(
        *fields,
        ui.hidden_input("key", VIEW.key),
        ui.actions(ui.submit_button(verb, busy=STATE.busy), ui.link_button("Cancel", "/profile")),
        on_submit=on_submit,
        problem=STATE.problem,
        field_problems=WRONG,
        labels=LABELS,
    )


def _line(name: str, fill: str, hint: str | None = None, **props) -> rx.Component:  # noqa: ANN003
    box = ui.text_input(name, value=VIEW.held[name], auto_complete=fill, **props)
    return ui.field(LABELS[name], box, id=name, hint=hint, error=WRONG[name])


def _name() -> list[rx.Component]:
    return [_line("given_name", "given-name"), _line("family_name", "family-name")]


def _address() -> list[rx.Component]:
    country = ui.select(
        "country", VIEW.countries, value=VIEW.held["country"], auto_complete="country"
    )
    return [
        _line("address_line1", "address-line1"),
        _line("address_line2", "address-line2"),
        _line("city", "address-level2"),
        _line("region", "address-level1"),
        _line("postal_code", "postal-code", short=True),
        ui.field(LABELS["country"], country, id="country", error=WRONG["country"]),
    ]


def _language() -> rx.Component:
    box = ui.select("locale", VIEW.languages, value=VIEW.held["locale"])
    hint = "What we use when we call or write to you. This portal is in English."
    return ui.field(LABELS["locale"], box, id="locale", hint=hint, error=WRONG["locale"])


def _email() -> rx.Component:
    hint = "We send a code there, to see that it is yours."
    box = ui.text_input("email", type="email", auto_complete="email", spell_check=False)
    return ui.field(LABELS["email"], box, id="email", hint=hint, error=WRONG["email"])


def _mobile() -> rx.Component:
    hint = "We text a code there, to see that it is yours."
    box = ui.text_input("mobile", type="tel", auto_complete="tel")
    return ui.field(LABELS["mobile"], box, id="mobile", hint=hint, error=WRONG["mobile"])


def _proved(entry: rx.Component) -> rx.Component:
    return rx.cond(
        VIEW.needs_step_up,
        _step_up(),
        rx.cond(VIEW.sent_to != "", _code(entry), _entry(entry)),
    )


def _step_up() -> rx.Component:
    return ui.stack(
        ui.paragraph("This is part of how we know you, so confirm first that it is you."),
        ui.actions(
            ui.link_button("Confirm it is you", VIEW.step_up_href, tone="primary"),
            ui.link_button("Cancel", "/profile"),
        ),
    )


def _entry(entry: rx.Component) -> rx.Component:
    return _drawn(entry, verb="Send code", on_submit=STATE.send_code)


def _code(entry: rx.Component) -> rx.Component:
    code = ui.field(
        LABELS["code"],
        ui.code_input("code"),
        id="code",
        hint=rx.fragment("Six digits, sent to ", VIEW.sent_to, ". They work for 10 minutes."),
        error=WRONG["code"],
    )
    return ui.stack(
        _drawn(code, verb="Confirm", on_submit=STATE.confirm),
        ui.disclosure("Nothing has come, or it was the wrong one", _entry(entry)),
    )
