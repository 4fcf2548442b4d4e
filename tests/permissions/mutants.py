"""Every policy turned into one that allows, in this process and for the length of a block.

A policy is a function of a `policy` module that is given whoever asks. Its allowing twin is made
from its own source: it refuses nobody for who they are, and selects whatever is asked for. What is
not there at all it still does not find, or its callers would stumble over nothing.
"""

import ast
import copy
import importlib
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FunctionType

import portal_app.services
from portal_app.core import errors

SERVICES = Path(portal_app.services.__path__[0])
FILES = (*sorted(SERVICES.glob("*/policy.py")), SERVICES / "households" / "trust.py")
# What says no for who somebody is; whatever else is raised is about the thing.
REFUSALS = frozenset({"NotFound", "NotAllowed", "SwitchedOff"})
ASKERS = frozenset({"Actor", "Transaction"})
SEEN = "__policy_seen__"
AGAINST = frozenset({"is_about"})  # what it says yes to is refused
# They are given whoever asks to find what is theirs, and refuse nobody.
NO_RIGHTS = frozenset({
    "branding.locked_settings", "uploads.lock_sender", "uploads._sent_by", "uploads.require_room",
})  # fmt: skip


@dataclass(frozen=True)
class Policy:
    """One function that decides about whoever asks, and its twins."""

    name: str
    function: FunctionType
    allowing: CodeType
    telling: CodeType
    seen: set[str] = field(repr=False, hash=False, compare=False)


def policies() -> list[Policy]:
    """Return each policy that an allowing twin differs from."""
    seen: set[str] = set()
    assert all(hasattr(errors, name) for name in REFUSALS)
    return [one for path in FILES for one in _of_module(path, seen)]


def _of_module(path: Path, seen: set[str]) -> Iterator[Policy]:
    name = f"portal_app.services.{path.parent.name}.{path.stem}"
    module = importlib.import_module(name)
    setattr(module, SEEN, seen.add)
    for node in ast.parse(path.read_text()).body:
        if not isinstance(node, ast.FunctionDef) or not _is_asked_by_somebody(node):
            continue
        node.decorator_list = []
        label = f"{path.parent.name}.{node.name}"
        twin = _allowing(node)
        if label in NO_RIGHTS or ast.dump(twin) == ast.dump(node):
            continue
        function = inspect.unwrap(getattr(module, node.name))
        yield Policy(
            label, function, _code(twin, function), _code(_telling(node, label), function), seen
        )


def _is_asked_by_somebody(node: ast.FunctionDef) -> bool:
    given = [*node.args.args, *node.args.kwonlyargs]
    return any(ast.unparse(one.annotation) in ASKERS for one in given if one.annotation)


def _code(node: ast.FunctionDef, like: FunctionType) -> CodeType:
    tree = ast.fix_missing_locations(ast.Module([node], []))
    made = compile(tree, f"<{like.__module__}>", "exec")
    return next(one for one in made.co_consts if isinstance(one, CodeType))


def _telling(node: ast.FunctionDef, label: str) -> ast.FunctionDef:
    """Return a twin that does the same and says that it was asked."""
    twin = copy.deepcopy(node)
    twin.body.insert(0, ast.parse(f"{SEEN}({label!r})").body[0])
    return twin


def _allowing(node: ast.FunctionDef) -> ast.FunctionDef:
    twin = copy.deepcopy(node)
    returns = ast.unparse(node.returns) if node.returns else ""
    if returns == "bool":
        twin.body = ast.parse(f"return {node.name not in AGAINST}").body
    elif returns == "ColumnElement[bool]":
        twin.body = ast.parse("from sqlalchemy import true\nreturn true()").body
    elif returns == "None" and _raises(node):
        twin.body = [ast.Pass()]
    else:
        twin = _Allow().visit(twin)
        twin.body.insert(0, ast.parse("from sqlalchemy import true").body[0])
        if ast.dump(twin).count("Id(") == 0 and not _is_changed(node, twin):
            return node
    return twin


def _is_changed(node: ast.FunctionDef, twin: ast.FunctionDef) -> bool:
    return [ast.dump(one) for one in node.body] != [ast.dump(one) for one in twin.body[1:]]


def _raises(node: ast.AST) -> bool:
    return any(isinstance(one, ast.Raise) for one in ast.walk(node)) or "require_" in ast.dump(node)


class _Allow(ast.NodeTransformer):
    """Takes every refusal and every condition on who asks out of a function."""

    def visit_If(self, node: ast.If) -> ast.AST:
        self.generic_visit(node)
        if _is_refusal(node):
            node.test = _only_of_nothing(node.test)
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        is_rule = isinstance(node.value, ast.Call) and "require_" in ast.unparse(node.value.func)
        return ast.Pass() if is_rule else self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        return _true() if _is_sql(node.left) and "actor" in ast.unparse(node) else node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        name = ast.unparse(node.func).rpartition(".")[2]
        if name in CONDITIONS:
            return _true()
        return self.generic_visit(node)


# Conditions that another policy states: a policy that asks for them is not itself without them.
CONDITIONS = frozenset({
    node.name
    for path in FILES
    for node in ast.parse(path.read_text()).body
    if isinstance(node, ast.FunctionDef) and node.returns is not None
    and ast.unparse(node.returns) == "ColumnElement[bool]" and _is_asked_by_somebody(node)
})  # fmt: skip


def _true() -> ast.expr:
    return ast.parse("true()", mode="eval").body


def _is_sql(node: ast.expr) -> bool:
    words = ast.unparse(node)
    return words.startswith("col(") or words[:1].isupper()


def _is_refusal(node: ast.If) -> bool:
    raised = [one.exc for one in node.body if isinstance(one, ast.Raise) and one.exc is not None]
    return any(name in ast.unparse(one) for one in raised for name in REFUSALS)


def _only_of_nothing(test: ast.expr) -> ast.expr:
    """Keep of the reasons for a refusal only that there is nothing."""
    is_any = isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or)
    reasons = test.values if is_any else [test]
    kept = [one for one in reasons if _is_of_nothing(one)]
    if not kept:
        return ast.Constant(value=False)
    return kept[0] if len(kept) == 1 else ast.BoolOp(ast.Or(), kept)


def _is_of_nothing(test: ast.expr) -> bool:
    return ast.unparse(test).endswith(" is None") and " and " not in ast.unparse(test)


def allowing(policy: Policy) -> CodeType:
    """Return the code of the twin that allows."""
    return policy.allowing


def telling(policy: Policy) -> CodeType:
    """Return the code of the twin that says that it was asked."""
    return policy.telling


@contextmanager
def acting_as(policy: Policy, code: Callable[[Policy], CodeType]) -> Iterator[None]:
    """Have a policy act like one of its twins, wherever it was imported to."""
    before = policy.function.__code__
    policy.function.__code__ = code(policy)
    try:
        yield
    finally:
        policy.function.__code__ = before
