from datetime import timedelta
from itertools import pairwise

import pytest

from portal_app.core.errors import TooMany
from portal_app.services import limit_table, limits
from portal_app.services.limit_table import ALL_LIMITS, Limit

FEW = Limit("tests.few", 2, 60, "tries of a test")


def test_a_refused_try_counts_nowhere_so_that_waiting_helps(clock, limiter):
    for _ in range(2):
        limits.count(limiter, (FEW, "me"))
    for _ in range(10):
        with pytest.raises(TooMany):
            limits.count(limiter, (FEW, "me"))
    clock.advance(seconds=61)
    limits.count(limiter, (FEW, "me"))


def test_keys_are_counted_apart_and_can_be_forgiven(clock, limiter):
    for _ in range(2):
        limits.count(limiter, (FEW, "me"))
    limits.count(limiter, (FEW, "you"))
    assert not limits.is_open(limiter, (FEW, "me"))
    limits.forgive(limiter, (FEW, "me"))
    assert limits.is_open(limiter, (FEW, "me"))


def test_one_limit_that_is_used_up_leaves_the_others_untouched(clock, limiter):
    wide = Limit("tests.wide", 3, 60, "more tries of a test")
    for _ in range(2):
        limits.count(limiter, (FEW, "me"), (wide, "me"))
    with pytest.raises(TooMany):
        limits.count(limiter, (FEW, "me"), (wide, "me"))
    assert limits.is_open(limiter, (wide, "me"))


@pytest.mark.parametrize(
    ("ip", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:22ff::1", "2001:db8:1:2200::/56"),
        ("", "unknown"),
        ("no address", "unknown"),
    ],
)
def test_neighbours_are_counted_as_one_network(ip, network):
    assert limits.network(ip) == network


@pytest.mark.asvs("2.1.3")
def test_every_limit_says_what_it_counts():
    assert len({limit.name for limit in ALL_LIMITS}) == len(ALL_LIMITS) > 15
    assert all(limit.counts and limit.amount and limit.seconds for limit in ALL_LIMITS)


@pytest.mark.asvs("6.6.3")
def test_the_chance_to_guess_a_code_within_an_hour_is_at_most_one_in_a_hundred_thousand():
    assert limit_table.CODE_TRY_HOUR.amount / 10**6 <= 1e-5
    assert limit_table.CODE_TRY_HOUR.seconds == 3600


@pytest.mark.asvs("6.3.1")
def test_whoever_guesses_without_rest_has_some_fifty_tries_a_day_and_nobody_waits_over_two_hours(
    clock, limiter
):
    began, at = clock(), []
    for minute in range(2 * 24 * 60):
        clock.time = began + timedelta(minutes=minute)
        while limits.has_room(limiter, *limits.guesses("brand", ["+18135551234"])):
            at.append(minute)
    assert at[:10] == [0, 0, 0, 0, 0, 16, 31, 61, 121, 241]
    # Seen once a minute, so a wait of two hours may show as a minute more.
    assert max(later - earlier for earlier, later in pairwise(at)) <= 121
    assert sum(1 for minute in at if minute < 24 * 60) <= 60
    assert sum(1 for minute in at if minute >= 24 * 60) <= 60
