"""What a component accepts: words that are known now, or a variable that the state fills later."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import reflex as rx

Text: TypeAlias = str | rx.Var[str] | rx.Var[Any]
Flag: TypeAlias = bool | rx.Var[bool] | rx.Var[Any]
Number: TypeAlias = int | rx.Var[int] | rx.Var[Any]
Content: TypeAlias = rx.Component | str | rx.Var[Any] | None
Children: TypeAlias = Sequence[Content] | rx.Var[Any]
Handler: TypeAlias = Any  # an event handler, its call, or a list of them

UNSET: rx.Var[Any] = rx.Var("undefined")


def shown(value: Text | None, content: rx.Component) -> rx.Component:
    """Show the content where the value is not empty."""
    if isinstance(value, rx.Var):
        return rx.cond(value, content, rx.fragment())
    return content if value else rx.fragment()


def either(flag: Flag, yes: Any, no: Any) -> Any:
    """Choose by a flag, now or in the browser."""
    if isinstance(flag, rx.Var):
        return rx.cond(flag, yes, no)
    return yes if flag else no


def same(left: Text, right: Text) -> Flag:
    """Compare two texts, now or in the browser."""
    if isinstance(left, rx.Var):
        return left == right
    return right == left


def classes(*names: Text | None) -> rx.Var[Any] | str:
    """Join class names, leaving out the empty ones."""
    present = [name for name in names if isinstance(name, rx.Var) or name]
    if not any(isinstance(name, rx.Var) for name in present):
        return " ".join(str(name) for name in present)
    joined: Any = present[0]
    for name in present[1:]:
        joined = joined + " " + name
    return joined


def slug(words: str) -> str:
    """Make an id out of a heading."""
    return "-".join("".join(c if c.isalnum() else " " for c in words.lower()).split())
