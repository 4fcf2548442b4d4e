"""Cases among a million: the list and one of them, and a comment on its way to another browser."""

import asyncio
import time

from playwright.sync_api import Browser

from bench.browser import Visit, chromium_running, visit
from bench.contenders import PORTAL
from bench.samples import Samples
from bench.setting import Setting
from bench.sockets import OpenPage
from bench.world.million import WatchedCases
from portal_app.core.actor import Actor, ActorKind
from portal_app.core.ids import new_id
from portal_app.services import cases
from tests.people import database_at

SEEN, BACK = "Live: staff's reply to customer's page", "Live: customer's comment to staff's sheet"
OWN = "Customer's comment to their own page"
_ROUNDS, _REPEATS, _COMMENTS = 9, 5, 7
_TALK, _SEND = "main ol.talk", "main form:has(#words) button[type=submit]"
_SHEET, _REPLY = "[role=dialog] ol.talk", "[role=dialog] form:has(#words) button[type=submit]"


def measure(setting: Setting) -> dict[str, Samples]:
    """Open list and case of each watched customer in turn, then write from both sides."""
    found = asyncio.run(_pages(setting))
    found |= {title: Samples("ms") for title in (SEEN, BACK, OWN)}
    with chromium_running() as browser:
        _talk(setting, browser, found)
    return found


def titles(watched: WatchedCases) -> tuple[str, str]:
    """Name the two measures of one customer."""
    return f"List among {watched.cases:,} own cases, filled", f"One of {watched.cases:,} cases"


async def _pages(setting: Setting) -> dict[str, Samples]:
    watched = setting.world.cases
    found = {title: Samples("ms") for one in watched for title in titles(one)}
    for _ in range(_ROUNDS):
        for one, customer in zip(watched, setting.world.watched, strict=True):
            async with OpenPage(PORTAL, setting.cookies.of(PORTAL, customer)) as page:
                await page.open("/")
                listed, opened = titles(one)
                found[listed].add("portal", await _taken(page, "/cases"))
                address = f"/cases/{one.newest}"
                found[opened].add("portal", await _taken(page, address, number=one.newest))
    return found


async def _taken(page: OpenPage, path: str, **named: str) -> float:
    """Return how long it takes to fill a page, in milliseconds, its first opening left out."""
    await page.go(path, **named)
    began = time.perf_counter()
    for _ in range(_REPEATS):
        await page.go(path, **named)
    return (time.perf_counter() - began) / _REPEATS * 1000


def _talk(setting: Setting, browser: Browser, found: dict[str, Samples]) -> None:
    number = _opened(setting)
    theirs, ours = f"/cases/{number}", "/staff/cases"
    cookie = setting.signed_in(PORTAL, setting.world.watched[0])
    staff = (PORTAL.address, PORTAL.cookie, setting.cookies.of_staff())
    with (
        visit(browser, watching=[(theirs, _TALK)], cookie=cookie) as customer,
        visit(browser, watching=[(ours, _SHEET)], cookie=staff) as clerk,
    ):
        _arrive(customer, theirs, _TALK)
        _arrive(clerk, f"{ours}?open={number}", _SHEET)
        for n in range(_COMMENTS):
            _type(clerk, "[role=dialog] #words", f"Answer {n}.")
            answered = _awaited(customer, theirs, _TALK)
            clicked = clerk.click(_REPLY)
            found[SEEN].add("portal", customer.seen_at(answered) - clicked)
            _type(customer, "main #words", f"Thank you {n}.")
            own, other = _awaited(customer, theirs, _TALK), _awaited(clerk, ours, _SHEET)
            clicked = customer.click(_SEND)
            found[OWN].add("portal", customer.seen_at(own) - clicked)
            found[BACK].add("portal", clerk.seen_at(other) - clicked)


def _opened(setting: Setting) -> str:
    """Return the number of a fresh case of the first customer's, with little said in it."""
    customer, brand = setting.world.watched[0], setting.world.brand_id
    who = (customer.user_id, customer.person_id, customer.name, brand)
    with database_at(setting.world.url):
        return cases.open_case(
            Actor(ActorKind.CONSUMER, *who),
            topic="payment",
            subject="Taken twice",
            description="My statement shows the same payment on two days.",
            household=cases.case_form(Actor(ActorKind.CONSUMER, *who)).household_id,
            key=new_id(),
        )


def _type(visitor: Visit, field: str, words: str) -> None:
    visitor.page.locator(field).fill(words)
    visitor.page.wait_for_timeout(400)  # that our team writes is said by then


def _awaited(hearer: Visit, path: str, talk: str) -> str:
    """Look out for one entry more in a conversation from now on; return what is looked for."""
    entries = hearer.page.locator(f"{talk} > li").count()
    shown = f"{talk} > li:nth-child({entries + 1})"
    hearer.watch(path, shown)
    return shown


def _arrive(visitor: Visit, path: str, shown: str) -> None:
    visitor.page.goto(PORTAL.address + path)
    visitor.seen_at(shown)
    visitor.page.wait_for_timeout(500)
