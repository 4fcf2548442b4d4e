"""What each command takes, and the sentence with which it refuses what it cannot take."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from typing import Any

from sqlmodel import SQLModel

import portal_app.services
from docs.make import source
from docs.make.markdown import code, document, first_sentence, items, table
from portal_app.core.actor import Actor

_ROOT = "portal_app.services"
_ERRORS = ("NotFound", "NotAllowed", "Conflict", "TooMany")
_READERS = {
    "text": "text, lines allowed",
    "line": "text on one line",
    "whole": "a whole number, 0 or more",
    "choice": "one of a few words",
    "local_moment": "a date and time of day",
    "flag": "yes or no",
}
_ACROSS = (
    "A quantity is measured against what is out now, less what open requests call off already; "
    "the row is locked while that is done.",
    "A pickup needs a place; a drop-off does not.",
    "A time is read in the store's zone, and measured against the present there.",
    "A telephone number is read with the country of the account it belongs to; a ZIP code is "
    "compared by its first five digits in the US and as a whole elsewhere.",
    "Phone, email and postal code of a registration have to belong to one and the same account.",
    "A password is compared with the name, phone, email, postal code and brand of its owner.",
    "A change that was prepared on an older version than the one held is refused, not merged.",
    "What must hold between the fields of a feed stands with each type in [Feeds](feeds.md).",
)


def page() -> str:
    """Return docs/validation.md."""
    return document(
        "Validation",
        "Whatever arrives is checked in the service that would act on it, not only in the "
        "browser: type, form, length, and whether it makes sense now. Nothing is repaired by "
        "guessing. What is refused changes nothing, and each refusal below is the sentence that "
        "the person reads. In these sentences … stands for a value.",
        "## Everywhere",
        items(
            (
                "Text holds no control characters and no halves of characters; space around it "
                "is dropped. It is kept as typed and encoded where it is shown.",
                "An id, a number or a `key` is 1 to 80 printable ASCII characters without a "
                "space; anything else is simply not found.",
                "`key` is made by the page that holds the form. The same key again is answered "
                "from memory and changes nothing.",
                "A number is whole and below 1,000,000,000; NaN, fractions and text are refused.",
                "A list goes on from a place in it, never from a count of rows.",
            )
        ),
        "## Between fields",
        items(_ACROSS),
        *(part for domain in domains() for part in _domain(domain)),
        "## Longest texts that are kept",
        "Enforced by the services, and once more by the columns themselves on PostgreSQL.",
        table(("Table", "Columns and their longest text"), _lengths()),
    )


def domains() -> list[str]:
    """Return the domains that have commands."""
    packages = (m.name for m in pkgutil.iter_modules(portal_app.services.__path__) if m.ispkg)
    return [name for name in sorted(packages) if commands(name)]


def commands(domain: str) -> list[tuple[str, Callable[..., Any]]]:
    """Return what changes something on an actor's behalf, by its name at the front door."""
    door = importlib.import_module(f"{_ROOT}.{domain}")
    offered = ((name, getattr(door, name)) for name in door.__all__)
    return [
        (name, function)
        for name, function in offered
        if inspect.isfunction(function)
        and ".commands" in function.__module__
        and next(iter(inspect.signature(function, eval_str=True).parameters.values())).annotation
        is Actor
    ]


def _domain(domain: str) -> Iterator[str]:
    yield f"## {domain.replace('_', ' ').capitalize()}"
    rows = [
        (code(name), _arguments(function), first_sentence(inspect.getdoc(function)))
        for name, function in commands(domain)
    ]
    yield table(("Command", "Takes", "What it does"), rows)
    if entries := _entries(domain):
        yield table(("Field", "Read as", "At most", "Refused with"), entries)
    if refusals := _refusals(domain):
        yield "Refused as a whole:\n\n" + items(refusals)


def _arguments(function: Callable[..., Any]) -> str:
    _actor, *rest = inspect.signature(function).parameters.values()
    shown = (
        f"{one.name}: {_type(one)}" + ("" if one.default is one.empty else "?") for one in rest
    )
    return ", ".join(code(text) for text in shown)


def _type(parameter: inspect.Parameter) -> str:
    annotation = parameter.annotation
    is_class = isinstance(annotation, type) and not hasattr(annotation, "__args__")
    return re.sub(r"\b\w+\.", "", annotation.__name__ if is_class else str(annotation))


def _entries(domain: str) -> list[tuple[str, ...]]:
    """Return how each field of a form is read, as the source says."""
    found: set[tuple[str, ...]] = set()
    for _, tree in source.modules(f"portal_app/services/{domain}"):
        for function, known in source.scopes(tree):
            for call in source.calls(function, *_READERS, "refuse", "Invalid"):
                found.update(_of_call(call, known))
        for node in ast.walk(tree):
            if isinstance(node, ast.Dict):
                found.update(_of_dict(node))
    return sorted(found)


def _of_call(call: ast.Call, known: dict[str, list[ast.expr]]) -> Iterator[tuple[str, ...]]:
    kind = source.name_of(call.func)
    words = {word.arg: word.value for word in call.keywords if word.arg}
    if kind == "Invalid":
        for field, value in words.items():
            for said in source.sentences(value, known):
                yield code(field), "", "", said
        return
    for field in source.sentences(call.args[0], known) if len(call.args) > 1 else ():
        if kind == "refuse":
            refused = source.sentences(call.args[1], known)
            yield from ((code(field), "", "", said) for said in refused)
        else:
            said = source.sentences(words.get("problem") or words.get("missing"), known)
            limit = _limit(words.get("limit"), known)
            yield code(field), _READERS[kind], limit, " · ".join(said)


def _of_dict(node: ast.Dict) -> Iterator[tuple[str, ...]]:
    """Yield the faults that a command lists beside the names of its fields."""
    for key, value in zip(node.keys, node.values, strict=True):
        field = source.sentence(key)
        for said in source.sentences(value, {}) if isinstance(value, ast.IfExp) else ():
            if field.isidentifier() and _is_sentence(said):
                yield code(field), "", "", said


def _limit(node: ast.AST | None, known: dict[str, list[ast.expr]]) -> str:
    if isinstance(node, ast.Name):
        node = next(iter(known.get(node.id, [])), None)
    is_number = isinstance(node, ast.Constant) and isinstance(node.value, int)
    return f"{node.value:,}" if is_number else ""  # type: ignore[union-attr]


def _refusals(domain: str) -> list[str]:
    found: dict[str, None] = {}
    for _, tree in source.modules(f"portal_app/services/{domain}"):
        for function, known in source.scopes(tree):
            nodes = [call.args[0] for call in source.calls(function, *_ERRORS) if call.args]
            if "problem" in function.name:
                nodes += [
                    n.value for n in ast.walk(function) if isinstance(n, ast.Return) and n.value
                ]
            found |= dict.fromkeys(said for node in nodes for said in source.sentences(node, known))
    return [said for said in found if _is_sentence(said)]


def _is_sentence(text: str) -> bool:
    return " " in text and text.endswith(".")


def _lengths() -> list[tuple[str, str]]:
    return [
        (
            code(table_of.name),
            ", ".join(
                f"{column.name} {column.type.length:,}"
                for column in table_of.columns
                if getattr(column.type, "length", None) and not column.foreign_keys
            ),
        )
        for table_of in sorted(SQLModel.metadata.tables.values(), key=lambda one: one.name)
    ]
