"""What leaves the portal, page by page and file by file, as each kind of caller: no field too many.

The values that may never leave are read from the database itself, by the class of their column.
"""

import json
import re

import pytest
from sqlalchemy import create_engine, select
from sqlmodel import SQLModel

from docs.make.classes import class_of
from portal_app.core.actor import Actor, ActorKind, Role
from portal_app.routes import ROUTES
from tests.asking import ask
from tests.permissions.attacks.requests import as_, get
from tests.permissions.conftest import served_world
from tests.permissions.kept import kept_file
from tests.permissions.world import FIRM
from tests.tab import Tab, data_of

CUSTOMER = Actor(ActorKind.CONSUMER)
PEOPLE = {"owner": CUSTOMER, "authorised": CUSTOMER} | {
    role.value: Actor(ActorKind.STAFF, roles=frozenset({role})) for role in Role
}
SHORTEST = 8  # shorter values are found in any text
KNOWN = {"[date]": "2026-10-31"}


def secrets_of(url):
    """Every value of a column whose class says that it never leaves the server."""
    engine, found = create_engine(url), set()
    with engine.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            names = [c for c in table.columns if class_of(table.name, c.name) == "secret"]
            for column in names:
                found |= {str(value) for (value,) in connection.execute(select(column))}
    engine.dispose()
    return {value for value in found if len(value) >= SHORTEST and value != "None"}


def pages(world, who):
    """Yield the address of every page that is open to somebody."""
    known = KNOWN | {"[number]": world.contract_number, "[line_id]": world.line, "[run]": world.run,
                     "[token]": "x" * 43}  # fmt: skip
    for path in (route.path for route in ROUTES if PEOPLE[who].has(route.access)):
        for name, value in known.items():
            path = path.replace(name, value)  # noqa: PLW2901
        yield re.sub(r"\[\w+\]", "name", path)


def names_in(value):
    """Yield the name of every field in what was sent, however deep."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name.removesuffix("_rx_state_")
            yield from names_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from names_in(inner)


@pytest.fixture(scope="module")
def world_portal(sqlite_template, tmp_path_factory):
    """A world in which nobody has been attacked, signed out or switched off yet."""
    with served_world(sqlite_template, tmp_path_factory.mktemp("untouched")) as found:
        yield found


@pytest.fixture(scope="module")
def sent(world_portal):
    """What each person is sent on every page that is open to them."""
    server, world = world_portal
    frames = {}
    for who in PEOPLE:
        with Tab(server, cookie=world.people[who].cookie) as tab:
            frames[who] = [data_of(tab.open(path)) for path in pages(world, who)]
    return frames


@pytest.mark.asvs("15.3.1")
@pytest.mark.parametrize("who", PEOPLE)
def test_no_page_is_sent_a_secret_of_anybodys(world_portal, sent, who):
    _, world = world_portal
    text = json.dumps(sent[who])
    assert world.account_number in text or who not in {"owner", "authorised"}
    secret = secrets_of(world.url)
    assert len(secret) > 10
    assert {value[:4] for value in secret if value in text} == set()


@pytest.mark.asvs("15.3.1")
@pytest.mark.parametrize("who", PEOPLE)
def test_no_page_is_sent_a_field_that_lets_somebody_in(sent, who):
    """Whatever it holds: a hash that is sent is one that somebody tries to undo."""
    of_rows = {
        column.name
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if class_of(table.name, column.name) == "secret"
    }
    assert {"password_hash", "token_hash"} <= of_rows
    assert of_rows & set(names_in(sent[who])) == set()


@pytest.mark.asvs("14.3.2")
def test_a_page_that_a_browser_may_keep_is_the_same_for_everybody_and_holds_nobodys_data(
    world_portal,
):
    server, world = world_portal
    for path in pages(world, "owner"):
        ours, theirs = (get(server, path, headers=as_(world, who)) for who in ("owner", "stranger"))
        if ours.status_code == theirs.status_code == 200:
            assert ours.content == theirs.content, path
            assert FIRM not in ours.text, path
            assert ours.headers["cache-control"] in {"no-cache", "no-store"}, path


@pytest.mark.asvs("14.3.2")
def test_whatever_is_about_somebody_is_kept_by_no_browser_and_no_proxy(world_portal):
    server, world = world_portal
    ours = {"origin": server.address} | as_(world, "owner")
    answers = [
        get(server, f"/files/documents/{kept_file(server, world)}", headers=ours),
        get(server, f"/files/contracts/{world.contract}", headers=ours),
        get(server, f"/files/invoices/{world.invoice}", headers=ours),
        get(server, f"/files/statements/{world.account}/2026-10-31", headers=ours),
        get(server, f"/files/imports/{world.run}/refusals.csv", headers=as_(world, "admin")),
    ]
    assert [answer.status_code for answer in answers] == [200] * 5
    answers += [
        get(server, f"/files/contracts/{world.contract}"),  # to the sign-in page
        get(server, "/files/contracts/nothing", headers=ours),
        get(server, "/staff/outbox", headers=ours),
        get(server, "/api/v1/events"),
        ask(server, "POST", "/auth/stay", headers=ours),
        ask(server, "POST", "/auth/sign-in", headers=ours),
        ask(server, "POST", "/uploads", headers=ours, content=b"{}"),
        ask(server, "POST", "/auth/sign-in", headers=as_(world, "owner")),
        ask(server, "POST", "/hooks/payments", content=b"{}"),
    ]
    kept = [str(a.url) for a in answers if a.headers.get("cache-control") != "no-store"]
    assert kept == []
