"""The one way in for files: from a browser to a place of its own, checked, sealed, handed out."""

from portal_app.services.uploads.commands.bundling import bundle
from portal_app.services.uploads.commands.checking import check, empty_landing
from portal_app.services.uploads.commands.handing_out import download
from portal_app.services.uploads.commands.reconciling import reconcile
from portal_app.services.uploads.commands.sending import begin, cancel, confirm, part_addresses
from portal_app.services.uploads.commands.showing import show
from portal_app.services.uploads.commands.waiting import hand_over, take_off
from portal_app.services.uploads.queries.attachments import attachments, module_of
from portal_app.services.uploads.rules.contents import Unfit, inspect, redrawn
from portal_app.services.uploads.rules.limits import PART_SIZE
from portal_app.services.uploads.rules.purposes import (
    KINDS,
    PAPERS,
    PHOTOS,
    Owner,
    Purpose,
    all_purposes,
    names_of,
    purpose_of,
    register,
    topic_of,
)
from portal_app.services.uploads.views import Attachment, Begun, Download, Parts, Reconciled

__all__ = [
    "KINDS",
    "PAPERS",
    "PART_SIZE",
    "PHOTOS",
    "Attachment",
    "Begun",
    "Download",
    "Owner",
    "Parts",
    "Purpose",
    "Reconciled",
    "Unfit",
    "all_purposes",
    "attachments",
    "begin",
    "bundle",
    "cancel",
    "check",
    "confirm",
    "download",
    "empty_landing",
    "hand_over",
    "inspect",
    "module_of",
    "names_of",
    "part_addresses",
    "purpose_of",
    "reconcile",
    "redrawn",
    "register",
    "show",
    "take_off",
    "topic_of",
]
