"""What several pages about money share: the choice of a day, and the ageing."""

from typing import Any

import reflex as rx

from portal_app import components as ui
from portal_app.state.billing.statements import StatementDayState
from portal_app.state.billing.words import AgedEntry

DAY = "Statement for a date"


def day_form(day: rx.Var[str], today: rx.Var[str]) -> rx.Component:
    """Ask for the day of a statement; `day` stands there at first."""
    state = StatementDayState
    wrong = state.field_problems["as_of"]
    box = ui.date_input("as_of", value=day, min="1970-01-01", max=today, key=day)
    return ui.form(
        ui.field(DAY, box, id="as_of", hint="It shows the month up to that day.", error=wrong),
        ui.actions(ui.submit_button("Show statement", tone="")),
        on_submit=state.choose,
        problem=state.problem,
        field_problems=state.field_problems,
        labels={"as_of": DAY},
    )


def aged_rows(standing: Any) -> rx.Component:
    """Show what is owed by how long it has been due."""
    rows = ui.summary_rows(rx.foreach(standing.ageing, _aged))
    credit = ui.paragraph("This account is in credit: nothing is owed.", quiet=True)
    nothing = rx.cond(standing.is_in_credit, credit, ui.paragraph("Nothing is owed.", quiet=True))
    return rx.cond(standing.ageing, rx.el.div(rows, class_name="amounts"), nothing)


def _aged(part: AgedEntry) -> rx.Component:
    return ui.summary_row(part.label, ui.money_text(part.amount))
