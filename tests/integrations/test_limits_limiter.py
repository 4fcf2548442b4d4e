import threading

import pytest

from portal_app.integrations.limits_limiter import LimitsLimiter
from portal_app.ports import PortUnavailable
from tests.servers import free_port


@pytest.fixture(params=["memory", "redis"])
def counting(request) -> LimitsLimiter:
    return LimitsLimiter(request.getfixturevalue("redis_url") if request.param == "redis" else "")


@pytest.mark.asvs("2.4.1")
def test_as_many_as_allowed_and_no_more(counting):
    answers = [counting.hit("tests", 3, 60, "a") for _ in range(5)]
    assert answers == [True, True, True, False, False]
    assert not counting.allows("tests", 3, 60, "a")
    assert counting.allows("tests", 3, 60, "b")


def test_looking_counts_nothing_and_clearing_forgets(counting):
    for _ in range(5):
        assert counting.allows("tests.look", 1, 60, "a")
    assert counting.hit("tests.look", 1, 60, "a")
    assert not counting.allows("tests.look", 1, 60, "a")
    counting.clear("tests.look", 1, 60, "a")
    assert counting.hit("tests.look", 1, 60, "a")


def test_many_at_once_get_through_no_more_often(counting):
    passed = []
    gate = threading.Barrier(8)

    def knock():
        gate.wait()
        passed.extend(counting.hit("tests.many", 5, 60, "a") for _ in range(5))

    threads = [threading.Thread(target=knock) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(passed) == 5


def test_two_processes_count_together_in_redis(redis_url):
    first, second = LimitsLimiter(redis_url), LimitsLimiter(redis_url)
    assert first.hit("tests.shared", 1, 60, "a")
    assert not second.hit("tests.shared", 1, 60, "a")


def test_a_redis_that_does_not_answer_is_reported_as_such():
    broken = LimitsLimiter(f"redis://127.0.0.1:{free_port()}/0")
    for method in (broken.hit, broken.allows, broken.clear):
        with pytest.raises(PortUnavailable):
            method("tests", 1, 60, "a")


def test_large_allowances_end_where_they_say(counting):
    answers = [counting.hit("tests.large", 100, 3600, "a") for _ in range(105)]
    assert answers == [True] * 100 + [False] * 5
    assert counting.hit("tests.large", 100, 3600, "b")
    counting.clear("tests.large", 100, 3600, "a")
    assert counting.hit("tests.large", 100, 3600, "a")
