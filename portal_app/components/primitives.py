"""Radix Primitives without their styles: behaviour for dialogs and menus, looks from portal.css."""

from typing import Any

import reflex as rx

# boot.js remembers which control opened a sheet, because Radix only knows its own triggers.
REMEMBER = rx.Var("() => window.portal?.opened()")
GIVE_BACK = rx.Var("(event) => window.portal?.closed(event)")
PREVENT = rx.Var("(event) => event.preventDefault()")


class _Dialog(rx.Component):
    library = "@radix-ui/react-dialog@1.1.15"


class DialogRoot(_Dialog):
    """Holds whether the dialog is open."""

    tag = "Root"
    alias = "DialogRoot"
    open: rx.Var[bool]
    on_open_change: rx.EventHandler[rx.event.passthrough_event_spec(bool)]


class DialogTrigger(_Dialog):
    """Opens the dialog."""

    tag = "Trigger"
    alias = "DialogTrigger"
    as_child: rx.Var[bool]


class DialogPortal(_Dialog):
    """Draws the dialog at the end of the page."""

    tag = "Portal"
    alias = "DialogPortal"


class DialogOverlay(_Dialog):
    """Dims what lies behind."""

    tag = "Overlay"
    alias = "DialogOverlay"


class DialogContent(_Dialog):
    """The dialog itself: keeps the focus inside and closes on Escape."""

    tag = "Content"
    alias = "DialogContent"
    role: rx.Var[str]
    on_open_auto_focus: rx.Var[Any]
    on_close_auto_focus: rx.Var[Any]
    on_interact_outside: rx.Var[Any]


class DialogTitle(_Dialog):
    """Names the dialog."""

    tag = "Title"
    alias = "DialogTitle"


class DialogDescription(_Dialog):
    """Describes the dialog."""

    tag = "Description"
    alias = "DialogDescription"
    as_child: rx.Var[bool]


class DialogClose(_Dialog):
    """Closes the dialog."""

    tag = "Close"
    alias = "DialogClose"
    as_child: rx.Var[bool]


class _Menu(rx.Component):
    library = "@radix-ui/react-dropdown-menu@2.1.16"


class MenuRoot(_Menu):
    """Holds whether the menu is open; `modal=False` leaves the page scrollable."""

    tag = "Root"
    alias = "MenuRoot"
    modal: rx.Var[bool]


class MenuTrigger(_Menu):
    """Opens the menu."""

    tag = "Trigger"
    alias = "MenuTrigger"
    as_child: rx.Var[bool]


class MenuPortal(rx.Component):
    """Draws the menu inside `<main>`; the script stands in layers.jsx."""

    library = f"$/public{rx.asset('layers.jsx', shared=True)}"
    tag = "MenuPortal"
    lib_dependencies: list[str] = [
        "@radix-ui/react-dropdown-menu@2.1.16",
        "@radix-ui/react-hover-card@1.1.15",
    ]


class MenuContent(_Menu):
    """The menu itself: arrow keys, type-ahead, Escape."""

    tag = "Content"
    alias = "MenuContent"
    align: rx.Var[str]
    side: rx.Var[str]
    side_offset: rx.Var[int]
    collision_padding: rx.Var[int]


class MenuItem(_Menu):
    """One thing to do; `select` is the browser's own handler, `on_select` the server's."""

    tag = "Item"
    alias = "MenuItem"
    as_child: rx.Var[bool]
    on_select: rx.EventHandler[rx.event.no_args_event_spec]


class MenuLabel(_Menu):
    """Names a part of the menu."""

    tag = "Label"
    alias = "MenuLabel"


class MenuSeparator(_Menu):
    """Parts the menu."""

    tag = "Separator"
    alias = "MenuSeparator"
