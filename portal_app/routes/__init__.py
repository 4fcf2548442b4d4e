"""Every page in the portal: its address, who may open it, and what fills it."""

from portal_app.routes.customers import CUSTOMERS
from portal_app.routes.doors import DOORS
from portal_app.routes.route import Route
from portal_app.routes.staff import STAFF

__all__ = ["ROUTES", "Route"]

ROUTES = (*DOORS, *CUSTOMERS, *STAFF)
