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
        action=ui.link_button("Confirm it is you", _leading_back_to(href)),
        tone="info",
        id="confirm-first",
    )
    return rx.cond(is_sure, rx.fragment(), asked)


def _leading_back_to(href: Text) -> Text:
    """Name the page of the proof; the `?` and `&` of an address stay a part of that address."""
    if isinstance(href, str):
        return f"/security?next={quote(href)}"
    encoded = FunctionStringVar.create("encodeURIComponent").call(href)
    return "/security?next=" + encoded.to(str)
