"""A new secret in the place of the old one: nothing that is sealed is lost, and both are told."""

from datetime import date

import pytest
from cryptography.exceptions import InvalidTag
from pydantic import SecretStr
from pyotp.totp import TOTP
from sqlmodel import SQLModel
from typer.testing import CliRunner

from portal_app import models as m
from portal_app.__main__ import app
from portal_app.core import vault
from portal_app.core.actor import Actor
from portal_app.core.errors import NotFound
from portal_app.core.settings import settings
from portal_app.services import events, identity, resealing
from tests import factories as f
from tests.services.applications.world import make_desk
from tests.services.identity.people import (
    PASSWORD,
    PHONE,
    as_caller,
    change,
    customer,
    visitor,
    with_app,
)

SYSTEM = Actor.system("tests")
NEW = "another-secret-of-at-least-thirty-two-characters"


@pytest.fixture
def replaced(monkeypatch):
    """Put a new secret in the place of the old one, which is kept beside it or not."""

    def replace(*, keeps_old):
        old = settings().secret_key if keeps_old else SecretStr("")
        given = {"secret_key": SecretStr(NEW), "secret_key_before": old}
        chosen = settings().model_copy(update=given)
        monkeypatch.setattr(vault, "settings", lambda: chosen)

    return replace


def everything_sealed(n=1):
    """Someone with an app and a date of birth, and an address for events."""
    user = customer()
    secret = with_app(user)
    born = f.fetch(m.Person, id=user.person_id)
    place = m.birth_place(born.id)
    change(born, date_of_birth_sealed=vault.keep_day(date(1990, 5, 4), place=place))
    for number in range(n):
        made = m.WebhookEndpoint(
            brand_id=born.brand_id, url=f"https://x.example/{number}", secret_sealed="",
            created_at=f.clock.now(),
        )  # fmt: skip
        made.secret_sealed = vault.keep("whsec_x", place=f"webhook_endpoint:secret:{made.id}")
        f._save(made)
    return user, secret


def enter(secret, clock, limiter):
    given = {"identifier": PHONE, "password": PASSWORD}
    waiting = as_caller(identity.sign_in(visitor(), **given, limiter=limiter).token)
    code = TOTP(secret).at(clock())
    return identity.confirm_second_factor(waiting, code=code, limiter=limiter).token


@pytest.mark.asvs("11.2.2")
def test_what_the_secret_before_sealed_opens_and_is_sealed_anew(any_db, clock, limiter, replaced):
    user, secret = everything_sealed(2)
    replaced(keeps_old=True)
    assert enter(secret, clock, limiter)  # at once, before anything is sealed anew
    assert resealing.reseal(SYSTEM) == resealing.Resealed(renewed=4)
    replaced(keeps_old=False)
    clock.advance(minutes=5)
    assert enter(secret, clock, limiter)
    assert f.fetch(m.Person, id=user.person_id).date_of_birth == date(1990, 5, 4)
    endpoints = f.fetch_all(m.WebhookEndpoint)
    assert {events.commands.endpoints.secret_of(one) for one in endpoints} == {"whsec_x"}
    actions = [one.action for one in f.fetch_all(m.AuditEvent)]
    assert actions.count(m.Action.SECRETS_RESEALED) == 3


@pytest.mark.asvs("11.2.2")
def test_doing_it_again_changes_nothing_and_many_rows_are_done_in_parts(
    db, clock, replaced, monkeypatch
):
    everything_sealed(5)
    monkeypatch.setattr(resealing, "_SOME", 2)
    replaced(keeps_old=True)
    assert resealing.reseal(SYSTEM).renewed == 7
    before = {one.secret_sealed for one in f.fetch_all(m.WebhookEndpoint)}
    assert resealing.reseal(SYSTEM) == resealing.Resealed()
    assert {one.secret_sealed for one in f.fetch_all(m.WebhookEndpoint)} == before


@pytest.mark.asvs("11.2.2")
def test_answers_and_what_stood_there_before_go_to_the_new_secret(db, clock, limiter, replaced):
    desk = make_desk()
    ann = desk.let_in("Ann", limiter)
    desk.save(ann, "family_name", "Holloway")
    desk.save(ann, "family_name", "Holloway-Price", 1)
    replaced(keeps_old=True)
    assert resealing.reseal(SYSTEM).renewed >= 3
    replaced(keeps_old=False)
    assert desk.read(ann).answers["family_name"].value == "Holloway-Price"
    kept = sorted(f.fetch_all(m.FormAnswerHistory), key=lambda one: one.version)
    assert [one.value for one in kept] == ["Holloway", "Holloway-Price"]


@pytest.mark.asvs("11.2.2")
def test_what_opens_under_neither_is_counted_and_left_as_it_is(db, clock, replaced):
    user, _ = everything_sealed()
    held = f.fetch(m.PortalUser, id=user.id).totp_secret_sealed
    replaced(keeps_old=False)
    result = CliRunner().invoke(app, ["reseal"])
    assert (result.exit_code, "3 open under neither" in result.output) == (1, True)
    assert f.fetch(m.PortalUser, id=user.id).totp_secret_sealed == held
    with pytest.raises(InvalidTag):
        vault.opened(held, place=f"portal_user:totp:{user.id}")


def test_the_command_says_that_the_secret_before_can_go(db, clock, replaced):
    everything_sealed()
    replaced(keeps_old=True)
    result = CliRunner().invoke(app, ["reseal"])
    assert (result.exit_code, result.output.splitlines()[0]) == (0, "3 sealed anew.")
    assert "not needed any more" in result.output


def test_only_the_portal_itself_seals_anew(db):
    for actor in (f.consumer_actor(f.account()), f.staff_actor(), visitor()):
        with pytest.raises(NotFound):
            resealing.reseal(actor)


def test_each_sealed_column_is_known():
    kept = {
        (table.name, column.name)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("_sealed")
    }
    assert kept == {(str(model.__tablename__), column) for model, column, _ in resealing.SEALED}
