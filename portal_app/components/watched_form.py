"""What helps somebody to write in a form: a preview that follows, and tags to put in."""

from typing import Any

import reflex as rx

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


def form_help(*, on_typed: Handler, tags: Children = (), label: Text = "Tags") -> rx.Component:
    """Tell the state what stands in the form around, a moment after the last key.

    `tags` have `written` and `words`: a press puts one where the cursor was, in a text area or in
    an input with the attribute `data-takes-tags`. For staff pages only.
    """
    return FormHelp.create(tags=tags, label=label, on_typed=on_typed)


def framed_document(html: Text, *, title: Text, narrow: bool = False) -> rx.Component:
    """Show a whole document that can do nothing: no script, no form, no address of ours."""
    frame: Any = rx.el.iframe
    return frame(
        src_doc=html,
        sandbox="",
        title=title,
        class_name="framed narrow" if narrow else "framed",
    )
