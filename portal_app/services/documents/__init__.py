"""Documents as people take them away."""

from portal_app.services.documents.commands import hand_out
from portal_app.services.documents.views import Document, Printed

__all__ = ["Document", "Printed", "hand_out"]
