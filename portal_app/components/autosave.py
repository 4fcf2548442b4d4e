"""Controls that save themselves, for forms that several people fill in at once (S2-08)."""

from typing import Any

import reflex as rx

from portal_app.components.icons import mark
from portal_app.components.values import Content, Handler, Number, Text


def _saved(text: rx.Var[str], version: rx.Var[int]) -> tuple[rx.Var[str], rx.Var[int]]:
    return (text, version)


class AutosaveInput(rx.el.Div):
    """Sends what was typed and which version it replaces; the script stands in autosave.jsx."""

    library = f"$/public{rx.asset('autosave.jsx', shared=True)}"
    tag = "AutosaveInput"

    name: rx.Var[str]
    value: rx.Var[str]
    version: rx.Var[int]
    saved: rx.Var[str]
    acked: rx.Var[int]
    round: rx.Var[int]
    taken: rx.Var[int]
    draft: rx.Var[str]
    disabled: rx.Var[bool]
    on_save: rx.EventHandler[_saved]


def autosave(
    id: Text,
    *options: Content,
    kind: str = "input",
    value: Text,
    version: Number,
    saved: Text,
    acked: Number,
    round: Number,
    taken: Number,
    draft: Text,
    on_save: Handler,
    **attributes: Any,
) -> rx.Component:
    """Take one answer and save it by itself.

    `kind` is input, textarea or select (with `options`). `value` is what everybody sees, at
    `version`; `saved` is what this tab sent and the server kept as `acked`, told anew by each
    `round`; a higher `taken` puts `value` in place of what was typed. `draft` names what is typed
    and not yet saved, in this tab alone.
    """
    box = AutosaveInput.create(
        *options,
        name=id,
        class_name="in",
        value=value,
        version=version,
        saved=saved,
        acked=acked,
        round=round,
        taken=taken,
        draft=draft,
        on_save=on_save,
        custom_attrs={"as": kind, "id": id, **attributes},
    )
    return rx.el.span(box, mark("chevron"), class_name="select") if kind == "select" else box
