"""A number is read in each country in which a brand has accounts, at next to no cost."""

import pytest

from portal_app.models import database
from portal_app.services import phones
from portal_app.services.transaction import reading
from tests import factories as f
from tests.counting import count_queries

BRISTOL = "0117 496 0123"


def countries(brand):
    with reading() as session:
        return phones.countries(session, brand.id)


def readings(typed):
    with reading() as session:
        return phones.readings(session, f.brand().id, typed)


@pytest.mark.requirement("S3-05")
def test_the_portals_own_country_comes_first_then_those_of_the_brands_accounts(any_db):
    assert countries(f.brand()) == ("US",)
    for country in ("GB", "DE", "US", "GB", "AU"):
        f.account(country=country)
    elsewhere = f.brand(key="orchard", name="Orchard")
    f.account(country="FR", brand_id=elsewhere.id)
    assert countries(f.brand()) == ("US", "AU", "DE", "GB")
    assert countries(elsewhere) == ("US", "FR")


def test_a_number_is_read_where_it_can_be_one_and_each_reading_once(db):
    assert readings(BRISTOL) == ()
    f.account(country="GB")
    f.account(country="CA")
    assert readings(BRISTOL) == readings("+44 117 496 0123") == ("+441174960123",)
    assert readings("(813) 555-1234") == ("+18135551234", "+448135551234")
    assert readings("5551") == readings("nobody") == ()


def test_what_a_form_shows_again_may_still_mean_all_that_it_meant(db):
    for country in ("GB", "DE"):
        f.account(country=country)
    for typed in ("(813) 555-1234", BRISTOL, "+441174960123", "020 7946 0018"):
        assert readings(phones.shown_again(typed)) in (readings(typed), readings(typed)[:1])
    assert readings(phones.shown_again("020 7946 0018")) == readings("020 7946 0018")


def test_the_countries_are_found_through_an_index_in_one_query(db):
    for n in range(40):
        f.account(country=("US", "GB")[n % 2])
    brand = f.brand()
    with count_queries(database.engine()) as asked:
        assert countries(brand) == ("US", "GB")
    assert len(asked) == 1
    plan = asked.plans(database.engine())
    assert "ix_account_brand_id_country" in plan
    assert "SCAN account" not in plan and "TEMP B-TREE" not in plan
