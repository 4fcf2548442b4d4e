"""Logs as one JSON object a line, in UTC, with nothing secret in them.

Reflex logs whole events, cookies included, through handlers of its own: so what is secret is
taken out where every record is made, before any handler sees it.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_SECRET_KEYS = re.compile(r"password|secret|token|cookie|authorization|code|totp|otp", re.I)
_PATTERNS = (
    (re.compile(r"(__Host-portal|ref)=[^;'\"\s]+"), r"\1=[redacted]"),
    (re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}\b"), "[email]"),
    (re.compile(r"(?<![\w.:-])\+?\d[\d ().-]{7,17}\d(?![\w:-])"), "[number]"),
    (
        re.compile(
            r"(['\"](?:password|new_password|current_password|code|token)['\"]\s*:\s*)(['\"]).*?\2"
        ),
        r"\1\2[redacted]\2",
    ),
    (re.compile(r"\b[A-Za-z0-9_-]{40,}\b"), "[token]"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]|\x1b\[[0-9;]*m|\n|\r")


def redact(text: str) -> str:
    """Return the text without addresses, numbers, codes, tokens and cookies, on one line."""
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return _CONTROL.sub(" ", text)[:4_000]


def _redacting(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Any:
    for key, value in event.items():
        if key in {"timestamp", "level", "logger"} or not isinstance(value, str):
            continue
        event[key] = "[redacted]" if _SECRET_KEYS.search(key) else redact(value)
    return event


def _install_record_factory() -> None:
    plain = logging.LogRecord

    def factory(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = plain(*args, **kwargs)
        record.msg, record.args = redact(record.getMessage()), ()
        return record

    logging.setLogRecordFactory(factory)


def configure(*, level: int = logging.INFO) -> None:
    """Send every log of this process, the libraries' too, to standard output as JSON lines."""
    shared: list[Any] = [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _redacting,
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(),
        ],
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers, root.level = [handler], level
    for name in ("reflex", "granian", "granian.access", "portal"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
    _install_record_factory()
