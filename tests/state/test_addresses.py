"""Addresses that pages are given: what a feed or a person named is one part of them, no more."""

import ast
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal_app.services import branding
from portal_app.state import shell
from portal_app.state.applications import words as applications
from portal_app.state.contracts.words import in_address
from portal_app.state.help_pages import ContactView
from portal_app.state.payments_desk import words as desk
from portal_app.state.rentals import words as rentals
from tests.architecture.test_shape import SOURCE, nodes

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
BUILDERS = {
    "contracts": lambda name: rentals.path_to("contracts", name),
    "staff/customers": desk.customer_path,
    "applications": lambda name: applications.address("/applications", name),
}
# Numbers that the portal itself draws, from letters and digits.
OWN_NUMBERS = {
    "portal_app/services/cases/commands/telling.py",
    "portal_app/services/rentals/commands/telling.py",
    "portal_app/state/rentals/requests.py",
    "portal_app/state/rentals/items_out.py",
    "portal_app/state/rentals/off_rent.py",
    "portal_app/state/changes/person.py",
    "portal_app/pages/staff/gallery_tables.py",  # a sample
}


@pytest.mark.asvs("1.2.2")
@pytest.mark.parametrize("section", BUILDERS)
@given(NAMES)
@example("javascript:alert(1)")
@example("//evil.example")
@example("../staff")
@example("a?b=c#d")
@example("a\r\nSet-Cookie: x=1")
@example('"><script>')
def test_a_name_is_one_part_of_an_address(section, name):
    address = BUILDERS[section](name)
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    assert address.startswith(f"/{section}/") and address.isascii()
    last = address.removeprefix(f"/{section}/")
    assert unquote(last) == name
    assert not set(last) & set("/?#\\\"'<> \r\n")


@pytest.mark.asvs("1.2.2")
@given(NAMES)
def test_what_cannot_stand_in_an_address_gives_way_to_an_id(name):
    shown = in_address(name, "the-id")
    assert shown == "the-id" or not set(shown) & set("/?#\\\"'<>% \r\n:")


@pytest.mark.asvs("1.2.2")
@pytest.mark.parametrize("email", ["a@b.example?bcc=all@c.example", "a@b.example&body=x", "a b@c"])
def test_an_address_to_write_to_is_one_address(email):
    support = branding.Support(email=email, phone="+1 813 555 0100;x=javascript:1", hours="")
    shown = ContactView.of(support)
    report = shell._mailto(email).removesuffix("?subject=A%20problem%20on%20the%20portal")
    for link in (shown.mailto, report):
        assert link.startswith("mailto:") and not set(link) & set("?& ")
    assert shown.tel == "tel:+18135550100" + "1"


@pytest.mark.asvs("1.2.2")
def test_no_number_of_a_feed_stands_in_an_address_as_it_came():
    raw = {
        str(path)
        for path in SOURCE
        for node in nodes(path)
        if isinstance(node, ast.JoinedStr) and ast.unparse(node)[2:3] == "/"
        for part in node.values
        if isinstance(part, ast.FormattedValue) and ast.unparse(part.value).endswith("number")
    }
    assert raw == OWN_NUMBERS
