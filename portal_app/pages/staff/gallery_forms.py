"""The gallery's forms and buttons."""

import reflex as rx

from portal_app import components as ui
from portal_app.pages.staff import gallery_files

PROBLEMS = {
    "email": "Enter your email address, like name@example.com",
    "when": "Choose when we should come",
}
WAYS = [
    ("pickup", "You pick it up", "We come to the site between 08:00 and 17:00."),
    ("dropoff", "I bring it back", "Any store, during opening hours."),
]


def forms() -> rx.Component:
    """Show a form with problems beside the same controls at rest."""
    return ui.columns(
        ui.card(troubled_form(), title="A form with problems"),
        ui.stack(
            ui.card(buttons(), title="Buttons"),
            ui.card(resting_form(), title="A form at rest"),
            ui.card(gallery_files.files(), title="Files"),
        ),
    )


def troubled_form() -> rx.Component:
    """Show what is wrong, above and beside the fields."""
    email, code, notes = (
        PROBLEMS["email"],
        "Enter the 6-digit code we sent you",
        "Shorten the notes to 1,000 characters",
    )
    return ui.form(
        ui.field("Email address", ui.text_input("email", auto_complete="email"), id="email",
                 hint="We send the confirmation there.", error=email),
        ui.field("Security code", ui.code_input("code"), id="code", error=code),
        ui.radio_group("How does it come back?", "when", WAYS, error=PROBLEMS["when"]),
        ui.field("Notes for the driver", ui.text_area("notes", limit=1000), id="notes", error=notes),
        ui.checkbox("I have read the terms", "terms", error="Tick the box to go on"),
        ui.actions(ui.submit_button("Call off rent"), ui.link_button("Back", "#main")),
        on_submit=rx.noop(),
        problem="Nothing was sent.",
        field_problems=PROBLEMS,
    )  # fmt: skip


def resting_form() -> rx.Component:
    """Show every control without a problem."""
    return ui.form(
        ui.field("Password", ui.password_input("password"), id="password", hint="At least 12 characters."),
        ui.field("Store", ui.select("store", [("1", "Harbour Road"), ("2", "North Yard")]), id="store"),
        ui.field("Date", ui.date_input("date"), id="date"),
        ui.field("Date and time", ui.date_time_input("moment"), id="moment"),
        ui.field("Feed file", ui.file_input("feed", accept=".csv,.zip"), id="feed", hint="CSV or ZIP, up to 50 MB."),
        ui.field("Read only", ui.text_input("fixed", value="20418", read_only=True, short=True), id="fixed"),
        ui.radio_group("Which way?", "way", WAYS, value="pickup"),
        ui.checkbox_group("Tell me about", [
            ui.checkbox("Requests", "news-requests", checked=True, plain=False),
            ui.checkbox("Statements", "news-statements", plain=False, hint="Once a month"),
        ], id="news"),
        ui.hidden_input("token", "abc"),
        ui.actions(ui.submit_button("Save")),
        on_submit=rx.noop(), id="resting",
    )  # fmt: skip


def buttons() -> rx.Component:
    """Show the buttons in every tone and state."""
    return ui.stack(
        ui.row(*[ui.button(tone.capitalize() or "Plain", tone=tone) for tone in ("", "primary", "danger", "quiet")]),
        ui.row(ui.button("Small", small=True), ui.button("Icon", icon="plus"),
               ui.icon_button("settings", label="Settings"), ui.text_button("Send it again", on_click=rx.noop())),
        ui.row(ui.button("Sending", tone="primary", busy=True), ui.button("Sending", busy=True),
               ui.button("Not available", disabled=True), ui.button("Not available", tone="primary", disabled=True)),
        ui.row(ui.link_button("Link", "#main"), ui.button("Copy", icon="copy", custom_attrs={"data-copy": "R-77120"})),
        tight=True,
    )  # fmt: skip
