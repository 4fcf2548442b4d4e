"""The first registration, by people of the demonstration, with what staff see and do of it."""

import re

import pytest
from playwright.sync_api import expect

from portal_app import models as m
from tests.door import newest_code, rows

ANNIKA = {"phone": "2185550131", "email": "hello@birchbark.example.com", "postal_code": "55802"}
WALTER = {"phone": "9125550132", "email": "yard@isleofhopeboats.example.com",
          "postal_code": "31406"}  # fmt: skip
HECTOR = {"phone": "(409) 555-0154", "email": "office@saltgrass.example.com"}
PASSWORD = "seven lanterns over water"
TOPIC = "access.registration_code"


def letters(server):
    return [row for row in rows(server, m.OutboundMessage) if row.topic == TOPIC]


def type_details(person, **details):
    """Give the details from a place of one's own; return what the next page answers."""
    person.open("/register")
    person.fill_in("Continue", new_password=PASSWORD, **details)
    person.page.wait_for_url("**/register/code")
    person.settled()
    return person.page.locator("#main").inner_text()


@pytest.mark.requirement("S3-11")
@pytest.mark.requirement("S3-12")
@pytest.mark.requirement("S3-13")
@pytest.mark.requirement("S3-14")
@pytest.mark.requirement("S3-15")
@pytest.mark.requirement("S3-16")
def test_from_the_phone_typed_twice_to_the_summary(visit, own_portal):
    annika = visit(server=own_portal)
    page = annika.open("/portal")
    annika.fill_in("Sign in", identifier=ANNIKA["phone"], password=ANNIKA["phone"])
    page.wait_for_url("**/register")
    expect(annika.settled().locator("#phone")).to_have_value("(218) 555-0131")

    # A wrong ZIP and a wrong email read the same, and nothing is sent.
    answers = []
    for place, mistake in enumerate([{"postal_code": "55803"}, {"email": "hello@birch.example"}]):
        annika.moves_to(place)
        answers.append(type_details(annika, **(ANNIKA | mistake)))
    assert answers[0] == answers[1]
    assert "(253) 555-0100" in answers[0]
    assert letters(own_portal) == []

    # What is wrong in itself is said beside its field, and what was typed stays.
    annika.moves_to(2)
    annika.open("/register")
    annika.fill_in("Continue", **(ANNIKA | {"email": "hello"}), new_password="too short")
    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator("#postal_code")).to_have_value(ANNIKA["postal_code"])
    expect(page.locator("#email-err")).to_contain_text("name@example.com")
    page.locator("#errors").get_by_role("link", name=re.compile("15 characters")).click()
    expect(page.locator("#new_password")).to_be_focused()

    # Everything right: case, spaces and ZIP+4 do not matter.
    spelled = {"email": "Hello@BirchBark.example.com", "postal_code": "55802-1407"}
    assert type_details(annika, **(ANNIKA | spelled)) == answers[0]
    assert len(letters(own_portal)) == 1
    code = newest_code(own_portal, TOPIC)
    annika.fill_in("Finish", code=f"{code[:3]} {code[3:]}")
    page.wait_for_url("**/sign-in")
    words = "You can now sign in with your phone number and new password"
    expect(page.get_by_role("alert")).to_contain_text(words)

    # Not signed in by that; the phone number is no password any more.
    annika.open("/contracts")
    assert "/sign-in" in page.url
    annika.fill_in("Sign in", identifier=ANNIKA["phone"], password=ANNIKA["phone"])
    expect(page.locator("#errors")).to_contain_text("do not belong together")


@pytest.mark.requirement("S3-15")
@pytest.mark.requirement("S3-16")
@pytest.mark.parametrize("typed", ["(218) 555-0131", "218.555.0131", "+1 218 555 0131"])
def test_the_phone_number_signs_in_however_it_is_written(visit, own_portal, typed):
    annika = visit(server=own_portal)
    annika.open("/sign-in")
    annika.fill_in("Sign in", identifier=typed, password=PASSWORD)
    annika.page.wait_for_url(f"{own_portal.address}/")
    heading = annika.settled().get_by_role("heading", level=1)
    expect(heading).to_have_text("Customer account summary")


@pytest.mark.requirement("S3-01")
@pytest.mark.requirement("S3-10")
def test_who_became_ready_may_register_once_the_website_is_updated(visit, own_portal):
    walter, manager = visit(server=own_portal), visit(role="manager", server=own_portal)
    walter.moves_to(10)
    before = len(letters(own_portal))
    answer = type_details(walter, **WALTER)
    assert len(letters(own_portal)) == before

    customer = manager.open("/staff/customers/30231")
    expect(customer.locator("#readiness")).to_contain_text("Nothing is missing")
    expect(customer.get_by_text("Ready, not published")).to_be_visible()
    watching = manager.another_tab()
    watching.open("/staff/imports")
    watching.page.get_by_role("button", name="Update website").click()
    confirm = watching.page.get_by_role("alertdialog")
    confirm.get_by_role("button", name="Update website").click()
    expect(watching.page.get_by_text("No account is waiting")).to_be_visible()
    expect(customer.get_by_text("May register", exact=True)).to_be_visible()

    walter.moves_to(11)
    assert type_details(walter, **WALTER) == answer
    walter.fill_in("Finish", code=newest_code(own_portal, TOPIC))
    walter.page.wait_for_url("**/sign-in")
    expect(customer.get_by_text("Registered", exact=True)).to_be_visible()


@pytest.mark.requirement("S3-13")
def test_five_mismatches_lock_the_registration_until_staff_unlock_it(visit, own_portal):
    hector, agent = visit(server=own_portal), visit(role="agent", server=own_portal)
    desk = agent.open("/staff/customers/40308")
    expect(desk.get_by_text("Nobody has tried")).to_be_visible()
    for place in range(20, 25):
        hector.moves_to(place)
        type_details(hector, **HECTOR, postal_code="00000")
    expect(desk.get_by_text("Registration locked")).to_be_visible()
    tries = desk.locator("#attempts").get_by_role("listitem")
    expect(tries).to_have_count(5)
    expect(tries.first).to_contain_text("203.0.24.7")

    # Locked, the right details are answered like the wrong ones and nothing is sent.
    before = len(letters(own_portal))
    hector.moves_to(25)
    answer = type_details(hector, **HECTOR, postal_code="77551")
    assert len(letters(own_portal)) == before
    desk.get_by_role("button", name="Unlock").click()
    expect(desk.get_by_text("May register", exact=True)).to_be_visible()
    hector.moves_to(26)
    assert type_details(hector, **HECTOR, postal_code="77551") == answer
    assert len(letters(own_portal)) == before + 1
