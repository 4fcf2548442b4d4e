import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.core.money import Money, exponent

currencies = st.sampled_from(["USD", "EUR", "JPY", "KRW", "KWD", "TND", "ZAR"])
amounts = st.integers(-(10**14) + 1, 10**14 - 1)


@given(amounts, currencies)
def test_what_is_written_is_read_back(minor, currency):
    money = Money(minor, currency)
    if abs(minor) < 10 ** (12 + exponent(currency)):
        assert Money.parse(money.decimal, currency) == money


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("1234.50", "USD", 123450),
        ("1234.5", "USD", 123450),
        ("1234", "USD", 123400),
        ("-0.01", "USD", -1),
        ("-0.5", "KWD", -500),
        ("1234", "JPY", 1234),
        (" 7.00 ", "EUR", 700),
    ],
)
def test_decimals_become_minor_units_of_their_currency(text, currency, minor):
    assert Money.parse(text, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    "text",
    [
        *("", "1,234.50", "1.234", "1e3", "NaN", "+1", "--1", "1.", ".5", "$1", "1 2", "Infinity"),
        "1" * 13,
        "١٢",
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError, match="is not an amount in USD"):
        Money.parse(text, "USD")


def test_an_amount_has_no_more_places_than_its_currency():
    for text, currency in (("1.5", "JPY"), ("1.005", "EUR")):
        with pytest.raises(ValueError, match=currency):
            Money.parse(text, currency)


@pytest.mark.parametrize(
    ("minor", "currency", "decimal"),
    [(-5, "USD", "-0.05"), (0, "USD", "0.00"), (5, "KWD", "0.005"), (-12, "JPY", "-12")],
)
def test_small_amounts_keep_their_noughts(minor, currency, decimal):
    assert Money(minor, currency).decimal == decimal


@given(amounts, amounts, currencies)
def test_sums_are_exact_and_undone_by_differences(left, right, currency):
    total = Money(left, currency) + Money(right, currency)
    assert total.amount_minor == left + right
    assert total - Money(right, currency) == Money(left, currency)
    assert total + -total == Money(0, currency)
    assert bool(total) is (left + right != 0)


def test_two_currencies_are_never_added():
    for act in (
        lambda: Money(1, "USD") + Money(1, "EUR"),
        lambda: Money(1, "USD") - Money(1, "EUR"),
    ):
        with pytest.raises(ValueError, match="cannot add EUR to USD"):
            act()
