"""Every address that is not a page. A route without an access mark is refused by a test."""

from starlette.routing import BaseRoute

from portal_app.web import (
    auth,
    branding,
    files,
    hooks,
    imports,
    landing,
    public,
    sandbox_page,
    uploads,
)

ENDPOINTS: tuple[BaseRoute, ...] = (
    *public.ROUTES,
    *branding.ROUTES,
    *auth.ROUTES,
    *files.ROUTES,
    *imports.ROUTES,
    *landing.ROUTES,
    *uploads.ROUTES,
    *hooks.ROUTES,
    *sandbox_page.ROUTES,
)
