"""A date of birth is kept sealed, each for its own row, and a feed works as if it were not."""

from datetime import date

import pytest
from pydantic import SecretStr
from sqlmodel import text

from portal_app import models as m
from portal_app.core.settings import settings
from portal_app.services.imports.rules.types import TYPES
from tests import factories as f
from tests.services.imports.feeding import counts, load, write

HEADER = "external_id,given_name,family_name,date_of_birth\n"
BORN = "1990-05-04"


@pytest.fixture
def bring(any_db, clock, tmp_path):
    """Read a feed with these people."""

    def read(*rows):
        folder = write(tmp_path / "feed", people=HEADER + "".join(f"{row}\n" for row in rows))
        return counts(load(folder), "people")

    return read


def raw(engine):
    with engine.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(text("SELECT * FROM person"))]


@pytest.mark.asvs("11.3.3")
@pytest.mark.asvs("14.2.4")
def test_the_row_holds_no_date_and_opens_for_the_person(any_db, bring):
    bring(f"P-1,Rosa,Lindqvist,{BORN}", "P-2,Ben,Lindqvist,")
    (rosa, ben) = sorted(raw(any_db), key=lambda row: row["external_id"])
    for shape in (BORN, "04.05.1990", "05/04/1990", "19900504"):
        assert shape not in str(rosa)
    assert "date_of_birth" not in rosa
    assert f.fetch(m.Person, external_id="P-1").date_of_birth == date(1990, 5, 4)
    assert (ben["date_of_birth_sealed"], f.fetch(m.Person, external_id="P-2").date_of_birth) == (
        "", None,
    )  # fmt: skip


@pytest.mark.asvs("11.3.3")
def test_what_is_sealed_opens_in_no_other_row_and_not_altered(db, bring, caplog):
    bring(f"P-1,Rosa,Lindqvist,{BORN}", "P-2,Ben,Lindqvist,1991-01-01")
    rosa, ben = f.fetch(m.Person, external_id="P-1"), f.fetch(m.Person, external_id="P-2")
    f.give(ben, date_of_birth_sealed=rosa.date_of_birth_sealed)
    f.give(rosa, date_of_birth_sealed=rosa.date_of_birth_sealed[:-4] + "AAA=")
    assert f.fetch(m.Person, external_id="P-1").date_of_birth is None
    assert f.fetch(m.Person, external_id="P-2").date_of_birth is None
    assert caplog.text.count("a sealed value does not open") == 2


def test_the_same_day_again_changes_nothing_and_another_does(db, bring):
    assert bring(f"P-1,Rosa,Lindqvist,{BORN}") == {"new": 1}
    first = f.fetch(m.Person)
    assert bring(f"P-1,Rosa,Lindqvist,{BORN}") == {"unchanged": 1}
    f.give(first, digest="")  # as after an upgrade: the row is looked at afresh
    assert bring(f"P-1,Rosa,Lindqvist,{BORN}") == {"unchanged": 1}
    again = f.fetch(m.Person)
    assert (again.date_of_birth_sealed, again.version) == (first.date_of_birth_sealed, 1)
    assert bring("P-1,Rosa,Lindqvist,1990-05-05") == {"changed": 1}
    assert f.fetch(m.Person).date_of_birth == date(1990, 5, 5)
    assert bring("P-1,Rosamund,Lindqvist,") == {"changed": 1}  # what a feed leaves out stays
    assert f.fetch(m.Person).date_of_birth == date(1990, 5, 5)


def test_a_day_that_opens_no_longer_is_sealed_anew_by_the_next_feed(db, bring):
    bring(f"P-1,Rosa,Lindqvist,{BORN}")
    f.give(f.fetch(m.Person), date_of_birth_sealed="lost", digest="")
    assert bring(f"P-1,Rosa,Lindqvist,{BORN}") == {"changed": 1}
    assert f.fetch(m.Person).date_of_birth == date(1990, 5, 4)


@pytest.mark.asvs("11.3.3")
def test_no_date_can_be_tried_out_against_the_fingerprint_of_a_row(db, bring, monkeypatch):
    bring(f"P-1,Rosa,Lindqvist,{BORN}")
    before = f.fetch(m.Person).digest
    other = settings().model_copy(update={"secret_key": SecretStr("x" * 40)})
    monkeypatch.setattr("portal_app.services.imports.commands.drafts.settings", lambda: other)
    bring(f"P-1,Rosa,Lindqvist,{BORN}")
    assert f.fetch(m.Person).digest != before


def test_every_sealed_column_is_one_that_a_feed_fills():
    sealed = {(kind.name, column) for kind in TYPES.values() for column, _ in kind.sealed}
    assert sealed == {("people", "date_of_birth_sealed")}
    assert all(column in TYPES[name].columns for name, column in sealed)
