"""Every setting, from `portal_app.core.settings`."""

import json
import re
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from docs.make.markdown import code, document, items, table
from portal_app.core.fitness import FAULTS
from portal_app.core.settings import Settings

_HEADS = ("Variable", "Unless set", "May be", "What for")
# A heading begins at the setting that it is written beside.
_SECTIONS = {
    "env": "Where it runs",
    "database_url": "What it keeps",
    "currency": "Where its customers are",
    "consumer_idle_minutes": "How long somebody stays signed in, and how fast they may be",
    "mailer": "Letters and texts",
    "payments": "Payments",
    "licence_file": "Licence, feeds and background work",
}
_BOUNDS = (("ge", "from {:,}"), ("le", "to {:,}"))


def page() -> str:
    """Return docs/configuration.md."""
    return document(
        "Configuration",
        "Everything is set by environment variables, or by the same lines in a file `.env` beside "
        "the portal (see [.env.example](../.env.example)). Whatever is not set has a value that "
        "works on a laptop. Lists and maps are written as JSON. Settings are read once, at the "
        "start. What staff set in the portal itself (opening, announcement, support contact, "
        "second factor) needs no restart and is not listed here.",
        *_sections(),
        "## Settings under which the portal does not start",
        "With `PORTAL_ENV=production` each of these stops the start, and is said in these words. "
        "`python -m portal_app doctor` says the same, and looks at the servers as well.",
        items(FAULTS),
        "## Variables that other software reads",
        table(
            ("Variable", "What for"),
            [
                (
                    "`AWS_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`",
                    "Amazon SNS, only with `PORTAL_TEXTS=sns`",
                ),
                (
                    "`PORTAL_CLOCK_FILE`",
                    "moves the clock of a test server; refused in production",
                ),
                ("`REFLEX_SOCKET_MAX_HTTP_BUFFER_SIZE`", "the largest message of a tab, in bytes"),
            ],
        ),
    )


def example() -> str:
    """Return .env.example."""
    lines = [
        "# Written by `python -m docs.make`. Copy it to .env and take the # off what you change.",
        "# What each may be, and what stops the start: docs/configuration.md.",
    ]
    for name, field in Settings.model_fields.items():
        if name in _SECTIONS:
            lines += ["", f"# --- {_SECTIONS[name]}"]
        lines += [f"# {field.description}", f"#{_variable(name)}={_default(field)}"]
    return "\n".join(lines) + "\n"


def _sections() -> Iterator[str]:
    rows: list[tuple[str, ...]] = []
    for name, field in Settings.model_fields.items():
        if name in _SECTIONS:
            if rows:
                yield table(_HEADS, rows)
            rows = []
            yield f"## {_SECTIONS[name]}"
        shown = (code(_variable(name)), code(_default(field)), _may_be(field))
        rows.append((*shown, field.description or ""))
    yield table(_HEADS, rows)


def _variable(name: str) -> str:
    return f"PORTAL_{name.upper()}"


def _default(field: FieldInfo) -> str:
    value: Any = field.default
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return json.dumps(value) if isinstance(value, bool | list | dict) else str(value)


def _may_be(field: FieldInfo) -> str:
    if get_origin(field.annotation) is Literal:
        return " or ".join(code(choice) for choice in get_args(field.annotation))
    words = [
        phrase.format(getattr(rule, bound))
        for bound, phrase in _BOUNDS
        for rule in field.metadata
        if hasattr(rule, bound)
    ]
    patterns = [code(rule.pattern) for rule in field.metadata if getattr(rule, "pattern", None)]
    kinds = {
        bool: "`true` or `false`",
        list[str]: "a JSON list",
        dict[str, str]: "a JSON object",
        SecretStr: "a secret",
    }
    found = " ".join(words) or " ".join(patterns) or kinds.get(field.annotation, "text")  # type: ignore[arg-type]
    return re.sub(r"\s+", " ", found)
