"""How much one worker on one core does: pages filled on open sockets, and whole first views."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from statistics import quantiles

import httpx
import psutil

from bench.contenders import HTML, Contender
from bench.samples import Samples
from bench.setting import Setting
from bench.sockets import OpenPage

NAVIGATIONS, LATENCY = "Navigations on open sockets", "Navigations: 95th percentile"
VIEWS, WAIT = "First views", "First views: 95th percentile"
_PEOPLE, _SECONDS, _ROUNDS = 20, 2.5, 3

Step = Callable[[], Awaitable[None]]


def measure(setting: Setting) -> dict[str, Samples]:
    """Keep each site busy in turn for a few seconds, alone on the first core."""
    found = {
        NAVIGATIONS: Samples("/s"),
        LATENCY: Samples("ms"),
        VIEWS: Samples("/s"),
        WAIT: Samples("ms"),
    }
    for server in setting.servers.values():
        server.worker.cpu_affinity([0])
    psutil.Process().cpu_affinity([psutil.cpu_count(logical=True) - 1])
    try:
        for _ in range(_ROUNDS):
            for contender in setting.contenders:
                asyncio.run(_round(setting, contender, found))
    finally:
        psutil.Process().cpu_affinity([])
        for server in setting.servers.values():
            server.worker.cpu_affinity([])
    return found


async def _round(setting: Setting, contender: Contender, found: dict[str, Samples]) -> None:
    cookies = [setting.cookies.of(contender, one) for one in setting.world.crowd[:_PEOPLE]]
    if contender is HTML:
        rate, slowest = await _busy([_page_views(contender, cookie) for cookie in cookies])
        found[NAVIGATIONS].add(contender.name, rate)
        found[LATENCY].add(contender.name, slowest)
    else:
        await _navigate(contender, cookies, found)
        rate, slowest = await _busy([_first_views(contender, cookie) for cookie in cookies[:6]])
    found[VIEWS].add(contender.name, rate)
    found[WAIT].add(contender.name, slowest)


async def _navigate(contender: Contender, cookies: list[str], found: dict[str, Samples]) -> None:
    async with asyncio.TaskGroup() as group:
        pages = [OpenPage(contender, cookie) for cookie in cookies]
        for page in pages:
            group.create_task(_arrive(page, contender))
    try:
        rate, slowest = await _busy([_navigations(page, contender) for page in pages])
    finally:
        for page in pages:
            await page.__aexit__(None, None, None)
    found[NAVIGATIONS].add(contender.name, rate)
    found[LATENCY].add(contender.name, slowest)


async def _arrive(page: OpenPage, contender: Contender) -> None:
    await page.__aenter__()
    await page.open(contender.summary.path)


def _navigations(page: OpenPage, contender: Contender) -> Step:
    ahead = [contender.contracts.path, contender.summary.path]

    async def step() -> None:
        await page.go(ahead[0])
        ahead.reverse()

    return step


def _first_views(contender: Contender, cookie: str) -> Step:
    """A document and a fresh tab's socket, until the list is filled."""
    client = httpx.AsyncClient(cookies={contender.cookie: cookie}, follow_redirects=True)

    async def step() -> None:
        await client.get(contender.address + contender.contracts.path)
        async with OpenPage(contender, cookie) as page:
            await page.open(contender.contracts.path)

    return step


def _page_views(contender: Contender, cookie: str) -> Step:
    client = httpx.AsyncClient(cookies={contender.cookie: cookie})

    async def step() -> None:
        answer = await client.get(contender.address + contender.contracts.path)
        answer.raise_for_status()

    return step


async def _busy(steps: list[Step]) -> tuple[float, float]:
    """Repeat each step as soon as it is done; return steps a second and the 95th percentile."""
    taken: list[float] = []
    end = time.perf_counter() + _SECONDS

    async def repeat(step: Step) -> None:
        while (began := time.perf_counter()) < end:
            await step()
            taken.append(time.perf_counter() - began)

    await asyncio.gather(*(repeat(step) for step in steps))
    return len(taken) / _SECONDS, quantiles(taken, n=20)[-1] * 1000
