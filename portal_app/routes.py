"""Every page in the portal: its address, who may open it, and what fills it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from portal_app.core.actor import Access
from portal_app.pages.staff.gallery import gallery_page


@dataclass(frozen=True, slots=True)
class Route:
    """One page's place in the portal."""

    path: str
    page: Callable[[], rx.Component]
    title: str
    access: Access
    on_load: Any = None


PUBLIC: tuple[Route, ...] = ()
CONSUMER: tuple[Route, ...] = ()
STAFF = (Route("/staff/gallery", gallery_page, "Components", Access.STAFF),)
ROUTES = (*PUBLIC, *CONSUMER, *STAFF)
