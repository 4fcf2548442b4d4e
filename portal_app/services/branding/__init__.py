"""What each brand has set: its face by host, the portal's door, the support contact, switches."""

from portal_app.models import Feature
from portal_app.services.branding.commands import (
    dismiss_announcement,
    found_brand,
    switch_feature,
    update_settings,
)
from portal_app.services.branding.policy import features_of, is_on, require_on
from portal_app.services.branding.queries import (
    brand_css,
    brand_for_host,
    brands,
    feature_switches,
    features_on,
    is_open_to,
    portal_state,
    settings_of,
    support_of,
)
from portal_app.services.branding.views import (
    BrandSettings,
    BrandView,
    Doorway,
    FeatureSwitch,
    Support,
)

__all__ = [
    "BrandSettings",
    "BrandView",
    "Doorway",
    "Feature",
    "FeatureSwitch",
    "Support",
    "brand_css",
    "brand_for_host",
    "brands",
    "dismiss_announcement",
    "feature_switches",
    "features_of",
    "features_on",
    "found_brand",
    "is_on",
    "is_open_to",
    "portal_state",
    "require_on",
    "settings_of",
    "support_of",
    "switch_feature",
    "update_settings",
]
