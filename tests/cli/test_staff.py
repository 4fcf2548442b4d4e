"""The operator makes the first admin; nothing about them is known to anybody else."""

import pytest
from typer.testing import CliRunner

from portal_app import models as m
from portal_app.__main__ import app
from tests.factories import brand, fetch, fetch_all

PASSWORD = "seven herons over slate"


def add(email, name, *more, typed=PASSWORD, again=PASSWORD):
    return CliRunner().invoke(
        app, ["staff", "add", email, name, *more], input=f"{typed}\n{again}\n"
    )


def test_an_admin_is_added_and_has_yet_to_set_up_an_authenticator(db):
    brand()
    result = add("nadia@example.org", "Nadia Petrov", "--role", "admin")
    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output
    made = fetch(m.StaffUser, email="nadia@example.org")
    assert (made.name, made.role) == ("Nadia Petrov", "admin")
    user = fetch(m.PortalUser, id=made.user_id)
    assert user.second_factor is m.SecondFactor.NONE
    assert user.password_hash.startswith("$argon2id$")
    entry = fetch(m.AuditEvent, action=m.Action.STAFF_CREATED.value)
    assert (entry.actor_kind, entry.actor_id, entry.object_id) == ("system", "staff", user.id)


def test_an_agent_is_what_somebody_is_unless_said_otherwise(db):
    brand()
    add("ola@example.org", "Ola Berg")
    assert fetch(m.StaffUser).role == "agent"


@pytest.mark.parametrize(
    ("email", "name", "typed", "again", "words"),
    [
        ("ola@example.org", "Ola Berg", "short", "short", "Use at least 12 characters."),
        ("nobody", "Ola Berg", PASSWORD, PASSWORD, "Enter an email address"),
        ("ola@example.org", " ", PASSWORD, PASSWORD, "Enter a name."),
    ],
)
def test_what_cannot_be_taken_is_said_and_nobody_is_added(db, email, name, typed, again, words):
    brand()
    result = add(email, name, typed=typed, again=again)
    assert result.exit_code == 1
    assert words in result.output
    assert fetch_all(m.StaffUser) == []


def test_the_same_address_is_added_once(db):
    brand()
    assert add("ola@example.org", "Ola Berg").exit_code == 0
    assert add("OLA@example.org", "Ola Berg").exit_code == 1
    assert len(fetch_all(m.StaffUser)) == 1


def test_without_a_brand_the_command_says_what_comes_first(db):
    result = add("ola@example.org", "Ola Berg")
    assert result.exit_code == 2
    assert "Make one first" in result.output
