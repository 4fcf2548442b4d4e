"""What each brand has set: its face by host, the portal's door, the support contact, switches."""

from portal_app.models import BrandPart, Feature
from portal_app.services.branding.commands.logos import ALT_LIMIT, set_logo
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
from portal_app.services.branding.queries.looks import (
    PREVIEW_SCOPE,
    colour_of,
    design,
    logo_file,
    trial_sheet,
)
from portal_app.services.branding.queries.published import texts_of, visible_fields
from portal_app.services.branding.rules.fields import EVERY_FIELD, SECTIONS, Section
from portal_app.services.branding.rules.fonts import FONTS
from portal_app.services.branding.rules.formatting import Block, Run, blocks
from portal_app.services.branding.rules.logos import KINDS as LOGO_KINDS
from portal_app.services.branding.rules.logos import MOST_BYTES as LOGO_BYTES
from portal_app.services.branding.rules.palette import nearest_readable
from portal_app.services.branding.rules.texts import TEXTS, TextField, Texts
from portal_app.services.branding.rules.themes import (
    COMPONENTS,
    CUSTOM,
    OWN,
    PRESETS,
    Pair,
    pairs_of,
    shown_ratio,
    theme_of,
)
from portal_app.services.branding.views import (
    BrandSettings,
    BrandView,
    Design,
    Doorway,
    FeatureSwitch,
    Logo,
    LogoFile,
    Revision,
    Support,
    Trial,
)

__all__ = [
    "ALT_LIMIT",
    "COMPONENTS",
    "CUSTOM",
    "EVERY_FIELD",
    "FONTS",
    "LOGO_BYTES",
    "LOGO_KINDS",
    "OWN",
    "PRESETS",
    "PREVIEW_SCOPE",
    "SECTIONS",
    "TEXTS",
    "Block",
    "BrandPart",
    "BrandSettings",
    "BrandView",
    "Design",
    "Doorway",
    "Feature",
    "FeatureSwitch",
    "Logo",
    "LogoFile",
    "Pair",
    "Revision",
    "Run",
    "Section",
    "Support",
    "TextField",
    "Texts",
    "Trial",
    "blocks",
    "brand_css",
    "brand_for_host",
    "brands",
    "colour_of",
    "design",
    "dismiss_announcement",
    "feature_switches",
    "features_of",
    "features_on",
    "found_brand",
    "is_on",
    "is_open_to",
    "logo_file",
    "nearest_readable",
    "pairs_of",
    "portal_state",
    "publish_draft",
    "require_on",
    "roll_back",
    "save_revision",
    "set_logo",
    "settings_of",
    "shown_ratio",
    "support_of",
    "switch_feature",
    "texts_of",
    "theme_of",
    "trial_sheet",
    "update_settings",
    "visible_fields",
]
