"""Files: a place to send them from, and the list of those that are here."""

from typing import Any

import reflex as rx

from portal_app.components.buttons import button
from portal_app.components.icons import icon
from portal_app.components.links import anchor
from portal_app.components.status import status_tag
from portal_app.components.values import Children, Content, Handler, Text, shown


class Uploader(rx.Component):
    """Sends files by itself, past the state; the script stands in uploader.jsx."""

    library = f"$/public{rx.asset('uploader.jsx', shared=True)}"
    tag = "Uploader"

    label: rx.Var[str]
    hint: rx.Var[str]
    purpose: rx.Var[str]
    owner: rx.Var[str]
    rules: rx.Var[Any]
    kept: rx.Var[Any]
    about: rx.Var[str]
    on_all_sent: rx.EventHandler[rx.event.no_args_event_spec]


def uploader(
    id: str,
    *,
    label: Text,
    hint: Text,
    purpose: Text,
    owner: Text,
    rules: Any,
    kept: Children,
    about: Text = "",
    on_all_sent: Handler = None,
) -> rx.Component:
    """Choose or drop files and watch each of them arrive.

    `owner` is what the page calls the thing that they belong to, `about` what they prove. `rules`
    says what is taken: kinds (ending to type), names, megabytes, most. `kept` are the files that
    `file_list` shows. `on_all_sent` hears when every file that was chosen has arrived.
    """
    heard = {} if on_all_sent is None else {"on_all_sent": on_all_sent}
    return Uploader.create(
        custom_attrs={"id": id},
        label=label,
        hint=hint,
        purpose=purpose,
        owner=owner,
        rules=rules,
        kept=kept,
        about=about,
        **heard,
    )


def file_list(*rows: Content | Children) -> rx.Component:
    """Hold rows made by `file_row`, or an `rx.foreach` of them."""
    return rx.el.ul(*rows, class_name="list files", role="list")


def file_row(
    *,
    name: Text,
    meta: Text,
    status: Text,
    tone: Text,
    href: Text = "",
    note: Text = "",
    on_remove: Handler = None,
) -> rx.Component:
    """Show a file that is here; with an address the whole row takes it away.

    Where it can be removed, its name alone takes it away: the button stands beside that.
    """
    if on_remove is not None:
        named = _either(href, anchor(name, href=href), rx.fragment(name))
        press = button("Remove", on_click=on_remove, tone="quiet", suffix=name)
        below = rx.el.span(press, class_name="below")
        return rx.el.li(
            rx.el.div(*_parts(named, meta, note, status, tone, below), class_name="li ic")
        )
    row = _parts(name, meta, note, status, tone)
    lone = rx.el.div(*row, class_name="li ic")
    return rx.el.li(_either(href, anchor(*row, href=href, class_name="li ic"), lone))


def _either(href: Text, link: rx.Component, lone: rx.Component) -> rx.Component:
    if isinstance(href, rx.Var):
        return rx.cond(href != "", link, lone)
    return link if href else lone


def _parts(
    name: Content, meta: Text, note: Text, status: Text, tone: Text, below: Content = None
) -> tuple[rx.Component, ...]:
    return (
        rx.el.span(icon("paperclip"), class_name="ico"),
        rx.el.span(
            rx.el.b(name),
            rx.el.span(meta, class_name="m"),
            shown(note, rx.el.span(note, class_name="m")),
            below,
        ),
        status_tag(status, tone),
    )
