"""Filling in an application: forms of both sizes, opened, and written in by two people at once."""

import asyncio
import time

from playwright.sync_api import Browser

from bench.browser import Visit, chromium_running, visit
from bench.contenders import PORTAL
from bench.samples import Samples
from bench.setting import Setting
from bench.sockets import OpenPage
from bench.world.applications import LARGE, SMALL, MeasuredForm, open_application

_ROUNDS, _REPEATS = 7, 5
# From this box on the second person writes, so that the two never meet in one.
_SECOND = 10
# Types as a person does who then goes to the next box: what is left is sent at once.
_WRITE = """
([id, words]) => {
  const box = document.getElementById(id);
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(box, words);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  return performance.timeOrigin + performance.now();
}
"""


def filled(size: int) -> str:
    """Name how long it takes to fill a form."""
    return f"Form of {size} fields, filled"


def shown(size: int) -> str:
    """Name how long it takes until a browser with an empty cache shows its last box."""
    return f"Form of {size} fields, cold: last box visible"


def kept(size: int) -> str:
    """Name the way of an answer to the server and back."""
    return f"Autosave, two writing, {size} fields: left to saved"


def seen(size: int) -> str:
    """Name the way of an answer to the other person's page."""
    return f"Autosave, two writing, {size} fields: left to the other's page"


def measure(setting: Setting) -> dict[str, Samples]:
    """Open each form again and again, then let two people write in it."""
    people = setting.world.watched[:2]
    made = open_application(setting.world.url, setting.world.brand_id, people)
    names = [name(size) for size in (SMALL, LARGE) for name in (filled, shown, kept, seen)]
    found = {name: Samples("ms") for name in names}
    for size in (SMALL, LARGE):
        asyncio.run(_open(setting, made.forms[size], found[filled(size)]))
    with chromium_running() as browser:
        for size in (SMALL, LARGE):
            for _ in range(setting.slow_rounds):
                _look(setting, browser, made.forms[size], found[shown(size)])
            _write(setting, browser, made.forms[size], found[kept(size)], found[seen(size)])
    return found


async def _open(setting: Setting, form: MeasuredForm, found: Samples) -> None:
    cookie = setting.cookies.of(PORTAL, setting.world.watched[0])
    async with OpenPage(PORTAL, cookie) as page:
        await page.open(form.path, **form.named)
        for _ in range(_ROUNDS):
            began = time.perf_counter()
            for _ in range(_REPEATS):
                await page.go(form.path, **form.named)
            found.add("portal", (time.perf_counter() - began) / _REPEATS * 1000)


def _look(setting: Setting, browser: Browser, form: MeasuredForm, found: Samples) -> None:
    last = f"#{form.boxes[-1]}"
    cookie = setting.signed_in(PORTAL, setting.world.watched[0])
    with visit(browser, watching=[(form.path, last)], cookie=cookie) as visitor:
        visitor.page.goto(PORTAL.address + form.path, wait_until="commit")
        found.add("portal", visitor.seen_at(last) - visitor.started_at())


def _write(
    setting: Setting, browser: Browser, form: MeasuredForm, kept: Samples, seen: Samples
) -> None:
    one, two = (setting.signed_in(PORTAL, person) for person in setting.world.watched[:2])
    last = f"#{form.boxes[-1]}"
    watching = [(form.path, last)]
    with (
        visit(browser, watching=watching, cookie=one) as first,
        visit(browser, watching=watching, cookie=two) as second,
    ):
        for visitor in (first, second):
            visitor.page.goto(PORTAL.address + form.path)
            visitor.seen_at(last)
            visitor.page.wait_for_timeout(500)
        for n in range(_ROUNDS):
            boxes = form.boxes[n], form.boxes[_SECOND + n]
            _exchange(form.path, (first, second), boxes, kept, seen)


def _exchange(
    path: str, pair: tuple[Visit, Visit], boxes: tuple[str, str], kept: Samples, seen: Samples
) -> None:
    """Let both write, each into a box of their own, and watch both boxes on both pages."""
    notes = [f".field:has(> #{box}) > p[role=status]" for box in boxes]
    for visitor in pair:
        for note in notes:
            visitor.watch(path, note)
    left = [
        visitor.page.evaluate(_WRITE, [box, f"Answer in {box}"])
        for visitor, box in zip(pair, boxes, strict=True)
    ]
    for place, note in enumerate(notes):
        kept.add("portal", pair[place].seen_at(note) - left[place])
        seen.add("portal", pair[1 - place].seen_at(note) - left[place])
    pair[0].page.wait_for_timeout(300)
