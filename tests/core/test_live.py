import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.core import live
from portal_app.core.live import Watcher

TABS = st.sampled_from(["tab-1", "tab-2", "tab-3"])
PARTS = st.sampled_from(["page", "shell"])
TOPICS = st.frozensets(st.sampled_from(["account:1", "account:2", "jobs"]))


@pytest.fixture(autouse=True)
def nobody_watches():
    for tab, _ in tuple(live._watched):
        live.forget(tab)
    yield
    for tab in ("tab-1", "tab-2", "tab-3"):
        live.forget(tab)
    assert not live._watchers
    assert not live._watched


def of(tab, part="page"):
    return Watcher(tab, part, f"{part}.refresh")


def test_only_those_who_watch_a_topic_hear_of_it():
    live.watch(of("tab-1"), ["account:1", "jobs"])
    live.watch(of("tab-2"), ["account:2"])
    assert live.watchers(["account:1"]) == {of("tab-1")}
    assert live.watchers(["account:1", "account:2"]) == {of("tab-1"), of("tab-2")}
    assert live.watchers(["account:3"]) == set()


def test_watching_again_replaces_what_that_part_watched():
    live.watch(of("tab-1"), ["account:1"])
    live.watch(of("tab-1", "shell"), ["account:1"])
    live.watch(of("tab-1"), ["account:2"])
    assert live.watchers(["account:1"]) == {of("tab-1", "shell")}
    live.watch(of("tab-1"), [])
    assert live.watchers(["account:2"]) == set()


def test_of_a_page_that_was_left_the_part_that_is_kept_is_told_alone():
    for tab, part in (
        ("tab-1", "page"),
        ("tab-1", "papers"),
        ("tab-1", "shell"),
        ("tab-2", "page"),
    ):
        live.watch(of(tab, part), ["jobs"])
    live.forget("tab-1", keep="shell")
    assert live.watchers(["jobs"]) == {of("tab-1", "shell"), of("tab-2")}


@given(st.lists(st.tuples(TABS, PARTS, TOPICS, st.booleans()), max_size=25))
def test_whatever_happens_a_part_hears_of_what_it_watched_last(steps):
    watched: dict[tuple[str, str], frozenset[str]] = {}
    for tab, part, topics, leaves in steps:
        if leaves:
            live.forget(tab)
            watched = {key: kept for key, kept in watched.items() if key[0] != tab}
        else:
            live.watch(of(tab, part), topics)
            watched[tab, part] = topics
    for topic in ("account:1", "account:2", "jobs"):
        assert live.watchers([topic]) == {
            of(*key) for key, kept in watched.items() if topic in kept
        }
    for tab in ("tab-1", "tab-2", "tab-3"):
        live.forget(tab)


def test_an_announcement_reaches_every_listener_until_it_stops():
    first, second = [], []
    stop_first = live.on_announcement(first.append)
    stop_second = live.on_announcement(second.append)
    live.announce(["jobs", "jobs", "account:1"])
    stop_first()
    live.announce(["jobs"])
    live.announce([])
    stop_second()
    live.announce(["jobs"])
    assert first == [frozenset({"jobs", "account:1"})]
    assert second == [frozenset({"jobs", "account:1"}), frozenset({"jobs"})]


def test_many_tabs_come_and_go_at_once():
    def busy(tab):
        for number in range(300):
            live.watch(of(tab), [f"account:{number % 7}"])
            live.watchers(["account:1"])
        live.forget(tab)

    threads = [threading.Thread(target=busy, args=(f"tab-{n}",)) for n in range(1, 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert live.watchers([f"account:{n}" for n in range(7)]) == set()


@pytest.fixture
def missed():
    heard: list[Watcher] = []
    stop = live.on_missed(heard.append)
    yield heard
    stop()


def test_a_change_between_reading_and_watching_is_told_at_once(missed):
    read_at = live.moment()
    live.note(["account:1"])
    live.watch(of("tab-1"), ["account:1", "jobs"], read_at=read_at)
    assert missed == [of("tab-1")]


def test_what_changed_before_it_was_read_or_concerns_others_is_not_told(missed):
    live.note(["account:1"])
    read_at = live.moment()
    live.note(["account:2"])
    live.watch(of("tab-1"), ["account:1"], read_at=read_at)
    live.watch(of("tab-2"), ["account:2"])
    assert missed == []


def test_a_change_that_was_delivered_already_is_not_told_again(missed):
    live.watch(of("tab-1"), ["account:1"])
    read_at = live.moment()
    live.note(["account:1"])
    live.watch(of("tab-1"), ["account:1"], read_at=read_at)
    assert missed == []
    live.watch(of("tab-1", "shell"), ["account:1"], read_at=read_at)
    assert missed == [of("tab-1", "shell")]


def test_what_was_delivered_to_the_page_before_is_told_to_the_new_one(missed):
    live.watch(Watcher("tab-1", "page", "list.refresh"), ["jobs"])
    read_at = live.moment()
    live.note(["jobs"])
    live.watch(Watcher("tab-1", "page", "report.refresh"), ["jobs"], read_at=read_at)
    assert missed == [Watcher("tab-1", "page", "report.refresh")]


def test_a_thousand_old_topics_do_not_grow_without_end():
    for number in range(live.REMEMBERED * 2):
        live.note([f"case:{number}"])
    assert len(live._changed) == live.REMEMBERED
