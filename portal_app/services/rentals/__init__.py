"""Items on rent, and the requests to call them off (S3-24, S3-25)."""

from portal_app.services.rentals.commands.asking import call_off_rent, cancel_request
from portal_app.services.rentals.commands.deciding import (
    acknowledge,
    check_in,
    decline,
    receive_return,
    reschedule,
    schedule,
)
from portal_app.services.rentals.commands.photos import PHOTO
from portal_app.services.rentals.queries.items import (
    MOST_COUNTED,
    items_out,
    lines_out,
    request_form,
    review,
)
from portal_app.services.rentals.queries.outline import out_in_short
from portal_app.services.rentals.queries.queue import QueueView, queue, queue_item, waiting
from portal_app.services.rentals.queries.requests import (
    request_detail,
    requests_of,
)
from portal_app.services.rentals.rules.asked import NOTE_LIMIT, NOTES_LIMIT, NOW, Asked
from portal_app.services.rentals.rules.moves import Move
from portal_app.services.rentals.rules.words import Look
from portal_app.services.rentals.views import (
    ItemOut,
    ItemsOut,
    LineOut,
    OutInShort,
    QueuePage,
    RequestDetail,
    RequestForm,
    RequestLink,
    RequestPage,
    RequestRow,
    Step,
    StoreView,
)

__all__ = [
    "MOST_COUNTED",
    "NOTES_LIMIT",
    "NOTE_LIMIT",
    "NOW",
    "PHOTO",
    "Asked",
    "ItemOut",
    "ItemsOut",
    "LineOut",
    "Look",
    "Move",
    "OutInShort",
    "QueuePage",
    "QueueView",
    "RequestDetail",
    "RequestForm",
    "RequestLink",
    "RequestPage",
    "RequestRow",
    "Step",
    "StoreView",
    "acknowledge",
    "call_off_rent",
    "cancel_request",
    "check_in",
    "decline",
    "items_out",
    "lines_out",
    "out_in_short",
    "queue",
    "queue_item",
    "receive_return",
    "request_detail",
    "request_form",
    "requests_of",
    "reschedule",
    "review",
    "schedule",
    "waiting",
]
