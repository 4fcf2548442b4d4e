"""What is written down: each action with what is kept beside it, and every place that logs."""

from docs.make import source, trail
from docs.make.markdown import code, document, items, table
from portal_app.models.audit import Action, AuditEvent
from portal_app.services.audit import sentence

_WHAT = {
    "seq": "its place in the chain",
    "at": "when, in UTC",
    "actor_kind": "who, by kind: customer, guest by a link, staff, or the portal itself",
    "actor_id": "who, by sign-in, by person where a link let them in, or the name of the job",
    "brand_id": "for which brand",
    "session_id": "in which session",
    "ip": "from where",
    "action": "what was done (below)",
    "object_type": "to what kind of thing",
    "object_id": "to which one",
    "detail": "what else is worth keeping (below)",
    "prev_hash": "the hash of the entry before",
    "hash": "the hash of this entry and the one before",
}


def page() -> str:
    """Return docs/audit.md."""
    return document(
        "What is written down",
        "## The audit trail",
        "Every change is written down in the same transaction as the change itself: there is "
        "never one without the other. Entries are chained by SHA-256, each holding the hash of "
        "the one before, and triggers in the database refuse to change or delete one.",
        table(("Column", "Holds"), ((code(name), _WHAT[name]) for name in AuditEvent.model_fields)),
        "## Actions",
        table(
            ("Action", "In words", "Kept about it, besides who, when and where", "Object"),
            _actions(),
        ),
        "Where nothing is named, nothing else is kept. Every night a job follows the whole chain "
        "and writes its end to the log; a chain that was changed is a job that fails. "
        "`python -m portal_app audit verify` does it at any time.",
        "No entry holds a password, a code, a token or a whole address.",
        "## Logs",
        "Everything else that is worth knowing goes to standard output, one JSON object a line, "
        "in UTC; nothing is logged anywhere else. Addresses, telephone and card numbers, codes, "
        "tokens and cookies are taken out before a line is written, from the libraries' lines "
        "too, and so are line breaks and control characters. Ship the lines to a place where the "
        "portal's machine cannot change them, keep them as long as your own rules ask, and let "
        "only those read them who look after the portal.",
        table(("Logger", "Level", "Says", "From"), _loggers()),
        "## Where else something is kept",
        items(
            (
                "`outbound_message`: each letter and text that was sent, with its state. One "
                "that carries a code or a link is emptied once it is sent.",
                "`sync_run` and `sync_refusal`: each feed, what it changed and what it was "
                "refused, with personal values shortened.",
                "`job`: background work and, when it failed, why; redacted as the logs are.",
                "`registration_attempt`: who tried to register with which telephone number.",
            )
        ),
    )


def _actions() -> list[tuple[str, ...]]:
    written = trail.written()
    return [
        (
            code(action.value),
            sentence(action),
            ", ".join(sorted(written[action.name].kept)),
            ", ".join(sorted(written[action.name].objects)),
        )
        for action in Action
    ]


def _loggers() -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for path, tree in source.modules("portal_app"):
        names = [
            source.sentence(call.args[0])
            for call in source.calls(tree, "getLogger", "get_logger")
            if call.args and source.sentence(call.args[0]).startswith("portal")
        ]
        if not names:
            continue
        for call in source.calls(tree, "debug", "info", "warning", "error", "exception"):
            if source.name_of(call.func.value) != "log":  # type: ignore[attr-defined]
                continue
            level = source.name_of(call.func).replace("exception", "error")
            rows.append((code(names[0]), level, source.sentence(call.args[0]), code(path)))
    return rows
