"""Every job of the portal. A module that is not imported here is not run."""

from portal_app.jobs import send_message
from portal_app.jobs.registry import REGISTRY

MODULES = (send_message,)
JOBS = REGISTRY
