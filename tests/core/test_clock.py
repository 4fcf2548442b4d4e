from datetime import UTC, datetime

import pytest

from portal_app.core import clock as module


def test_now_is_aware_and_in_utc():
    assert module.now().tzinfo is UTC
    assert abs((module.now() - datetime.now(UTC)).total_seconds()) < 5


def test_today_is_the_day_where_the_account_is(clock):
    clock.at(2026, 11, 20, 23, 30)
    assert module.today().isoformat() == "2026-11-20"
    assert module.today("Pacific/Auckland").isoformat() == "2026-11-21"
    clock.at(2026, 11, 20, 3, 30)
    assert module.today("America/Chicago").isoformat() == "2026-11-19"


def test_the_clock_is_given_back_even_after_a_fault():
    fixed = datetime(2000, 1, 1, tzinfo=UTC)
    with pytest.raises(ZeroDivisionError), module.reading(lambda: fixed):
        assert module.now() == fixed
        raise ZeroDivisionError
    assert module.now().year > 2000


@pytest.mark.parametrize(("held", "seconds"), [("90061", 90061), ("", 0), ("soon", 0)])
def test_a_test_servers_clock_follows_its_file(tmp_path, held, seconds):
    file = tmp_path / "clock"
    file.write_text(held)
    shift = module._offset_from_file(str(file))() - datetime.now(UTC)
    assert abs(shift.total_seconds() - seconds) < 5


def test_a_clock_file_that_is_gone_moves_nothing(tmp_path):
    shift = module._offset_from_file(str(tmp_path / "none"))() - datetime.now(UTC)
    assert abs(shift.total_seconds()) < 5
