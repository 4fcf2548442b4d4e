"""What helps somebody to write in a form: a preview that follows, and tags to put in."""

from typing import Any

import reflex as rx

from portal_app.components.controls import counted
from portal_app.components.forms import named
from portal_app.components.values import Children, Handler, Text


def _typed(values: rx.Var[dict[str, str]]) -> tuple[rx.Var[dict[str, str]]]:
    return (values,)


class FormHelp(rx.Component):
    """Watches the form that it stands in; the script stands in watched_form.jsx."""

    library = f"$/public{rx.asset('watched_form.jsx', shared=True)}"
    tag = "FormHelp"

    tags: rx.Var[Any]
    label: rx.Var[str]
    on_typed: rx.EventHandler[_typed]


def form_help(
    *, on_typed: Handler | None = None, tags: Children = (), label: Text = "Tags"
) -> rx.Component:
    """Tell the state what stands in the form around, a moment after the last key.

    `tags` have `written` and `words`: a press puts one where the cursor was, in a text area or in
    a `tag_input`. For staff pages only.
    """
    hears = {} if on_typed is None else {"on_typed": on_typed}
    return FormHelp.create(tags=tags, label=label, **hears)


class TagField(rx.el.Div):
    """Draws the tags in a field as chips; the script stands in tag_field.jsx."""

    library = f"$/public{rx.asset('tag_field.jsx', shared=True)}"
    tag = "TagField"

    name: rx.Var[str]
    default_value: rx.Var[str]
    rows: rx.Var[int]
    tags: rx.Var[Any]


def tag_input(id: str, *, tags: Children, value: Text) -> rx.Component:
    """Take one line with tags in it, each drawn as a chip that stays whole; for staff pages."""
    attributes = named(id, None, {"custom_attrs": {"as": "input"}})
    return TagField.create(
        tags=tags, default_value=value, auto_complete="off", class_name="in", **attributes
    )


def tag_area(id: str, *, tags: Children, value: Text, rows: int, limit: int) -> rx.Component:
    """Take several lines with tags in them, each drawn as a chip that stays whole; `limit` counts.

    What is sent is plain text with the tags as they are written. For staff pages only.
    """
    attributes = named(id, None, {"custom_attrs": {"as": "textarea"}})
    box = TagField.create(tags=tags, default_value=value, rows=rows, class_name="in", **attributes)
    return counted(box, id=id, limit=limit)


def framed_document(html: Text, *, title: Text, narrow: bool = False) -> rx.Component:
    """Show a whole document that can do nothing: no script, no form, no address of ours."""
    frame: Any = rx.el.iframe
    return frame(
        src_doc=html,
        sandbox="",
        title=title,
        class_name="framed narrow" if narrow else "framed",
    )
