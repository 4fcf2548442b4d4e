"""Telling people things: notices in the portal, letters and texts outside it."""

from portal_app.services.notifications.commands import (
    address_of,
    choose_ways,
    give_up,
    mark_all_read,
    mark_read,
    preview,
    send,
    send_mail,
    send_marketing,
    send_text,
    send_trial,
    tell,
)
from portal_app.services.notifications.queries import (
    chosen_ways,
    inbox,
    message,
    outbox,
    unread_count,
)
from portal_app.services.notifications.rules import Group, Way
from portal_app.services.notifications.views import (
    ChosenWays,
    Inbox,
    Notice,
    Outbox,
    OutboxLine,
    Preview,
    SentMessage,
)

__all__ = [
    "ChosenWays",
    "Group",
    "Inbox",
    "Notice",
    "Outbox",
    "OutboxLine",
    "Preview",
    "SentMessage",
    "Way",
    "address_of",
    "choose_ways",
    "chosen_ways",
    "give_up",
    "inbox",
    "mark_all_read",
    "mark_read",
    "message",
    "outbox",
    "preview",
    "send",
    "send_mail",
    "send_marketing",
    "send_text",
    "send_trial",
    "tell",
    "unread_count",
]
