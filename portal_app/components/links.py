"""Links: inside the app, out of it, and text that only assistive technology reads."""

from typing import Any

import reflex as rx

from portal_app.components.icons import icon
from portal_app.components.values import Content, Text


def visually_hidden(text: Text) -> rx.Component:
    """Say something that the page already shows to the eye."""
    return rx.el.span(text, class_name="vh")


def anchor(*children: Content, href: Text, **props: Any) -> rx.Component:
    """Build a plain `<a>`, which makes the browser load a document.

    `rx.el.a` is React Router's link and keeps every address of this origin inside the app, so
    downloads and addresses of the backend need this one. It also carries same-page links, which
    boot.js turns into focus.
    """
    return rx.el.A.create(*children, href=href, **props)


def text_link(
    label: Content, href: Text, *, suffix: Text = "", alone: bool = False
) -> rx.Component:
    """Link to a page of the portal; the suffix tells links with the same label apart."""
    return rx.el.a(label, _hidden_suffix(suffix), href=href, class_name=_class(alone=alone))


def external_link(
    label: Content, href: Text, *, suffix: Text = "", alone: bool = False, new_tab: bool = False
) -> rx.Component:
    """Link to an address outside the app: a file, a backend route, another site."""
    target = {"target": "_blank", "rel": "noopener"} if new_tab else {}
    mention = visually_hidden(" (opens in a new tab)") if new_tab else None
    return anchor(
        label, _hidden_suffix(suffix), mention, href=href, class_name=_class(alone=alone), **target
    )


def crumb_link(label: Text, href: Text) -> rx.Component:
    """Lead back to the list that the page belongs to."""
    return rx.el.a(icon("chevron-left", 16), label, href=href, class_name="crumb")


def _hidden_suffix(suffix: Text) -> rx.Component | None:
    if isinstance(suffix, str) and not suffix:
        return None
    return rx.el.span(" ", suffix, class_name="vh")


def _class(*, alone: bool) -> str:
    return "a alone" if alone else "a"
