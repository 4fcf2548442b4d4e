"""Finds in the source what is written to the audit trail beside each action."""

import ast
from collections import defaultdict
from dataclasses import dataclass, field

from docs.make import source


@dataclass
class Written:
    """What the code writes beside an action, and of which kinds of thing."""

    kept: set[str] = field(default_factory=set)
    objects: set[str] = field(default_factory=set)

    def add(self, record: ast.Call) -> None:
        """Add what one call of `record` writes."""
        self.kept |= {word.arg for word in record.keywords if word.arg}
        self.objects |= {source.sentence(record.args[1])} - {""}


def written() -> defaultdict[str, Written]:
    """Return what is written beside each action, by the action's name.

    A function that hands its own parameter on to `record` writes whatever its callers name.
    """
    found: defaultdict[str, Written] = defaultdict(Written)
    trees = [tree for _, tree in source.modules("portal_app")]
    functions = [
        node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
    ]
    relays = _relays(functions)
    for function in functions:
        for call in source.calls(function, *relays):
            for name in _actions(function, call):
                for record in relays[source.name_of(call.func)] or [call]:
                    found[name].add(record)
    return found


def _relays(functions: list[ast.FunctionDef]) -> dict[str, list[ast.Call]]:
    """Return who writes: `record` itself, and by name each function that hands an action on."""
    relays: dict[str, list[ast.Call]] = {"record": []}
    while True:
        before = len(relays)
        for function in functions:
            handed = [call for call in source.calls(function, *relays) if _hands_on(function, call)]
            if handed and function.name not in relays:
                ends = [relays[source.name_of(call.func)] or [call] for call in handed]
                relays[function.name] = [record for end in ends for record in end]
        if len(relays) == before:
            return relays


def _hands_on(function: ast.FunctionDef, call: ast.Call) -> bool:
    names = {argument.id for argument in _arguments(call) if isinstance(argument, ast.Name)}
    return bool(names & {one.arg for one in source.parameters(function) if one.arg == "action"})


def _actions(function: ast.FunctionDef, call: ast.Call) -> set[str]:
    """Return the actions that a call names, or that the names it uses were given."""
    given = source.constants(function)
    values = [*_arguments(call)]
    values += [
        value for each in values if isinstance(each, ast.Name) for value in given.get(each.id, [])
    ]
    return {name for value in values for name in source.members(value, "Action")}


def _arguments(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(word.value for word in call.keywords)]
