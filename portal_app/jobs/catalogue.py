"""Every job of the portal. A module that is not imported here is not run."""

from portal_app.jobs import (
    anchor_audit_head,
    check_uploads,
    close_cases,
    collect_payments,
    expire_invitations,
    forget_old,
    greet_holders,
    import_feed,
    keep_methods,
    nightly_publication,
    send_events,
    send_message,
)
from portal_app.jobs.registry import REGISTRY

MODULES = (
    anchor_audit_head,
    check_uploads,
    close_cases,
    collect_payments,
    expire_invitations,
    forget_old,
    greet_holders,
    import_feed,
    keep_methods,
    nightly_publication,
    send_events,
    send_message,
)
JOBS = REGISTRY
