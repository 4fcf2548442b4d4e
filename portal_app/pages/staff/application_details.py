"""What an application is about: the facts, the vehicle, the terms."""

import reflex as rx

from portal_app import components as ui
from portal_app.state.applications.desk import ApplicationDeskState
from portal_app.state.applications.words import Fact

VIEW = ApplicationDeskState.view


def details_section() -> rx.Component:
    """Show the facts beside the terms; what has no data is not there."""
    return ui.columns(
        ui.stack(
            _facts("Application", VIEW.facts),
            rx.cond(VIEW.vehicle, _facts("Vehicle details", VIEW.vehicle), rx.fragment()),
        ),
        rx.cond(VIEW.finance, _facts("Finance details", VIEW.finance), rx.fragment()),
    )


def _facts(title: str, rows: rx.Var[list[Fact]]) -> rx.Component:
    return ui.card(ui.summary_rows(rx.foreach(rows, _fact)), title=title)


def _fact(fact: Fact) -> rx.Component:
    return ui.summary_row(fact.name, fact.value)
