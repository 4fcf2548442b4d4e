"""The application: every page registered, the edge around it."""

from portal_app.routes import ROUTES
from portal_app.state.shell import ShellState
from portal_app.web.application import build_application

app = build_application(
    {route.path: route.access for route in ROUTES},
    [],
    html_lang="en",
)

for route in ROUTES:
    events = [ShellState.load, *([route.on_load] if route.on_load else [])]
    app.add_page(route.page, route=route.path, title=route.title, on_load=events)
