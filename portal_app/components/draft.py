"""Longer texts that are not lost before they are sent: the script stands in draft.jsx."""

from typing import Any

import reflex as rx

from portal_app.components.controls import counted
from portal_app.components.values import Text

_LIBRARY = f"$/public{rx.asset('draft.jsx', shared=True)}"


class DraftArea(rx.el.Div):
    """Keeps what is written in it, in this tab alone."""

    library = _LIBRARY
    tag = "DraftArea"

    name: rx.Var[str]
    draft: rx.Var[str]


class DraftSent(rx.Component):
    """Forgets a draft once the server has it."""

    library = _LIBRARY
    tag = "DraftSent"

    draft: rx.Var[str]
    sent: rx.Var[str]
    round: rx.Var[str]


def draft_area(
    id: str, *, draft: Text, rows: int = 4, limit: int, placeholder: Text = ""
) -> rx.Component:
    """Take several lines and keep them under the name `draft` until `draft_sent` forgets them."""
    attributes: dict[str, Any] = {"id": id, "rows": str(rows), "placeholder": placeholder}
    box = DraftArea.create(name=id, class_name="in", draft=draft, custom_attrs=attributes)
    return counted(box, id=id, limit=limit)


def draft_sent(*, draft: Text, sent: Text, round: Text) -> rx.Component:
    """Forget a draft that was `sent` as it stands; each `round` looks again."""
    return DraftSent.create(draft=draft, sent=sent, round=round)
