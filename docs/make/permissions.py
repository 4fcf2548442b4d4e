"""Who may do what: the marks on pages, events and addresses, and the rules behind them."""

import inspect

from reflex_base.registry import RegistrationContext

import portal_app.portal_app  # noqa: F401 - fills the registry
from docs.make import addresses
from docs.make.markdown import code, document, first_sentence, table
from portal_app.core.actor import Access, Actor, ActorKind, Role
from portal_app.routes import ROUTES
from portal_app.web.guard import INTERNAL, needed_access

_CALLERS = {
    "nobody": Actor(),
    "customer": Actor(ActorKind.CONSUMER),
    **{role.value: Actor(ActorKind.STAFF, roles=frozenset({role})) for role in Role},
}
_OBJECTS = (
    ("account, its summary, statements and invoices", "✔", "✔", "✔", "own brand", "own brand"),
    ("contract, quote, reservation, their PDFs", "✔", "✔", "✔", "own brand", "own brand"),
    ("items out", "✔", "✔", "✔", "own brand", "own brand"),
    ("rental request: read", "✔", "✔", "✔", "own brand", "own brand"),
    ("rental request: call off, take back", "✔", "✔", "–", "–", "–"),
    ("rental request: acknowledge, schedule, decline, check in", "–", "–", "–", "✔", "✔"),
    ("customer: readiness, phone, email, switch, unlock", "–", "–", "–", "✔", "✔"),
    ("customer: end sessions, remove a lost second factor", "–", "–", "–", "–", "✔"),
    ("help pages, feeds, publication, outbox, jobs", "–", "–", "–", "–", "✔"),
    ("settings, licence, staff, audit trail", "–", "–", "–", "–", "admin"),
    ("own notices, own sign-in, own sessions", "✔", "✔", "✔", "✔", "✔"),
)


def page() -> str:
    """Return docs/permissions.md."""
    return document(
        "Permissions",
        "Two questions are asked, one after the other. **May this kind of caller do this kind of "
        "thing?** Each page, event and address carries a mark; what carries none is refused to "
        "everybody. **May this caller do it to this thing?** That is asked in the service, inside "
        "the transaction, of the row itself. Whoever may not know that a thing exists is told "
        "that it was not found; only somebody who may see it is told that they may not change it.",
        "## What the marks mean",
        _marks(),
        "A caller is resolved anew for every event and every request: a role that was taken away "
        "a second ago is gone.",
        "## The thing itself",
        table(
            ("", "owner", "authorised contact", "billing contact", "agent", "manager, admin"),
            _OBJECTS,
        ),
        "A customer is a contact of an account for as long as the contact lasts, from its first "
        "day to its last by the account's own calendar, and only while the account is registered "
        "for the portal. Staff belong to one brand and see nothing of another. The portal itself "
        "(jobs, the operator's commands) may do everything and is named in the audit trail.",
        "## Pages",
        table(
            ("Address", "Title", "Open to"),
            ((code(r.path), r.title, r.access.value) for r in ROUTES),
        ),
        "## Addresses that are not pages",
        table(("Method", "Address", "Open to", "What it does"), addresses.rows()),
        "## Events of the pages",
        table(("Event", "Open to", "What it does"), _events()),
    )


def _marks() -> str:
    rows = [
        (access.value, *("✔" if actor.has(access) else "–" for actor in _CALLERS.values()))
        for access in Access
    ]
    return table(("Mark", *_CALLERS), rows)


def _events() -> list[tuple[str, ...]]:
    rows = []
    for name, registered in RegistrationContext.get().event_handlers.items():
        if name in INTERNAL or name.endswith(".setvar") or "portal_app" not in name:
            continue
        needed = needed_access(name)
        doc = first_sentence(inspect.getdoc(registered.handler.fn))
        rows.append((code(short(name)), needed.value if needed else "nobody", doc))
    return sorted(rows)


def short(name: str) -> str:
    """Return `OffRentState.send` for the long name under which an event is registered."""
    state, _, handler = name.rpartition(".")
    words = state.rpartition("____")[2].split("_")
    return f"{''.join(word.capitalize() for word in words)}.{handler}"
