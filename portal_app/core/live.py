"""Who wants to hear of which change. Services announce topics; open tabs watch them."""

import itertools
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple


class Watcher(NamedTuple):
    """A part of an open tab, and the event that brings it up to date."""

    token: str
    part: str
    event: str


Listener = Callable[[frozenset[str]], None]
Late = Callable[[Watcher], None]

# How many topics' last changes are remembered: far more than change while one page is read.
REMEMBERED = 4_096

_lock = threading.Lock()
_listeners: list[Listener] = []
_late: list[Late] = []
_watched: dict[tuple[str, str], tuple[Watcher, frozenset[str]]] = {}
_watchers: defaultdict[str, set[Watcher]] = defaultdict(set)
_changed: OrderedDict[str, int] = OrderedDict()
_moments = itertools.count(1)


def moment() -> int:
    """Return a number above that of every change so far: what is read from now on knows them."""
    return next(_moments)


def watch(watcher: Watcher, topics: Iterable[str], *, read_at: int | None = None) -> None:
    """Replace what this part of the tab wants to hear of; no topics means nothing more.

    A page is read first and watched afterwards. `read_at` is the `moment()` before it was read:
    a change between the two is told at once, or the page would stand still with what was true.
    """
    with _lock:
        was_told = _forget((watcher.token, watcher.part), to=watcher)
        if wanted := frozenset(topics):
            _watched[watcher.token, watcher.part] = watcher, wanted
            for topic in wanted:
                _watchers[topic].add(watcher)
        has_missed = read_at is not None and any(
            _changed.get(topic, 0) > read_at for topic in wanted - was_told
        )
    if has_missed:
        for tell in tuple(_late):
            tell(watcher)


def note(topics: Iterable[str]) -> None:
    """Remember that these topics have changed now."""
    with _lock:
        now = next(_moments)
        for topic in topics:
            _changed[topic] = now
            _changed.move_to_end(topic)
        while len(_changed) > REMEMBERED:
            _changed.popitem(last=False)


def forget(token: str, *, keep: str = "") -> None:
    """Drop every part of a tab that has gone, or of a page that was left: one part may `keep`."""
    with _lock:
        for key in [key for key in _watched if key[0] == token and key[1] != keep]:
            _forget(key)


def _forget(key: tuple[str, str], *, to: Watcher | None = None) -> frozenset[str]:
    """Drop what a part watched; returns the topics if they were told to `to`."""
    watcher, topics = _watched.pop(key, (None, frozenset[str]()))
    for topic in topics:
        if watcher:
            _watchers[topic].discard(watcher)
        if not _watchers[topic]:
            del _watchers[topic]
    return topics if watcher == to else frozenset()


def watchers(topics: Iterable[str]) -> set[Watcher]:
    """Return everybody who watches any of the topics."""
    with _lock:
        return {watcher for topic in topics for watcher in _watchers.get(topic, ())}


def on_announcement(listener: Listener) -> Callable[[], None]:
    """Call `listener` with the topics of each announcement; returns the function that stops it."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


def on_missed(late: Late) -> Callable[[], None]:
    """Call `late` with whoever began to watch a change too late; returns what stops it."""
    _late.append(late)
    return lambda: _late.remove(late)


def announce(topics: Iterable[str]) -> None:
    """Tell every listener in this process that these topics have changed."""
    if changed := frozenset(topics):
        for listener in tuple(_listeners):
            listener(changed)
