"""Every address that is not a page. A route without an access mark is refused by a test."""

from starlette.routing import BaseRoute

ENDPOINTS: tuple[BaseRoute, ...] = ()
