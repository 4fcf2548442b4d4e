"""How long something still lasts, counted down while one looks."""

import reflex as rx

from portal_app.components.values import Text


class Countdown(rx.Component):
    """Counts down to a moment; the script stands in countdown.jsx."""

    library = f"$/public{rx.asset('countdown.jsx', shared=True)}"
    tag = "Countdown"

    until: rx.Var[str]
    over: rx.Var[str]


def countdown(until: Text, *, over: Text) -> rx.Component:
    """Say how long it is until a moment (ISO 8601), and `over` once it has come."""
    return Countdown.create(until=until, over=over)
