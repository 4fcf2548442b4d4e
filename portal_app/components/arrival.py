"""What a page shows between its address and its data."""

import reflex as rx

from portal_app.components.skeletons import skeleton
from portal_app.components.values import Content

rx.asset("ahead.js", shared=True)  # what arrival.jsx imports


class Arrival(rx.Component):
    """Hides what it holds while another page's data is there; the script stands in arrival.jsx."""

    library = f"$/public{rx.asset('arrival.jsx', shared=True)}"
    tag = "Arrival"

    shown: rx.Var[str]


def arrival(*content: Content, shown: rx.Var[str]) -> rx.Component:
    """Show content once `shown` is the address in the browser's bar; a placeholder until then.

    It is "" before the first, and "-" where the tab has connected anew.
    """
    return Arrival.create(
        rx.el.div(*content, class_name="arrived"),
        rx.el.div(skeleton("card"), class_name="arriving"),
        shown=shown,
    )
