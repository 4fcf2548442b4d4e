"""Every job of the portal. A module that is not imported here is not run."""

from portal_app.jobs import (
    anchor_audit_head,
    forget_old,
    import_feed,
    nightly_publication,
    send_message,
)
from portal_app.jobs.registry import REGISTRY

MODULES = (anchor_audit_head, forget_old, import_feed, nightly_publication, send_message)
JOBS = REGISTRY
