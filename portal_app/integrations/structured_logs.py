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

from portal_app.core.redaction import redact

_SECRET_KEYS = re.compile(r"password|secret|token|cookie|authorization|code|totp|otp", re.I)
# Before anything else, so that not even a short cookie or password slips through.
_COOKIE = re.compile(r"(__Host-portal|ref)=[^;'\"\s]+")
_FIELD = re.compile(r"""(['"]\w{0,30}(?:password|code|token)['"]\s*:\s*)(['"]).*?\2""")
# The libraries whose loggers would otherwise write for themselves, some of them to another stream.
_LIBRARIES = ("reflex", "granian", "granian.access", "portal")
_SOCKETS = ("engineio.server", "socketio.server")
_CONTROL = re.compile(r"\x1b\[[0-9;]*m|[\x00-\x1f\x7f-\x9f\u2028\u2029]")
LONGEST = 4_000


def cleaned(text: str) -> str:
    """Return one line without addresses, numbers, codes, tokens and cookies."""
    text = _COOKIE.sub(r"\1=[redacted]", text[: 2 * LONGEST])
    text = _FIELD.sub(r"\1[redacted]", text)
    return _CONTROL.sub(" ", redact(text))[:LONGEST]


def _redacting(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Any:
    for key, value in event.items():
        if key in {"timestamp", "level", "logger"} or not isinstance(value, str):
            continue
        event[key] = "[redacted]" if _SECRET_KEYS.search(key) else cleaned(value)
    return event


def _install_record_factory() -> None:
    plain = logging.LogRecord

    def factory(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = plain(*args, **kwargs)
        record.msg, record.args = cleaned(record.getMessage()), ()
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
    for name in (*_LIBRARIES, *_SOCKETS):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
    for name in _SOCKETS:
        logging.getLogger(name).setLevel(logging.ERROR)  # one that has a level adds no handler
    _install_record_factory()
