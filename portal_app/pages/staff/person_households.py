"""A person's households and grants, on the staff's page of that person."""

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import shown
from portal_app.state.households.desk import AffairsState, GrantLine, HomeLine

STATE = AffairsState
VIEW = STATE.view


def household_cards() -> rx.Component:
    """Show the households, while the brand has them, and who may act for whom."""
    return rx.fragment(
        ui.error_summary(STATE.problem),
        rx.cond(VIEW.has_households, _homes(), rx.fragment()),
        _grants(),
    )


def _homes() -> rx.Component:
    listed = rx.el.ul(rx.foreach(VIEW.homes, _home), class_name="list", role="list")
    none = _quiet("They belong to no household.")
    return ui.card(rx.cond(VIEW.homes, listed, none), title="Households", flush=True)


def _home(row: HomeLine) -> rx.Component:
    meta = rx.fragment(row.what, " · ", row.when)
    return ui.plain_row(row.name, meta, right=ui.status_tag(row.label, row.tone))


def _grants() -> rx.Component:
    listed = rx.el.ul(rx.foreach(VIEW.grants, _grant), class_name="list", role="list")
    none = _quiet("Acts for nobody, and lets nobody act. Customers see to it in the portal.")
    return ui.card(rx.cond(VIEW.grants, listed, none), title="Who may act for whom", flush=True)


def _grant(row: GrantLine) -> rx.Component:
    end = ui.confirm(
        title="Take this away?",
        body="It ends at once, also where they have it open. Both of them are told.",
        verb="Take it away",
        on_confirm=STATE.revoke(row.id, row.key),
        trigger=ui.button("Take away", small=True, suffix=row.title),
        busy=STATE.busy,
    )
    meta = rx.fragment(
        row.what, rx.el.br(), row.when, shown(row.note, rx.fragment(rx.el.br(), row.note))
    )
    stands = ui.row(ui.status_tag(row.label, row.tone), rx.cond(row.may_end, end, rx.fragment()))
    return ui.plain_row(row.title, meta, right=stands, below=True)


def _quiet(words: str) -> rx.Component:
    return rx.el.div(ui.paragraph(words, quiet=True), class_name="card-b")
