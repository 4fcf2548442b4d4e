"""Everybody whom the demonstration prints can sign in as it is printed, from any country."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from portal_app import models as m
from portal_app.cli import demo
from tests.browser import Browser
from tests.door import rows
from tests.e2e.conftest import demo_people

# Under "Customers": how one signs in, the person, and who that is.
PRINTED = re.compile(r"^  (\S.*?)\s{2,}(\S.*?)\s{2,}\S", re.M)


def printed() -> list[tuple[str, str]]:
    of_harbourline = demo.sign_ins().partition("Orchard & Vale, at ")[0]
    customers = of_harbourline.partition("Customers, ")[2].partition("\n")[2]
    return PRINTED.findall(customers)


@pytest.mark.requirement("S3-15")
def test_each_customer_that_is_printed_signs_in_as_it_is_printed(own_portal):
    password = re.search(r"with the password  (\S+)", demo.sign_ins())[1]
    names = dict(printed())
    assert names["0117 496 0123"] == "Imogen Thackray-Rowe"
    people = {user.id: user.person_id for user in rows(own_portal, m.PortalUser)}
    called = {person.id: f"{person.given_name} {person.family_name}"
              for person in rows(own_portal, m.Person)}  # fmt: skip
    for identifier, name in names.items():
        browser = Browser(own_portal)
        answer = browser.post("/auth/sign-in", identifier=identifier, password=password)
        assert answer.status_code == 303 and answer.headers["location"] != "/sign-in", name
        assert browser.is_in, name
        newest = rows(own_portal, m.PortalSession)[-1]
        assert called[people[newest.user_id]] == name


@pytest.mark.requirement("S3-15")
def test_who_chooses_an_account_first_goes_on_to_the_whole_address_that_was_wanted(own_portal):
    person = demo_people()["two_accounts"]
    browser = Browser(own_portal)
    wanted = "/contracts?shelf=ended&search=R-1%26"
    answer = browser.post(
        "/auth/sign-in",
        identifier=person["phone"],
        password="seven-quiet-herons-at-dusk",
        next=wanted,
    )
    asked = urlsplit(answer.headers["location"])
    assert asked.path == "/choose-account"
    assert parse_qs(asked.query) == {"next": [wanted]}
