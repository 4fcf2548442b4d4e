"""`@pytest.mark.guards("cases.require_act")`: this test fails once that policy allows everything.

It is run a second time with the policy turned, and has to fail then. So what the matrix cannot
notice, because it needs circumstances of its own, is noticed as surely.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parent
_GUARDS = re.compile(r"^@pytest\.mark\.guards\(([^)]*)\)", re.M)
_LOST = "lost_policy"


def guarded() -> frozenset[str]:
    """Return every policy that some test is said to guard."""
    written = (_GUARDS.findall(path.read_text()) for path in TESTS.rglob("test_*.py"))
    return frozenset(name for found in written for one in found for name in _names(one))


def _names(written: str) -> list[str]:
    return re.findall(r'"([\w.]+)"', written)


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark known."""
    config.addinivalue_line("markers", "guards(policy, ...): fails when one of these allows all")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each such test once as it is, and once for each policy that it guards."""
    marks = metafunc.definition.iter_markers("guards")
    if names := [name for mark in marks for name in mark.args]:
        metafunc.fixturenames.append(_LOST)
        lost = [pytest.param("", id="kept"), *(pytest.param(n, id=f"without {n}") for n in names)]
        metafunc.parametrize(_LOST, lost)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Call a test with its policy turned, and let it pass only if it fails."""
    name = getattr(pyfuncitem, "callspec", None) and pyfuncitem.callspec.params.get(_LOST)
    if not name:
        return None
    from tests.permissions.mutants import acting_as, allowing

    test: Any = pyfuncitem.obj
    wanted = pyfuncitem._fixtureinfo.argnames
    with acting_as(_turned()[name], allowing):
        try:
            test(**{one: pyfuncitem.funcargs[one] for one in wanted})
        except (Exception, pytest.fail.Exception):
            return True
    pytest.fail(f"This passes although {name} allows everything.")


@cache
def _turned() -> dict[str, Any]:
    from tests.permissions.mutants import policies

    return {one.name: one for one in policies()}
