"""Icons: named in the code (drawn as SVG) or chosen by data (a mask in the stylesheet)."""

import reflex as rx

from portal_app.components.values import Text


def icon(name: str, size: int = 18) -> rx.Component:
    """Show a Lucide icon; it repeats the words beside it, so assistive technology skips it."""
    return rx.icon(name, size=size, custom_attrs={"aria-hidden": "true"})


def mark(name: Text) -> rx.Component:
    """Show one of the stylesheet's icons, whose name may come from a row.

    Names: dot check x arrow-right rotate calendar clock user mail file package truck card message
    alert info chevron.
    """
    return rx.el.span(class_name="mi", custom_attrs={"data-icon": name, "aria-hidden": "true"})
