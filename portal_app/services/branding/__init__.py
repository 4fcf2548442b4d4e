"""What each brand has set: its face by host, the portal's door, the support contact, switches."""

from portal_app.models import BrandPart, Feature
from portal_app.services.branding.commands.revisions import (
    publish_draft,
    roll_back,
    save_revision,
)
from portal_app.services.branding.commands.settings import (
    dismiss_announcement,
    found_brand,
    switch_feature,
    update_settings,
)
from portal_app.services.branding.policy import features_of, is_on, require_on
from portal_app.services.branding.queries.brands import (
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
from portal_app.services.branding.queries.published import texts_of, visible_fields
from portal_app.services.branding.rules.fields import EVERY_FIELD, SECTIONS, Section
from portal_app.services.branding.rules.formatting import Block, Run, blocks
from portal_app.services.branding.rules.texts import TEXTS, TextField, Texts
from portal_app.services.branding.views import (
    BrandSettings,
    BrandView,
    Doorway,
    FeatureSwitch,
    Support,
)

__all__ = [
    "EVERY_FIELD",
    "SECTIONS",
    "TEXTS",
    "Block",
    "BrandPart",
    "BrandSettings",
    "BrandView",
    "Doorway",
    "Feature",
    "FeatureSwitch",
    "Run",
    "Section",
    "Support",
    "TextField",
    "Texts",
    "blocks",
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
    "publish_draft",
    "require_on",
    "roll_back",
    "save_revision",
    "settings_of",
    "support_of",
    "switch_feature",
    "texts_of",
    "update_settings",
    "visible_fields",
]
