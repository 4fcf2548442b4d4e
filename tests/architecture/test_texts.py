"""What becomes of texts in the sources: none that came from outside is a pattern of anything."""

import ast
import logging

import pytest
import socketio

from docs.make import ROOT
from portal_app.integrations import structured_logs
from tests.architecture.test_shape import SOURCE, nodes

# Patterns that are kept elsewhere than where they are filled in.
KEPT_ELSEWHERE = {"rule.sentence"}  # beside its rule, in services/imports/rules
FILLING = {"format", "format_map", "substitute", "safe_substitute"}
WIDTHS = {"width", "places"}  # numbers of ours
LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}
# Doors by which a log or a fault could leave the process but standard output.
OTHER_SINKS = {
    "FileHandler", "RotatingFileHandler", "TimedRotatingFileHandler", "SysLogHandler",
    "HTTPHandler", "SocketHandler", "DatagramHandler", "SMTPHandler", "QueueHandler",
    "syslog", "sentry_sdk", "logfire", "opentelemetry",
}  # fmt: skip
ALL = [(str(path), node) for path in SOURCE for node in nodes(path)]
METHODS = [
    (path, node)
    for path, node in ALL
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
]


def is_constant(node):
    """Say whether a pattern is the module's own: a literal, a CONSTANT, or one kept in it."""
    if isinstance(node, ast.Subscript):
        return is_constant(node.value)
    if isinstance(node, ast.Name):
        return node.id.isupper()
    return isinstance(node, ast.Constant) or ast.unparse(node) in KEPT_ELSEWHERE


@pytest.mark.asvs("1.3.10")
def test_no_text_from_outside_is_a_pattern_to_be_filled_in():
    patterns = [(path, n.func.value) for path, n in METHODS if n.func.attr in FILLING]
    assert [(path, ast.unparse(node)) for path, node in patterns if not is_constant(node)] == []
    filled = [
        (path, ast.unparse(node))
        for path, node in ALL
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod)
        if isinstance(node.right, ast.Tuple | ast.Dict) or isinstance(node.left, ast.JoinedStr)
    ]
    assert filled == []
    widths = {
        ast.unparse(inner.value)
        for _, node in ALL
        if isinstance(node, ast.FormattedValue) and node.format_spec
        for inner in ast.walk(node.format_spec)
        if isinstance(inner, ast.FormattedValue)
    }
    assert widths <= WIDTHS


@pytest.mark.asvs("1.3.10")
def test_no_line_of_the_log_is_begun_by_a_text_from_outside():
    logged = [
        (path, node) for path, node in METHODS if ast.unparse(node.func.value) in {"log", "logging"}
    ]
    said = [(path, node) for path, node in logged if node.func.attr in LEVELS]
    assert said
    assert [path for path, node in said if not isinstance(node.args[0], ast.Constant)] == []


@pytest.mark.asvs("16.2.3")
def test_nothing_is_logged_by_another_door_and_every_logger_is_written_down():
    names = {(path, getattr(node, "attr", getattr(node, "id", ""))) for path, node in ALL}
    for path, node in ALL:
        if isinstance(node, ast.Import | ast.ImportFrom):
            words = [getattr(node, "module", "") or "", *(alias.name for alias in node.names)]
            names |= {(path, part) for word in words for part in word.split(".")}
    taken = {(path, name) for path, name in names if name in OTHER_SINKS}
    assert taken == set()
    page = (ROOT / "docs/audit.md").read_text()
    loggers = {
        node.args[0].value
        for _, node in METHODS
        if node.func.attr == "getLogger" and node.args and isinstance(node.args[0], ast.Constant)
    }
    assert {name for name in loggers if f"| `{name}` |" not in page} == set()


@pytest.mark.asvs("16.2.3")
def test_one_handler_writes_everything_also_what_the_library_of_sockets_says():
    root, factory = logging.getLogger(), logging.getLogRecordFactory()
    before = root.handlers, root.level
    try:
        structured_logs.configure()
        socketio.AsyncServer(async_mode="asgi")
        (only,) = root.handlers
        assert type(only) is logging.StreamHandler
        others = {
            name
            for name, one in logging.root.manager.loggerDict.items()
            if isinstance(one, logging.Logger) and one.handlers
            if {type(handler) for handler in one.handlers} != {logging.NullHandler}
        }
        assert others == set()
    finally:
        root.handlers, root.level = before
        logging.setLogRecordFactory(factory)


@pytest.mark.asvs("16.2.3")
def test_reflex_tells_its_makers_nothing_of_this_portal():
    import rxconfig

    assert rxconfig.config.telemetry_enabled is False
