"""Telling people things: notices in the portal, letters and texts outside it."""

from portal_app.services.notifications.commands import (
    address_of,
    give_up,
    mark_all_read,
    mark_read,
    send,
    send_mail,
    send_marketing,
    send_text,
    tell,
)
from portal_app.services.notifications.queries import inbox, message, outbox, unread_count
from portal_app.services.notifications.views import (
    Inbox,
    Notice,
    Outbox,
    OutboxLine,
    SentMessage,
)

__all__ = [
    "Inbox",
    "Notice",
    "Outbox",
    "OutboxLine",
    "SentMessage",
    "address_of",
    "give_up",
    "inbox",
    "mark_all_read",
    "mark_read",
    "message",
    "outbox",
    "send",
    "send_mail",
    "send_marketing",
    "send_text",
    "tell",
    "unread_count",
]
