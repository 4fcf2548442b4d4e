"""Asking somebody to prove again who they are, before what reaches far."""

from urllib.parse import quote

import reflex as rx
from reflex.vars import FunctionStringVar

from portal_app import components as ui
from portal_app.components.values import Flag, Text


def confirm_first(is_sure: Flag, *, title: Text, body: Text, href: Text) -> rx.Component:
    """Lead to the page where one proves it; it leads back to `href`, an address as it stands."""
    asked = ui.alert(
        title,
        body,
        action=ui.link_button("Confirm it is you", "/security?next=" + _quoted(href)),
        tone="info",
        id="confirm-first",
    )
    return rx.cond(is_sure, rx.fragment(), asked)


def _quoted(href: Text) -> Text:
    """Write an address so that its own `?` and `&` stay a part of it."""
    if isinstance(href, str):
        return quote(href)
    return FunctionStringVar.create("encodeURIComponent").call(href).to(str)
