"""Card numbers are taken out of what somebody writes, and little else is."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.core.card_numbers import watching, without_card_numbers
from portal_app.core.entries import Entries
from portal_app.core.redaction import redact
from portal_app.core.text import note

FOUND = [
    ("my card 4242 4242 4242 4242, thanks", "my card •••• 4242, thanks"),
    ("4242424242424242", "•••• 4242"),
    ("4242-4242-4242-4242", "•••• 4242"),
    ("12 4242 4242 4242 4242 12/30 123", "12 •••• 4242 12/30 123"),
    ("3782 822463 10005", "•••• 0005"),
    ("4222222222222", "•••• 2222"),
    ("4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2", "•••• 4242"),
    (" ".join(["\uff14\uff12\uff14\uff12"] * 4), "•••• 4242"),
    ("4242\u200b4242\u00a04242\u20134242", "•••• 4242"),
    ("4242 4242\n4242 4242", "•••• 4242"),
    ("5555.5555.5555.4444 and 4111 1111 1111 1111", "•••• 4444 and •••• 1111"),
    ("+1 813 555 4242, card 4111111111111111", "+1 813 555 4242, card •••• 1111"),
]
LEFT = [
    "4242424242424243",
    "Call (813) 555-0111",
    "+49 151 2345 6789 01",
    "01a212e9-52d7-7194-be66-e6b9e3acebf0",
    "R-77120, 24.11.2026 08:00, 12,500.00",
    "0000000000000000",
    "",
]


@pytest.mark.parametrize(("written", "kept"), FOUND)
def test_a_card_number_leaves_its_last_four_figures(written, kept):
    with watching() as removed:
        assert without_card_numbers(written) == kept
    assert removed.count == kept.count("•••• ")


@pytest.mark.parametrize("written", LEFT)
def test_other_figures_stay(written):
    with watching() as removed:
        assert without_card_numbers(written) == written
    assert removed.count == 0


@given(st.text(alphabet="0123456789 -•a+\n", max_size=200))
def test_nothing_grows_and_nothing_is_found_a_second_time(written):
    once = without_card_numbers(written)
    assert len(once) <= len(written)
    assert without_card_numbers(once) == once


def test_the_longest_note_takes_no_time():
    begun = time.monotonic()
    without_card_numbers("4 " * 5_000)
    assert time.monotonic() - begun < 2


def test_every_field_that_is_read_is_cleaned_unless_it_says_that_it_holds_numbers():
    entries, number = Entries(), "4242 4242 4242 4242"
    assert entries.text("notes", number, limit=99) == "•••• 4242"
    assert entries.line("name", number, limit=99) == "•••• 4242"
    assert entries.line("phone", number, limit=99, has_numbers=True) == number
    assert note(number, longest=99) == "•••• 4242"


def test_the_log_keeps_none_of_them_either():
    for written, _ in FOUND[:3]:
        assert "4242 4242" not in redact(written) and "42424242" not in redact(written)
