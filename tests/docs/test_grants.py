"""The rights that docs/operating.md gives the portal's role, tried on a real PostgreSQL."""

import re

import psycopg
import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import ProgrammingError
from sqlmodel import Session, func, select

from docs.make import ROOT
from portal_app import models as m
from portal_app.cli import database as migrations
from portal_app.core.actor import Actor
from portal_app.services import audit, jobs
from tests.conftest import migrate
from tests.people import database_at
from tests.permissions.world import build

NAME = "granted"
SAMPLE = re.search(r"```sql\n(.*?)```", (ROOT / "docs/operating.md").read_text(), re.DOTALL)[1]


@pytest.fixture(scope="module")
def urls(pg_server):
    """A migrated database whose owner has run the sample: (as the owner, as the portal)."""
    plain = pg_server.replace("+psycopg", "")
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute("CREATE ROLE portal_app LOGIN")
        connection.execute(f"CREATE DATABASE {NAME} TEMPLATE template_portal STRATEGY FILE_COPY")
    owner = make_url(pg_server).set(database=NAME)
    with psycopg.connect(owner.render_as_string().replace("+psycopg", "")) as connection:
        connection.execute(SAMPLE.replace("DATABASE portal ", f"DATABASE {NAME} "))
    try:
        yield owner.render_as_string(), owner.set(username="portal_app").render_as_string()
    finally:
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {NAME} WITH (FORCE)")
            connection.execute("DROP ROLE portal_app")


def run(url, statement):
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            return connection.execute(text(statement))
    finally:
        engine.dispose()


@pytest.mark.asvs("13.2.2")
def test_the_portal_does_its_work_with_them_and_its_trail_grows(urls):
    _, portal = urls
    world = build(portal)
    manager = Actor.system("tests", brand=world.brand)
    with database_at(portal) as engine:
        migrate(engine)  # as every start does: there is nothing to be done
        assert migrations.is_migrated()
        jobs.forget_old(Actor.system("tests"))
        assert audit.verify(manager).is_whole
        with Session(engine) as session:
            assert session.exec(select(func.count()).select_from(m.AuditEvent)).one() > 1


@pytest.mark.asvs("13.2.2")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET actor_id = 'nobody'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "UPDATE consent_event SET id = id",
        "DELETE FROM consent_event",
        "ALTER TABLE audit_event DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_event_no_change ON audit_event",
        "DROP TABLE audit_event",
        "CREATE TABLE mine (id int)",
        "CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN RETURN NEW; END'",
        "UPDATE alembic_version SET version_num = '0001'",
        "SET ROLE portal",
        "SET session_replication_role = replica",
        "COPY help_article TO PROGRAM 'id'",
        "SELECT pg_read_file('/etc/passwd')",
    ],
)
def test_the_portal_cannot_rewrite_its_trail_nor_what_guards_it(urls, statement):
    """It is the rights that stand in the way, before any trigger is asked."""
    with pytest.raises(ProgrammingError) as refusal:
        run(urls[1], statement)
    assert isinstance(refusal.value.orig, psycopg.errors.InsufficientPrivilege)


@pytest.mark.asvs("13.2.2")
def test_a_table_that_a_later_version_brings_can_be_used_at_once(urls):
    owner, portal = urls
    run(owner, "CREATE TABLE later (id serial PRIMARY KEY, words text)")
    run(portal, "INSERT INTO later (words) VALUES ('x')")
    assert run(portal, "UPDATE later SET words = 'y'").rowcount == 1
