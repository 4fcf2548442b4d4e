"""The application: every page registered, the edge around it."""

import reflex as rx
from starlette.routing import Mount

from portal_app.api.application import PREFIX, build_api
from portal_app.layout.first_paint import first_paint
from portal_app.pages.not_found import not_found_page
from portal_app.routes import ROUTES
from portal_app.state.lost import LostState
from portal_app.state.shell import ShellState
from portal_app.web.application import build_application
from portal_app.web.endpoints import ENDPOINTS

app = build_application(
    {route.path: route.access for route in ROUTES},
    [*ENDPOINTS, Mount(PREFIX, build_api())],
    closing=[route.opening[-1] for route in ROUTES if route.opening],
    html_lang="en",
    toaster=None,
    stylesheets=["/portal.css"],
    hydrate_fallback=first_paint,
    head_components=[
        rx.el.script(src="/boot.js"),
        rx.el.link(rel="stylesheet", href="/branding.css"),
        rx.el.link(rel="icon", href="/favicon.svg"),
    ],
)

for route in ROUTES:
    events = [ShellState.load, *(route.opening or [ShellState.arrived])]
    app.add_page(route.page, route=route.path, title=route.title, on_load=events)

app.add_page(not_found_page, route="404", title="Page not found", on_load=LostState.load)
