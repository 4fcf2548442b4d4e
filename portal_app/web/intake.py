"""A form with a file, read no further than it may be long."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.types import Message

# What is sent beyond is thrown away as it comes; after this many times the limit we hang up.
_MOST_DRAINED = 10
_TOO_LARGE = "too large"


class TooLarge(MultiPartException):
    """More is being sent than is taken; the form's reader then lets go of its files."""


class Intake:
    """What a request brings: it ends with an exception once there are more than `most` bytes.

    The form's reader keeps up to a megabyte in memory, and more in a file without a name.
    """

    def __init__(self, request: Request, *, most: int, most_fields: int) -> None:
        self._request = request
        self._most, self._most_fields = most, most_fields
        self._taken = 0
        self._is_over = False

    @property
    def is_too_large(self) -> bool:
        """Whether more came, or was announced, than may be sent."""
        announced = self._request.headers.get("content-length", "0")
        return self._taken > self._most or (announced.isdecimal() and int(announced) > self._most)

    @asynccontextmanager
    async def form(self) -> AsyncGenerator[FormData]:
        """Read the form, no further than the limit."""
        if self.is_too_large:
            raise TooLarge(_TOO_LARGE)
        limited = Request(self._request.scope, self._receive)
        async with limited.form(max_files=1, max_fields=self._most_fields) as form:
            yield form

    async def body(self) -> bytes:
        """Return what is sent without a form around it."""
        content = bytearray()
        while not self._is_over:
            if self.is_too_large:
                raise TooLarge(_TOO_LARGE)
            content += (await self._receive()).get("body", b"")
        return bytes(content)

    async def drain(self) -> None:
        """Let a browser finish sending: it shows no answer before it has."""
        while not self._is_over and self._taken < _MOST_DRAINED * self._most:
            await self._take()

    async def _receive(self) -> Message:
        message = await self._take()
        if self.is_too_large:
            raise TooLarge(_TOO_LARGE)
        return message

    async def _take(self) -> Message:
        message = await self._request.receive()
        self._taken += len(message.get("body", b""))
        self._is_over = not message.get("more_body", False)
        return message
