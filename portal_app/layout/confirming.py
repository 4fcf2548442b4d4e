"""Asking somebody to prove again who they are, before what reaches far."""

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import Flag, Text


def confirm_first(is_sure: Flag, *, title: Text, body: Text, href: Text) -> rx.Component:
    """Lead to the page where one proves it; it leads back to `href`, which is encoded."""
    asked = ui.alert(
        title,
        body,
        action=ui.link_button("Confirm it is you", f"/security?next={href}"),
        tone="info",
        id="confirm-first",
    )
    return rx.cond(is_sure, rx.fragment(), asked)
