"""What services hand out: views made for it, never a row of a table with all that it holds."""

import dataclasses
import inspect
import typing

import pytest
from sqlmodel import SQLModel

from tests.doors import operations


def types_in(hint, seen):
    """Yield every class that a value of this type may hold, however deep."""
    if isinstance(hint, list):  # the arguments of a callable
        for inner in hint:
            yield from types_in(inner, seen)
        return
    if hint in seen:
        return
    seen.add(hint)
    yield hint
    for inner in typing.get_args(hint):
        yield from types_in(inner, seen)
    if dataclasses.is_dataclass(hint):
        for inner in typing.get_type_hints(hint).values():
            yield from types_in(inner, seen)


def has_rows(hint):
    classes = [one for one in types_in(hint, set()) if isinstance(one, type)]
    return any(issubclass(one, SQLModel) for one in classes)


def signatures():
    return {name: inspect.signature(one, eval_str=True) for name, one in operations().items()}


@pytest.mark.asvs("15.3.1")
def test_no_service_hands_out_a_row():
    answers = {name: one.return_annotation for name, one in signatures().items()}
    assert len(answers) > 100
    assert [name for name, answer in answers.items() if has_rows(answer)] == []


@pytest.mark.asvs("15.3.3")
def test_no_service_takes_a_row_to_be_kept_as_it_comes():
    takes = {name: one.parameters.values() for name, one in signatures().items()}
    assert [
        name for name, given in takes.items() if any(has_rows(p.annotation) for p in given)
    ] == []
