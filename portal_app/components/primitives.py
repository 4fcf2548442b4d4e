"""Radix Primitives without their styles: behaviour for dialogs, looks from portal.css."""

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
