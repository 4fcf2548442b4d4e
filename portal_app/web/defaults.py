"""What every page's state begins with, held once for all sessions instead of once for each."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, NoReturn, cast

from reflex.state import BaseState
from reflex_base.vars.base import Field


def _refuse(*_: object, **__: object) -> NoReturn:
    raise TypeError("What a view begins with belongs to every session: replace the view.")


class FixedList(list[Any]):
    """A list that nobody can change; kept outside the process it is a plain one."""

    append = extend = insert = remove = pop = clear = sort = reverse = _refuse
    __setitem__ = __delitem__ = __iadd__ = __imul__ = _refuse

    def __reduce__(self) -> tuple[type[list[Any]], tuple[list[Any]]]:
        """Be written down as what a session's own would be."""
        return list, (list(self),)


class FixedDict(dict[str, Any]):
    """A mapping that nobody can change; kept outside the process it is a plain one."""

    update = setdefault = pop = popitem = clear = _refuse
    __setitem__ = __delitem__ = __ior__ = _refuse

    def __reduce__(self) -> tuple[type[dict[str, Any]], tuple[dict[str, Any]]]:
        """Be written down as what a session's own would be."""
        return dict, (dict(self),)


def share(root: type[BaseState]) -> None:
    """Let the frozen views that states begin with be the same ones in every session.

    Reflex copies them for each, deeply: that was an eighth of a first view's work, and a good part
    of what a session weighs. A view is frozen and is always replaced as a whole; what stands in it
    is made as firm, so that no slip can write into the page of somebody else.
    """
    for field in _fields(root):
        begins_with = field.default_value() if field.default_factory is not None else None
        if is_dataclass(begins_with) and not isinstance(begins_with, type):
            field.default, field.default_factory = _firm(begins_with), None


def _fields(state: type[BaseState]) -> Iterator[Field[Any]]:
    known = state.get_fields()
    for name in state.base_vars:
        yield known[name]
    for inner in state.get_substates():
        yield from _fields(inner)


def _firm(value: Any) -> Any:
    """Return the same in which no part can be changed; TypeError where that cannot be."""
    if isinstance(value, list):
        return FixedList(map(_firm, cast("list[Any]", value)))
    if isinstance(value, tuple):
        return tuple(map(_firm, cast("tuple[Any, ...]", value)))
    if isinstance(value, dict):
        return FixedDict({key: _firm(one) for key, one in cast("dict[str, Any]", value).items()})
    if is_dataclass(value) and not isinstance(value, type):
        if not cast("Any", value).__dataclass_params__.frozen:
            raise TypeError(f"{type(value).__name__} must be frozen to be shown.")
        return replace(
            value, **{one.name: _firm(getattr(value, one.name)) for one in fields(value)}
        )
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"A view begins with {value!r}, which could be changed for everybody.")
