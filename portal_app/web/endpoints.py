"""Every address that is not a page. A route without an access mark is refused by a test."""

from starlette.routing import BaseRoute

from portal_app.web import auth, files, hooks, imports, public, sandbox_page

ENDPOINTS: tuple[BaseRoute, ...] = (
    *public.ROUTES,
    *auth.ROUTES,
    *files.ROUTES,
    *imports.ROUTES,
    *hooks.ROUTES,
    *sandbox_page.ROUTES,
)
