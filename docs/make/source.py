"""Reads the source: what is recorded, which sentence refuses what."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@cache
def modules(folder: str) -> tuple[tuple[str, ast.Module], ...]:
    """Return every module below a folder of the project, by its path."""
    return tuple(
        (str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted((ROOT / folder).rglob("*.py"))
    )


def calls(tree: ast.AST, *names: str) -> Iterator[ast.Call]:
    """Yield the calls of functions or methods of these names, in the order of the text."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    wanted = [call for call in found if name_of(call.func) in names]
    yield from sorted(wanted, key=lambda call: (call.lineno, call.col_offset))


def name_of(node: ast.AST) -> str:
    """Return the last part of a name: `record` of `tx.record`."""
    return getattr(node, "attr", getattr(node, "id", ""))


def members(node: ast.AST, of: str) -> Iterator[str]:
    """Yield the members of a vocabulary that are named below a node: `X` of `Action.X`."""
    for each in ast.walk(node):
        if isinstance(each, ast.Attribute) and name_of(each.value) == of:
            yield each.attr


def parameters(function: ast.FunctionDef) -> list[ast.arg]:
    """Return the parameters of a function."""
    return [*function.args.args, *function.args.kwonlyargs]


def constants(tree: ast.AST) -> dict[str, list[ast.expr]]:
    """Return what each name of a module is ever given, in the order of the text."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).append(node.value)
    return found


def scopes(tree: ast.Module) -> Iterator[tuple[ast.FunctionDef, dict[str, list[ast.expr]]]]:
    """Yield each function with what the names it can see are given."""
    top = constants(ast.Module([n for n in tree.body if isinstance(n, ast.Assign)], []))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield node, top | constants(node)


def sentence(node: ast.AST | None) -> str:
    """Return a text as it stands in the source, with … for what is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(sentence(part) or "…" for part in node.values)
    return ""


def sentences(node: ast.AST | None, known: dict[str, list[ast.expr]]) -> list[str]:
    """Return every text that an expression may be: both ends of a choice, what a name is given."""
    if isinstance(node, ast.IfExp):
        return sentences(node.body, known) + sentences(node.orelse, known)
    if isinstance(node, ast.BoolOp):
        return [said for part in node.values for said in sentences(part, known)]
    if isinstance(node, ast.Name):
        return [said for value in known.get(node.id, []) for said in sentences(value, {})]
    return [said] if (said := sentence(node)) else []
