"""A summary of a thing, shown beside the link to it."""

import reflex as rx

from portal_app.components.values import Text


class HoverSummary(rx.Component):
    """Opens by mouse, focus and tap; the script stands in layers.jsx."""

    library = f"$/public{rx.asset('layers.jsx', shared=True)}"
    tag = "HoverSummary"
    lib_dependencies: list[str] = ["@radix-ui/react-hover-card@1.1.15"]

    label: rx.Var[str]


def hover_summary(trigger: rx.Component, content: rx.Component, *, label: Text) -> rx.Component:
    """Show a few facts about where a link leads.

    It only repeats what that page says. The label ("Summary of R-77120") names the card, and the
    button that opens it on touch screens.
    """
    return HoverSummary.create(trigger, content, label=label)
