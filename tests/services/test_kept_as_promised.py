"""What docs/data.md promises of secrets holds for the rows themselves."""

import base64
import re

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from docs.make.classes import class_of
from portal_app.services import events, identity
from tests.services.events.conftest import Sender as Webhooks
from tests.services.events.conftest import fresh_key, sure_admin
from tests.services.identity.people import PASSWORD, as_caller, customer, visitor
from tests.services.identity.test_security import enrol, stepped_up
from tests.services.invitations.world import covered, newest_token
from tests.services.uploads.conftest import sqlite_sender, store  # noqa: F401 - fixtures

ARGON2 = re.compile(r"\$argon2id\$v=19\$m=\d+,t=\d+,p=1\$[\w+/]{22,}\$[\w+/]{43,}")
SHA_256 = re.compile(r"[0-9a-f]{64}")
NONCE_AND_TAG = 12 + 16
HASHED = {"password_hash", "new_password_hash", "code_hash"}
SEALED = {"secret_sealed", "totp_secret_sealed", "wrapped_key"}


def is_as_promised(column, value):
    if column in HASHED:
        return ARGON2.fullmatch(value)
    if column == "token_hash":
        return SHA_256.fullmatch(value)
    return column in SEALED and len(base64.urlsafe_b64decode(value)) > NONCE_AND_TAG


def everything(engine):
    """Yield (table, column, value) of every cell that holds something."""
    with engine.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                yield from ((table.name, name, value) for name, value in row.items() if value)


@pytest.fixture
def secrets(sqlite_sender, limiter, clock):  # noqa: F811
    """Let there be a secret of every kind; return those that nobody has to read again."""
    sqlite_sender.kept()
    customer(email="rosa@example.com")
    actor = stepped_up(limiter)
    app, outcome = enrol(actor, limiter, clock)
    actor = as_caller(outcome.token)
    recovery = identity.make_recovery_codes(actor)
    admin = sure_admin(brand_id=actor.brand)
    token = events.create_token(admin, name="The CRM", key=fresh_key()).value
    made = {"url": "https://hooks.example.org/x", "sender": Webhooks(), "key": fresh_key()}
    signing = events.add_endpoint(admin, **made).value
    identity.request_reset(visitor(), identifier="rosa@example.com", limiter=limiter)
    covered().invite()
    link = newest_token()  # this one stands in a letter that has yet to go out
    waiting = identity.sign_in(
        visitor(), identifier="rosa@example.com", password=PASSWORD, limiter=limiter
    )
    return [PASSWORD, app, outcome.token, waiting.token, token, signing, *recovery], link


@pytest.mark.asvs("14.2.4")
def test_each_column_of_the_class_secret_holds_what_cannot_be_read(db, secrets):
    expected = (HASHED | SEALED | {"token_hash"}) - {"new_password_hash"}
    held = [one for one in everything(db) if class_of(*one[:2]) == "secret"]
    assert {name for _, name, _ in held} == expected
    assert [f"{t}.{name}" for t, name, value in held if not is_as_promised(name, value)] == []


@pytest.mark.asvs("14.2.4")
def test_no_other_column_holds_a_copy_of_a_secret(db, secrets):
    """Not the trail, not a job, not a session's notes; a letter until it has gone out."""
    never, until_sent = secrets
    found = {
        f"{table}.{name}"
        for table, name, value in everything(db)
        for secret in (*never, until_sent)
        if secret in str(value)
    }
    assert found == {"outbound_message.text", "outbound_message.facts"}
    elsewhere = [
        secret for secret in never for table, name, value in everything(db) if secret in str(value)
    ]
    assert elsewhere == []
