"""The list of contracts among a million: does it matter how many are one's own?"""

import asyncio
import time

import httpx

from bench.contenders import HTML, Contender
from bench.samples import Samples
from bench.setting import Setting
from bench.sockets import OpenPage
from bench.world.customers import Customer

_ROUNDS, _REPEATS = 9, 5


def measure(setting: Setting) -> dict[str, Samples]:
    """Open the list of each watched customer in turn, at each site, again and again."""
    return asyncio.run(_measure(setting))


def title(customer: Customer) -> str:
    """Name the measure of one customer."""
    return f"List of {customer.contracts:,} own contracts, filled"


async def _measure(setting: Setting) -> dict[str, Samples]:
    watched = setting.world.watched
    found = {title(customer): Samples("ms") for customer in watched}
    for _ in range(_ROUNDS):
        for customer in watched:
            for contender in setting.contenders:
                cookie = setting.cookies.of(contender, customer)
                taken = await (_request if contender is HTML else _open)(contender, cookie)
                found[title(customer)].add(contender.name, taken)
    return found


async def _request(contender: Contender, cookie: str) -> float:
    async with httpx.AsyncClient(cookies={contender.cookie: cookie}) as client:
        url = contender.address + contender.contracts.path
        await client.get(url)
        began = time.perf_counter()
        for _ in range(_REPEATS):
            (await client.get(url)).raise_for_status()
        return (time.perf_counter() - began) / _REPEATS * 1000


async def _open(contender: Contender, cookie: str) -> float:
    async with OpenPage(contender, cookie) as page:
        await page.open(contender.contracts.path)
        began = time.perf_counter()
        for _ in range(_REPEATS):
            await page.go(contender.contracts.path)
        return (time.perf_counter() - began) / _REPEATS * 1000
