"""A statement as a PDF, asked for by one customer after the other."""

import asyncio
import time

import httpx

from bench.contenders import PORTAL
from bench.samples import Samples
from bench.setting import Setting
from bench.world.bulk import TODAY

PDF = "Statement as PDF"
_ROUNDS = 15


def measure(setting: Setting) -> dict[str, Samples]:
    """Fetch today's statement; each customer takes one, so that no limit is met."""
    found = {PDF: Samples("ms")}
    asyncio.run(_fetch(setting, found[PDF]))
    return found


async def _fetch(setting: Setting, samples: Samples) -> None:
    for customer in setting.world.crowd[:_ROUNDS]:
        url = f"{PORTAL.address}/files/statements/{customer.account_id}/{TODAY}"
        cookies = {PORTAL.cookie: setting.cookies.of(PORTAL, customer)}
        async with httpx.AsyncClient(cookies=cookies) as client:
            began = time.perf_counter()
            answer = await client.get(url)
            samples.add("portal", (time.perf_counter() - began) * 1000)
            if not answer.content.startswith(b"%PDF"):
                message = f"no statement: {answer.status_code} {answer.text[:200]}"
                raise RuntimeError(message)
