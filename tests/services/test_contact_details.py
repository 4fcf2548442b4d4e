import pytest

from portal_app.services import contact_details as details
from portal_app.services.identity.rules.identifiers import identifier, is_phone_typed_twice


@pytest.mark.requirement("S3-05")
@pytest.mark.requirement("S3-11")
@pytest.mark.parametrize(
    "typed",
    [
        "(813) 555-1234",
        "813-555-1234",
        "8135551234",
        "+1 813 555 1234",
        "1 813.555.1234",
        " 813 555 1234 ",
    ],
)
def test_a_phone_number_is_the_same_however_it_is_typed(typed):
    assert details.phone(typed, "US") == "+18135551234"


@pytest.mark.parametrize("typed", ["", "abc", "12", "813 555 1234 ext 9", "9" * 60, "+", "\x00"])
def test_what_is_no_phone_number_is_nobodys(typed):
    assert details.phone(typed, "US") == ""


@pytest.mark.parametrize("typed", ["555-1234", "5551234", "+1 555 1234"])
def test_a_number_without_its_area_code_is_nobodys(typed):
    assert details.phone(typed, "US") == ""


def test_a_number_is_read_as_one_of_its_country():
    assert details.phone("030 901820", "DE") == "+4930901820"


@pytest.mark.requirement("S3-12")
def test_email_is_compared_without_case_and_zip_by_its_first_five_digits_in_the_us():
    assert details.email("  Office@Example.COM ") == details.email("office@example.com")
    assert details.postal_code("33602-1234", "US") == details.postal_code(" 33602 ", "US")
    assert details.postal_code("k1a 0b1", "CA") == "K1A0B1"
    assert details.postal_code("sw1a 1aa", "GB") == "SW1A1AA"


@pytest.mark.parametrize(
    "typed",
    [
        "a@b",
        "@example.com",
        "a b@example.com",
        "a@ex ample.com",
        "",
        "a@example.com\r\nBcc: x@example.com",
    ],
)
def test_what_no_letter_could_reach_is_no_email_address(typed):
    assert not details.looks_like_email(typed)


@pytest.mark.requirement("S3-11")
def test_the_same_phone_typed_twice_is_the_wish_to_register():
    who = identifier("(813) 555-1234", ["US"])
    assert is_phone_typed_twice(who, "8135551234", ["US"])
    assert not is_phone_typed_twice(who, "8135551235", ["US"])
    assert not is_phone_typed_twice(identifier("a@b.example", ["US"]), "a@b.example", ["US"])
