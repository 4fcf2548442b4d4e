"""Whatever a service is called with, it answers or refuses in a typed way, and writes nothing
partial. A new operation joins by itself."""

import inspect
import sqlite3
from collections.abc import Generator, Iterable
from contextlib import closing, suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from portal_app.core import clock as the_clock
from portal_app.core.actor import Actor
from portal_app.core.errors import NotAllowed, NotFound, PortalError
from tests import factories as f
from tests.anything import anything
from tests.conftest import SettableClock
from tests.doors import operations
from tests.faults.measure import contents
from tests.faults.stage import Stage, memory, open_stage
from tests.hostile.arguments import GIVEN, OBJECTS, VALUES
from tests.hostile.estate import SYSTEM, Estate, build

OPERATIONS = operations()
# Refusals that are counted, so that guessing has an end: what they may write beside the trail.
COUNTED = {
    "access.confirm_registration": {"otp_challenge"},
    "applications.confirm_access_code": {"otp_challenge"},
    "identity.change_password": {"portal_session", "change_signal"},
    "identity.confirm_enrolment": {"otp_challenge"},
    "identity.confirm_second_factor": {"portal_session", "otp_challenge", "change_signal"},
    "identity.disable_second_factor": {"portal_session", "change_signal"},
    "identity.reset_password": set(),
    "identity.sign_in": set(),
    "invitations.confirm_activation": {"otp_challenge"},
    "identity.step_up": {"portal_session", "otp_challenge", "change_signal"},
}
# One for each sort of thing that has a number, so that everybody meets their own.
ROUNDS = 12
TRAIL = {"audit_event", "sqlite_sequence"}
FEW = settings(
    max_examples=25,
    deadline=None,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


class World:
    """A stage with an estate on it, put back whenever somebody changed it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.estate: Estate = build(f.brand(), "Quokka", "+18135554242")
        job = Actor.system("tests", brand=self.estate.brand.id)
        self.actors: dict[str, Actor] = {**self.estate.actors, "job": job}
        stage.engine.dispose()
        self._begin()

    def _begin(self) -> None:
        self.folder = self.stage.copy("work")
        self.before = contents(self.folder)
        self.watch = sqlite3.connect(self.folder / "portal.db")
        self.version = self._version()

    def _version(self) -> tuple[Any, ...]:
        [found] = self.watch.execute("PRAGMA data_version").fetchone()
        return found, sorted((self.folder / "uploads").iterdir())

    def has_changed(self) -> bool:
        return self._version() != self.version

    def changed_tables(self) -> set[str]:
        now = contents(self.folder)
        return {name for name, rows in now.rows.items() if rows != self.before.rows[name]}

    def put_back(self) -> None:
        if self.has_changed():
            self.watch.close()
            self._begin()

    def values(self, name: str) -> list[Any]:
        return self.estate.things.get(name) or list(VALUES[name])


@pytest.fixture(scope="module")
def world(sqlite_template) -> Generator[World]:
    clock = the_clock.reading(SettableClock())
    with memory() as folder, clock, open_stage(sqlite_template, folder) as stage:
        made = World(stage)
        with closing(made.watch):
            yield made


def arguments(name: str) -> list[str]:
    parameters = list(inspect.signature(OPERATIONS[name], eval_str=True).parameters)
    return parameters[1:]


def test_every_argument_is_in_a_table():
    names = {argument for name in OPERATIONS for argument in arguments(name)}
    assert names == OBJECTS | set(VALUES) | set(GIVEN)


def entitled(world: World, name: str) -> list[Actor]:
    """Those whom an operation lets in, if what they send makes sense."""
    # The portal acting for no brand asks for little: only for what nobody else can.
    return _let_in(world, name, world.actors.values()) or _let_in(world, name, [SYSTEM])


def _let_in(world: World, name: str, actors: Iterable[Actor]) -> list[Actor]:
    found = []
    for actor in actors:
        for round_ in range(ROUNDS):
            sensible = {
                argument: GIVEN[argument]() if argument in GIVEN
                else (world.values(argument) * ROUNDS)[round_]
                for argument in arguments(name)
            }  # fmt: skip
            try:
                OPERATIONS[name](actor, **sensible)
            except (NotFound, NotAllowed):
                continue
            except PortalError:
                pass
            finally:
                world.put_back()
            found.append(actor)
            break
    return found


@pytest.mark.asvs("2.2.1")
@pytest.mark.asvs("2.2.2")
@pytest.mark.parametrize("name", OPERATIONS)
def test_any_argument_is_refused_or_harmless(world, name):
    names = [argument for argument in arguments(name) if argument not in GIVEN]
    actors = entitled(world, name)
    assert actors, "nobody is let in"
    odd = st.sets(st.sampled_from(names), min_size=1, max_size=3) if names else st.just(set())

    @FEW
    @given(st.data())
    def ask(data: st.DataObject) -> None:
        actor = data.draw(st.sampled_from(actors))
        wrong = data.draw(odd)
        sent = {
            one: data.draw(anything if one in wrong else st.sampled_from(world.values(one)))
            for one in names
        }
        ports = {one: GIVEN[one]() for one in arguments(name) if one in GIVEN}
        world.put_back()
        with suppress(PortalError):
            OPERATIONS[name](actor, **sent, **ports)
            return
        if world.has_changed():
            assert name in COUNTED
            assert world.changed_tables() <= COUNTED[name] | TRAIL

    ask()
    world.put_back()
