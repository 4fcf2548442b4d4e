"""Which fields of which things a caller is sent: what services answer, beside who may ask them."""

import dataclasses
import inspect
import typing
from collections import defaultdict

from docs.make.markdown import code, document, first_sentence, items, table
from tests.doors import Service, operations
from tests.permissions.table import EVERYBODY, RULES

_OURS = "portal_app.services."
_ORDER = (
    "owner", "authorised", "billing", "former", "stranger", "other_brand", "guest", "anonymous",
    "suspended", "agent", "manager", "admin", "other_staff",
)  # fmt: skip
# What a view holds for some of those who get it and not for others.
_WITHIN = (
    "`cases.CaseThread`: what staff write to one another (`said` of the kind *note*) and to whom a "
    "case is given (`assigned_to`) are in the answers to staff alone.",
    "`proposals.Proposal` and what it consists of: a customer gets the sections and lines that the "
    "brand shows (*Customer portal*, *Fields*); the others never leave the server.",
    "`billing.Standing`, invoices, statements: for contacts of the account. Whoever holds a "
    "contract on somebody else's account gets that contract, its lines and its payments, and no "
    "balance.",
    "Documents: a customer gets those that staff or a feed made visible, and what they sent.",
    "Payment methods: brand, last four digits and month; the gateway's token is in no view.",
    "Columns of the class *secret* ([data](data.md)) are in no view at all.",
)


def page() -> str:
    """Return docs/fields.md."""
    return document(
        "Fields",
        "Pages and other systems get views and nothing else, never a row of a table. A view holds "
        "the fields below and is sent to those who may ask for it about a thing of their own "
        "([permissions](permissions.md)). Nobody may set a field by naming it: commands take the "
        "arguments in [validation](validation.md) and no others.",
        "## What differs within a view",
        items(_WITHIN),
        "## Views",
        table(("View", "Fields", "Sent to"), rows()),
    )


def rows() -> list[tuple[str, ...]]:
    """Return each view with its fields and with who is sent it."""
    sent: dict[type, set[str]] = defaultdict(set)
    for rule in RULES:
        for name in rule.services:
            for view in views_of(operations()[name]):
                sent[view] |= rule.may
    return [
        (f"{code(name_of(view))}: {_what(view)}", ", ".join(map(code, _fields(view))), _named(to))
        for view, to in sorted(sent.items(), key=lambda one: (one[0].__module__, one[0].__name__))
    ]


def views_of(service: Service) -> set[type]:
    """Return the views that a service answers with, and those that they hold."""
    found: set[type] = set()
    _collect(inspect.signature(service, eval_str=True).return_annotation, found)
    return found


def _collect(hint: typing.Any, found: set[type]) -> None:
    for inner in typing.get_args(hint):
        _collect(inner, found)
    is_view = dataclasses.is_dataclass(hint) and getattr(hint, "__module__", "").startswith(_OURS)
    if is_view and hint not in found:
        found.add(typing.cast(type, hint))
        for inner in typing.get_type_hints(hint).values():
            _collect(inner, found)


def name_of(view: type) -> str:
    """Return `cases.CaseThread` for a view of a domain's."""
    return f"{view.__module__.removeprefix(_OURS).partition('.')[0]}.{view.__name__}"


def _fields(view: type) -> list[str]:
    return [one.name for one in dataclasses.fields(view)]


def _what(view: type) -> str:
    return first_sentence(inspect.getdoc(view) or "")


def _named(callers: set[str]) -> str:
    if callers >= EVERYBODY:
        return "everybody, of what is theirs"
    named = [name.replace("_", " ") for name in _ORDER if name in callers]
    return ", ".join(named) or "the portal itself"
