"""What the portal has done for the operator, in numbers."""

from portal_app.services.reports.queries import self_service
from portal_app.services.reports.views import SelfService, SelfServiceMonth

__all__ = ["SelfService", "SelfServiceMonth", "self_service"]
