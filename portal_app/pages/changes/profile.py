"""What is held about an account and its person, and how it is changed (S0-11, S3-17)."""

import reflex as rx

from portal_app import components as ui
from portal_app.layout.shell import consumer_page
from portal_app.state.changes.profile import DetailRow, HomeRow, ProfileState
from portal_app.state.changes.words import HistoryRow

STATE = ProfileState
VIEW = ProfileState.view


def profile_page() -> rx.Component:
    """Show the details, what waits, and what has become of earlier requests."""
    return consumer_page(
        ui.page_head("Your details", sub="What we hold about you and about your account."),
        ui.loading(
            STATE.is_loaded,
            ui.stack(ui.error_summary(STATE.problem), _content()),
            ui.skeleton("detail", 5),
        ),
        active="/profile",
    )


def _content() -> rx.Component:
    return ui.columns(
        ui.stack(_person(), _account(), rx.cond(VIEW.has_households, _households(), rx.fragment())),
        ui.stack(_store(), rx.cond(VIEW.history, _history(), rx.fragment())),
    )


def _person() -> rx.Component:
    return ui.card(ui.summary_rows(rx.foreach(VIEW.details, _detail)), title="You")


def _detail(row: DetailRow) -> rx.Component:
    held = rx.cond(
        row.lines,
        rx.el.span(rx.foreach(row.lines, lambda line: rx.el.span(line, rx.el.br()))),
        "",
    )
    change = ui.text_link("Change", row.href, suffix=row.title)
    return ui.summary_row(
        row.title,
        rx.fragment(held, rx.cond(row.is_pending, _pending(row), _overtaken(row))),
        rx.cond(row.may_edit, change, rx.fragment()),
    )


def _pending(row: DetailRow) -> rx.Component:
    return ui.stack(
        ui.row(ui.status_tag("Pending", "warn")),
        ui.paragraph(row.pending, " We will write to you when it is decided.", quiet=True),
        rx.cond(row.may_withdraw, ui.row(_withdraw(row)), rx.fragment()),
        tight=True,
    )


def _withdraw(row: DetailRow) -> rx.Component:
    return ui.confirm(
        title="Withdraw this request?",
        body="Everything stays as it is. You can ask again at any time.",
        verb="Withdraw the request",
        cancel="Keep it",
        on_confirm=STATE.withdraw(row.number, row.key),
        trigger=ui.button("Withdraw", small=True, suffix=row.title),
        busy=STATE.busy,
    )


def _overtaken(row: DetailRow) -> rx.Component:
    words = ui.stack(
        ui.row(ui.status_tag("Updated by us", "info")),
        ui.paragraph(row.overtaken, quiet=True),
        tight=True,
    )
    return rx.cond(row.overtaken != "", words, rx.fragment())


def _account() -> rx.Component:
    rows = [
        ("Account number", VIEW.account),
        ("Name", VIEW.account_name),
        ("Main phone", VIEW.main_phone),
        ("Email", VIEW.email),
        ("ZIP or postal code", VIEW.postal_code),
    ]
    return ui.card(ui.summary_list(rows), title="Your account")


def _households() -> rx.Component:
    """Name the primary household, and every one that the reader is in today (S1-02, S1-03)."""
    listed = rx.el.ul(rx.foreach(VIEW.homes, _home), class_name="list", role="list")
    primary = ui.summary_list([("Primary household", VIEW.primary)])
    none = ui.paragraph("You belong to no household with us.", quiet=True)
    return ui.card(
        rx.el.div(rx.cond(VIEW.homes, primary, none), class_name="card-b"),
        rx.cond(VIEW.homes, listed, rx.fragment()),
        rx.el.div(
            ui.help_line(ui.text_link("Who can see your data", "/access")), class_name="card-b"
        ),
        title="Households",
        flush=True,
    )


def _home(row: HomeRow) -> rx.Component:
    primary = rx.cond(row.is_primary, ui.status_tag("Primary", "info"), rx.fragment())
    return ui.plain_row(row.name, rx.fragment(row.what, " · ", row.when), right=primary)


def _store() -> rx.Component:
    words = rx.cond(
        VIEW.may_edit,
        "Your account's main phone is how you sign in, so your store checks with you before it "
        "is changed.",
        "Ask your store to change your details.",
    )
    rows = [("Store", VIEW.store), ("Phone", VIEW.store_phone), ("Email", VIEW.store_email)]
    return ui.card(ui.paragraph(words), ui.summary_list(rows), title="Something else has changed?")


def _history() -> rx.Component:
    listed = rx.el.ul(rx.foreach(VIEW.history, _past), class_name="list", role="list")
    return ui.card(listed, title="Earlier changes", flush=True)


def _past(row: HistoryRow) -> rx.Component:
    meta = rx.fragment(
        rx.el.span(row.what, " · ", row.when),
        rx.cond(row.note != "", rx.el.span(row.note, class_name="m"), rx.fragment()),
    )
    return ui.plain_row(row.title, meta, right=ui.status_tag(row.status, row.tone))
