"""Who wants to hear of which change. Services announce topics; open tabs watch them."""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple


class Watcher(NamedTuple):
    """A part of an open tab, and the event that brings it up to date."""

    token: str
    part: str
    event: str


Listener = Callable[[frozenset[str]], None]

_lock = threading.Lock()
_listeners: list[Listener] = []
_watched: dict[tuple[str, str], tuple[Watcher, frozenset[str]]] = {}
_watchers: defaultdict[str, set[Watcher]] = defaultdict(set)


def watch(watcher: Watcher, topics: Iterable[str]) -> None:
    """Replace what this part of the tab wants to hear of; no topics means nothing more."""
    with _lock:
        _forget((watcher.token, watcher.part))
        if wanted := frozenset(topics):
            _watched[watcher.token, watcher.part] = watcher, wanted
            for topic in wanted:
                _watchers[topic].add(watcher)


def forget(token: str) -> None:
    """Drop every part of a tab that has gone."""
    with _lock:
        for key in [key for key in _watched if key[0] == token]:
            _forget(key)


def _forget(key: tuple[str, str]) -> None:
    watcher, topics = _watched.pop(key, (None, frozenset[str]()))
    for topic in topics:
        if watcher:
            _watchers[topic].discard(watcher)
        if not _watchers[topic]:
            del _watchers[topic]


def watchers(topics: Iterable[str]) -> set[Watcher]:
    """Return everybody who watches any of the topics."""
    with _lock:
        return {watcher for topic in topics for watcher in _watchers.get(topic, ())}


def on_announcement(listener: Listener) -> Callable[[], None]:
    """Call `listener` with the topics of each announcement; returns the function that stops it."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


def announce(topics: Iterable[str]) -> None:
    """Tell every listener in this process that these topics have changed."""
    if changed := frozenset(topics):
        for listener in tuple(_listeners):
            listener(changed)
