import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.core.actor import Access
from portal_app.routes import ROUTES
from portal_app.web.gate import PageAccess

PAGES = PageAccess(
    {
        "/": Access.CONSUMER,
        "/sign-in": Access.PUBLIC,
        "/contracts/[number]": Access.CONSUMER,
        "/items-out/[line_id]/off-rent": Access.CONSUMER,
        "/staff": Access.STAFF,
        "/staff/settings/users": Access.ADMIN,
        "/a.b": Access.STAFF,
    }
)


@pytest.mark.asvs("8.2.1")
@pytest.mark.parametrize(
    ("path", "access"),
    [
        ("/", Access.CONSUMER),
        ("/sign-in", Access.PUBLIC),
        ("/sign-in/", Access.PUBLIC),
        ("/contracts/R-1", Access.CONSUMER),
        ("/contracts/R-1/", Access.CONSUMER),
        ("/items-out/0193b2a4/off-rent", Access.CONSUMER),
        ("/staff", Access.STAFF),
        ("/staff/settings/users", Access.ADMIN),
        ("/a.b", Access.STAFF),
        ("/aXb", None),
        ("/contracts", None),
        ("/contracts/", None),
        ("/contracts/R-1/x", None),
        ("/contracts//", None),
        ("/staff/settings", None),
        ("/sign-in/x", None),
        ("/x/sign-in", None),
        ("//sign-in", None),
        ("", None),
    ],
)
def test_a_path_is_the_page_that_it_names_and_no_other(path, access):
    assert PAGES.of(path) == access


@given(st.text(st.characters(exclude_characters="/\n"), min_size=1, max_size=30))
def test_a_part_of_the_address_never_reaches_into_the_next(part):
    assert PAGES.of(f"/contracts/{part}") is Access.CONSUMER
    assert PAGES.of(f"/contracts/{part}/off-rent") is None


def test_every_route_of_the_portal_is_found_with_its_own_access():
    pages = PageAccess({route.path: route.access for route in ROUTES})
    for route in ROUTES:
        assert pages.of(route.path.replace("[", "").replace("]", "")) is route.access
