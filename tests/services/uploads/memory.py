"""A store that keeps nothing beyond the process, and lets everything in."""

import io
from contextlib import contextmanager

from portal_app.core import clock
from portal_app.ports import PortRefused
from portal_app.ports.storage import Part, Stored, Ticket


class Memory:
    origin = ""

    def __init__(self, **objects: bytes) -> None:
        self.kept = dict(objects)

    def ticket(self, landing):
        return Ticket("/uploads/landing", {"key": landing.key})

    def begin_parts(self, landing):
        return landing.key

    def missing_parts(self, landing, parts, *, part_size):
        return [Part(1, part_size, "/uploads/landing/x")]

    def join_parts(self, landing, parts):
        raise PortRefused("parts are missing")

    def drop_parts(self, key, parts):
        pass

    def head(self, key):
        known = self.kept.get(key)
        return Stored(key, len(known), clock.now()) if known is not None else None

    @contextmanager
    def read(self, key):
        if key not in self.kept:
            raise PortRefused(key)
        yield io.BytesIO(self.kept[key])

    def write(self, key, content):
        self.kept[key] = b"".join(content)

    def delete(self, key):
        self.kept.pop(key, None)

    def objects(self, prefix):
        for key in list(self.kept):
            if key.startswith(prefix):
                yield self.head(key)


class Full(Memory):
    """A store in which there is always something of the size of a small photo."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.content = content

    def head(self, key):
        return Stored(key, len(self.content), clock.now())

    @contextmanager
    def read(self, key):
        yield io.BytesIO(self.content)
