"""Every job of the portal. A module that is not imported here is not run."""

from portal_app.jobs import import_feed, send_message
from portal_app.jobs.registry import REGISTRY

MODULES = (import_feed, send_message)
JOBS = REGISTRY
