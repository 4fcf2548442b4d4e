"""What each brand has set: its face by host, the portal's door, the support contact, switches."""

from portal_app.services.branding.commands import (
    dismiss_announcement,
    found_brand,
    update_settings,
)
from portal_app.services.branding.queries import (
    brand_css,
    brand_for_host,
    brands,
    is_open_to,
    portal_state,
    settings_of,
    support_of,
)
from portal_app.services.branding.views import BrandSettings, BrandView, Doorway, Support

__all__ = [
    "BrandSettings",
    "BrandView",
    "Doorway",
    "Support",
    "brand_css",
    "brand_for_host",
    "brands",
    "dismiss_announcement",
    "found_brand",
    "is_open_to",
    "portal_state",
    "settings_of",
    "support_of",
    "update_settings",
]
