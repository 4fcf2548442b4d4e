"""What a page is to the portal: its address, who may open it, and what fills it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import reflex as rx

from portal_app.core.actor import Access


@dataclass(frozen=True, slots=True)
class Route:
    """One page's place in the portal: who may open it, where it is, and what fills it."""

    access: Access
    path: str
    page: Callable[[], rx.Component]
    title: str
    on_load: Any = None

    @property
    def opening(self) -> list[Any]:
        """The events that fill the page, in order; the page can be seen with the last of them."""
        if self.on_load is None:
            return []
        return self.on_load if isinstance(self.on_load, list) else [self.on_load]


public = partial(Route, Access.PUBLIC)
signed_in = partial(Route, Access.SIGNED_IN)
consumer = partial(Route, Access.CONSUMER)
party = partial(Route, Access.PARTY)
staff = partial(Route, Access.STAFF)
manager = partial(Route, Access.MANAGER)
admin = partial(Route, Access.ADMIN)
