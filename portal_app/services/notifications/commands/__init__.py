"""Telling people, sending what was written, and marking it read."""

from portal_app.services.notifications.commands.choosing import choose_ways
from portal_app.services.notifications.commands.marketing import send_marketing
from portal_app.services.notifications.commands.reading import mark_all_read, mark_read
from portal_app.services.notifications.commands.sending import give_up, send
from portal_app.services.notifications.commands.telling import (
    address_of,
    send_mail,
    send_text,
    tell,
)
from portal_app.services.notifications.commands.trying import preview, send_trial

__all__ = [
    "address_of",
    "choose_ways",
    "give_up",
    "mark_all_read",
    "mark_read",
    "preview",
    "send",
    "send_mail",
    "send_marketing",
    "send_text",
    "send_trial",
    "tell",
]
