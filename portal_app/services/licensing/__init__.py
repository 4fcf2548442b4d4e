"""What this installation is licensed for: a signed file, checked offline."""

from portal_app.services.licensing.queries import (
    has_module,
    licence,
    require_module,
    running_out,
    state,
)
from portal_app.services.licensing.rules import (
    Licence,
    LicenceStatus,
    Unreadable,
    issue,
    judge,
    read,
)
from portal_app.services.licensing.views import LicenceState

__all__ = [
    "Licence",
    "LicenceState",
    "LicenceStatus",
    "Unreadable",
    "has_module",
    "issue",
    "judge",
    "licence",
    "read",
    "require_module",
    "running_out",
    "state",
]
