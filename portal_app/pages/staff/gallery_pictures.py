"""The gallery's pictures: a year of payments, and the ways that a thing can go."""

import reflex as rx

from portal_app import components as ui
from portal_app.state.payments.schedules import Bar, Legend

_MONTHS = ["Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May"]
_PAST = [("good", "check"), ("good", "check"), ("bad", "x"), ("warn", "clock")]


def pictures() -> rx.Component:
    """Show a year, and what comes of doing nothing beside what comes of doing something."""
    names = [("Paid", "good"), ("Missed", "bad"), ("On hold", "warn"), ("Scheduled", "info")]
    return ui.columns(
        ui.card(
            ui.year_chart(
                [_bar(n) for n in range(12)],
                label="Payments by month: 2 paid, 1 missed, 1 on hold, 7 scheduled.",
                legend=[Legend(*pair) for pair in names],
            ),
            title="A year of payments",
        ),
        ui.card(
            ui.ways(
                ui.way("If you do nothing", ["We try again on 1 December.", "There is a fee."]),
                ui.way("If you add a valid method", ["The fee is all."], tone="good"),
            ),
            title="Two ways",
        ),
    )


def _bar(n: int) -> Bar:
    tone, mark = [*_PAST, *[("info", "calendar")] * 7, ("", "")][n]
    height, fee = ("74.0%" if tone else "0%"), ("16.0%" if tone == "bad" else "0%")
    return Bar(_MONTHS[n], f"{n * 8.33 + 1.6:.2f}%", "26.0%", height, "10.0%", fee, tone, mark, "")
