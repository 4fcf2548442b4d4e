"""Who wants to hear of which change. Services announce topics; open tabs watch them."""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable

Listener = Callable[[frozenset[str]], None]

_lock = threading.Lock()
_listeners: list[Listener] = []
_watched: dict[str, frozenset[str]] = {}
_watchers: defaultdict[str, set[str]] = defaultdict(set)


def watch(watcher: str, topics: Iterable[str]) -> None:
    """Replace what a watcher (an open tab and its page) wants to hear of."""
    with _lock:
        for topic in _watched.pop(watcher, frozenset()):
            _watchers[topic].discard(watcher)
            if not _watchers[topic]:
                del _watchers[topic]
        if wanted := frozenset(topics):
            _watched[watcher] = wanted
            for topic in wanted:
                _watchers[topic].add(watcher)


def watchers(topics: Iterable[str]) -> set[str]:
    """Return every watcher of any of the topics."""
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
