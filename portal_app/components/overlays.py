"""What lies over the page: sheets, confirmations, menus, hover summaries; and disclosures."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from portal_app.components import primitives as radix
from portal_app.components.buttons import button, icon_button
from portal_app.components.icons import icon as draw
from portal_app.components.icons import mark
from portal_app.components.values import Content, Flag, Handler, Text, classes


def sheet(
    *,
    title: Text,
    body: Content,
    description: Text = "",
    footer: Sequence[Content] = (),
    open: Flag | None = None,
    on_open_change: Handler = None,
    trigger: rx.Component | None = None,
) -> rx.Component:
    """Open details on the right (from below on a phone) without leaving the list.

    Give either a trigger, or `open` and `on_open_change` from the state. The focus moves inside
    and returns to the control that opened it.
    """
    head = rx.el.div(
        rx.el.div(
            radix.DialogTitle.create(title, class_name="h2"),
            radix.DialogDescription.create(description),
        ),
        radix.DialogClose.create(_close_button(), as_child=True),
        class_name="sheet-h",
    )
    middle = rx.el.div(body, class_name="sheet-b", tab_index=0, role="group", aria_label=title)
    foot = rx.el.div(*footer, class_name="sheet-f") if footer else None
    content = _content(head, middle, foot, class_name="sheet")
    return _dialog(content, open=open, on_open_change=on_open_change, trigger=trigger)


def confirm(
    *,
    title: Text,
    body: Content,
    verb: Text,
    on_confirm: Handler,
    open: Flag | None = None,
    on_open_change: Handler = None,
    trigger: rx.Component | None = None,
    tone: Text = "danger",
    busy: Flag = False,
    cancel: Text = "Cancel",
) -> rx.Component:
    """Ask before something that cannot be taken back; the verb says what will happen.

    With a trigger it closes by itself; with `open` the state closes it when the work is done.
    """
    words = rx.el.div(
        radix.DialogTitle.create(title, class_name="h2"),
        radix.DialogDescription.create(body),
        class_name="dialog-b",
    )
    act = button(verb, on_click=on_confirm, tone=tone, busy=busy)
    buttons = rx.el.div(
        radix.DialogClose.create(button(cancel), as_child=True),
        radix.DialogClose.create(act, as_child=True) if open is None else act,
        class_name="sheet-f",
    )
    content = _content(
        words, buttons, class_name="dialog", role="alertdialog", on_interact_outside=radix.PREVENT
    )
    return _dialog(content, open=open, on_open_change=on_open_change, trigger=trigger)


def menu(
    trigger: rx.Component, items: Sequence[rx.Component], *, id: str, label: Text
) -> rx.Component:
    """Open a list of things to do from a button; the browser's own popover, placed by boot.js."""
    trigger.custom_attrs = {**trigger.custom_attrs, "popoverTarget": id}
    panel = rx.el.div(
        *items,
        id=id,
        class_name="menu",
        role="group",
        aria_label=label,
        custom_attrs={"popover": "auto"},
    )
    return rx.fragment(trigger, panel)


def menu_item(
    label: Content,
    *,
    href: Text | None = None,
    on_select: Handler = None,
    icon: str | None = None,
    tone: Text = "",
    **props: Any,
) -> rx.Component:
    """Offer one thing in a menu: a page to go to, or something to do."""
    picture = draw(icon, 17) if icon else None
    look = classes("menu-i", tone)
    if href is not None:
        return rx.el.a(picture, label, href=href, class_name=look, **props)
    chosen = {} if on_select is None else {"on_click": on_select}
    return rx.el.button(picture, label, type="button", class_name=look, **chosen, **props)


def menu_submit(label: Content, *, form: str, icon: str | None = None) -> rx.Component:
    """Send a native form from a menu."""
    picture = draw(icon, 17) if icon else None
    return rx.el.button(picture, label, type="submit", form=form, class_name="menu-i")


def theme_items() -> list[rx.Component]:
    """Offer light, dark and the device's choice; boot.js does the rest."""
    return [
        rx.el.div("Theme", class_name="menu-l"),
        _theme_item("light", "Light", "sun"),
        _theme_item("dark", "Dark", "moon"),
        _theme_item("system", "As my device", "monitor"),
    ]


def _theme_item(key: str, label: str, icon: str) -> rx.Component:
    return menu_item(label, icon=icon, custom_attrs={"data-theme-choice": key})


def menu_separator() -> rx.Component:
    """Part a menu."""
    return rx.el.div(class_name="menu-s", role="separator")


def disclosure(summary: Content, *children: Content, on_open: Handler = None) -> rx.Component:
    """Fold away what few people need; `on_open` hears each press, the first opens it."""
    heard = {} if on_open is None else {"on_click": on_open}
    return rx.el.details(
        rx.el.summary(mark("chevron"), summary, **heard),
        rx.el.div(*children),
        class_name="details",
    )


def fold(
    title: Text,
    *children: Content,
    note: Text,
    right: Content,
    is_open: Flag,
    among: str,
) -> rx.Component:
    """Make a card that folds; of those `among` which it stands one is open at a time.

    `note` and `right` say what is inside while it is folded. `is_open` is how it begins.
    """
    words = rx.el.span(rx.el.h2(title, class_name="h2"), rx.el.span(note, class_name="hint"))
    folded = rx.el.details(
        rx.el.summary(mark("chevron"), words, right),
        *children,
        open=is_open,
        custom_attrs={"name": among},
        class_name="fold",
    )
    return rx.el.section(folded, class_name="card", aria_label=title, key=title)


def _close_button() -> rx.Component:
    return icon_button("x", label="Close", custom_attrs={"data-close": "yes"})


def _content(*children: Content, **props: Any) -> rx.Component:
    return radix.DialogContent.create(
        *children,
        on_open_auto_focus=radix.REMEMBER,
        on_close_auto_focus=radix.GIVE_BACK,
        **props,
    )


def _dialog(
    content: rx.Component,
    *,
    open: Flag | None,
    on_open_change: Handler,
    trigger: rx.Component | None,
) -> rx.Component:
    opener = radix.DialogTrigger.create(trigger, as_child=True) if trigger else None
    layer = radix.DialogPortal.create(radix.DialogOverlay.create(class_name="scrim"), content)
    state = {} if open is None else {"open": open}
    heard = {} if on_open_change is None else {"on_open_change": on_open_change}
    return radix.DialogRoot.create(opener, layer, **state, **heard)
