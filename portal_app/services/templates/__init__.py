"""Messages in the operator's own words: kinds, protected tags, versions (S2-13 to S2-15)."""

from portal_app.models import VersionState
from portal_app.services.templates.commands import bring_back, publish, save_draft, withdraw
from portal_app.services.templates.queries.editing import choices, kinds, opened, trial
from portal_app.services.templates.queries.words import wording_in_force
from portal_app.services.templates.rules.kinds import KEPT, KINDS, Kind
from portal_app.services.templates.rules.parts import parts
from portal_app.services.templates.rules.personas import PERSONAS
from portal_app.services.templates.rules.shipped import TEMPLATES, file_of, shipped
from portal_app.services.templates.rules.tags import Tag, as_tag
from portal_app.services.templates.rules.wording import (
    CODE_ENDING,
    SMS_LIMIT,
    SUBJECT_LIMIT,
    TEXT_LIMIT,
    Wording,
    checked,
    filled,
    kind_of,
)
from portal_app.services.templates.views import (
    STANDARD,
    Choice,
    Line,
    Opened,
    Sheet,
    Trial,
    Version,
)

__all__ = [
    "CODE_ENDING",
    "KEPT",
    "KINDS",
    "PERSONAS",
    "SMS_LIMIT",
    "STANDARD",
    "SUBJECT_LIMIT",
    "TEMPLATES",
    "TEXT_LIMIT",
    "Choice",
    "Kind",
    "Line",
    "Opened",
    "Sheet",
    "Tag",
    "Trial",
    "Version",
    "VersionState",
    "Wording",
    "as_tag",
    "bring_back",
    "checked",
    "choices",
    "file_of",
    "filled",
    "kind_of",
    "kinds",
    "opened",
    "parts",
    "publish",
    "save_draft",
    "shipped",
    "trial",
    "withdraw",
    "wording_in_force",
]
