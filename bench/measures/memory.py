"""What one worker holds: at rest, and for each person who is signed in with a page open."""

import asyncio

from bench.contenders import HTML, Contender
from bench.samples import Samples
from bench.servers import Server
from bench.setting import Setting
from bench.sockets import OpenPage

IDLE, SESSION = "Memory at rest", "Memory for each signed-in session"
_WARM_UP = 20


def measure(setting: Setting) -> dict[str, Samples]:
    """Weigh each site while nobody is there, then let a crowd in; comes first in a run."""
    found = {IDLE: Samples("MB"), SESSION: Samples("kB")}
    for contender in setting.contenders:
        server = setting.servers[contender.name]
        found[IDLE].add(contender.name, _resident(server) / 1e6)
        if contender is not HTML:
            found[SESSION].add(contender.name, asyncio.run(_let_in(setting, server)) / 1000)
    return found


def _resident(server: Server) -> int:
    return server.worker.memory_info().rss


async def _let_in(setting: Setting, server: Server) -> float:
    """Return by how much the worker grows for each person who opens a summary and a list."""
    contender = server.contender
    cookies = [setting.cookies.of(contender, one) for one in setting.world.crowd]
    await _leave([await _look_around(contender, cookie) for cookie in cookies[:_WARM_UP]])
    before = _resident(server)
    pages = [await _look_around(contender, cookie) for cookie in cookies[_WARM_UP:]]
    grown = _resident(server) - before
    await _leave(pages)
    return grown / len(pages)


async def _look_around(contender: Contender, cookie: str) -> OpenPage:
    page = OpenPage(contender, cookie)
    await page.__aenter__()
    await page.open(contender.summary.path)
    await page.go(contender.contracts.path)
    return page


async def _leave(pages: list[OpenPage]) -> None:
    for page in pages:
        await page.__aexit__(None, None, None)
