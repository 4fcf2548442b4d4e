"""The application: every page registered, the edge around it."""

import reflex as rx

from portal_app.routes import ROUTES
from portal_app.state.shell import ShellState
from portal_app.web.application import build_application
from portal_app.web.endpoints import ENDPOINTS

app = build_application(
    {route.path: route.access for route in ROUTES},
    ENDPOINTS,
    html_lang="en",
    toaster=None,
    stylesheets=["/portal.css"],
    head_components=[
        rx.el.script(src="/boot.js"),
        rx.el.link(rel="stylesheet", href="/branding.css"),
        rx.el.link(rel="icon", href="/favicon.svg"),
    ],
)

for route in ROUTES:
    events = [ShellState.load, *([route.on_load] if route.on_load else [])]
    app.add_page(route.page, route=route.path, title=route.title, on_load=events)
