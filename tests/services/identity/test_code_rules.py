from datetime import UTC, datetime

import pytest
from pyotp.totp import TOTP

from portal_app.core.secrets import new_code
from portal_app.services.identity.rules import codes

AT = datetime(2026, 11, 20, 15, 0, 10, tzinfo=UTC)


@pytest.mark.asvs("6.5.4")
def test_codes_have_six_digits_and_recovery_codes_fifty_bits():
    assert all(codes.is_code(new_code()) for _ in range(50))
    assert all(codes.is_recovery_code(codes.new_recovery_code()) for _ in range(50))
    assert len({codes.new_recovery_code() for _ in range(200)}) == 200


def test_spaces_and_hyphens_in_a_code_are_how_people_group_it():
    assert codes.digits(" 123 456 ") == codes.digits("123-456") == "123456"
    assert not codes.is_code("12345") and not codes.is_code("1234567")
    assert not codes.is_code("١٢٣٤٥٦")


def test_a_recovery_code_may_be_typed_carelessly():
    assert codes.recovery_letters("o1lI9-abcde") == "01119ABCDE"


@pytest.mark.asvs("6.5.1")
@pytest.mark.asvs("6.5.5")
@pytest.mark.parametrize(
    ("seconds", "is_taken"), [(-31, True), (0, True), (29, True), (-61, False), (60, False)]
)
def test_an_app_code_is_good_for_its_half_minute_and_the_ones_beside_it(seconds, is_taken):
    secret = codes.new_totp_secret()
    typed = TOTP(secret).at(int(AT.timestamp()) + seconds)
    assert (codes.totp_counter(secret, typed, at=AT, after=0) is not None) == is_taken


@pytest.mark.asvs("6.5.1")
def test_an_app_code_works_once_and_no_older_one_works_after_it():
    secret = codes.new_totp_secret()
    now = int(AT.timestamp())
    counter = codes.totp_counter(secret, TOTP(secret).at(now), at=AT, after=0)
    assert counter is not None
    assert codes.totp_counter(secret, TOTP(secret).at(now), at=AT, after=counter) is None
    assert codes.totp_counter(secret, TOTP(secret).at(now - 30), at=AT, after=counter) is None
    assert codes.totp_counter(secret, TOTP(secret).at(now + 30), at=AT, after=counter)
