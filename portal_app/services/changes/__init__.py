"""Changes that staff decide: what people ask for, what waits, what was applied (S0-06, S0-11)."""

from portal_app.models import ChangeOrigin, ChangePolicy, ChangeState
from portal_app.services.changes.commands.asking import ask, open_request, withdraw
from portal_app.services.changes.commands.deciding import approve, correct, reject, retry
from portal_app.services.changes.commands.overtaking import note_feed
from portal_app.services.changes.commands.proving import confirm_proof, send_proof
from portal_app.services.changes.commands.ruling import set_rule
from portal_app.services.changes.policy import policies_of
from portal_app.services.changes.queries.details import (
    choices,
    code_sent_to,
    my_details,
    person_details,
)
from portal_app.services.changes.queries.queue import (
    MOST_COUNTED,
    QueueView,
    queue,
    queue_item,
    rules,
    waiting,
)
from portal_app.services.changes.queries.reading import changes_of
from portal_app.services.changes.rules.kinds import ChangeField, Kind, Subject, register
from portal_app.services.changes.rules.moves import Move
from portal_app.services.changes.rules.workflow import MOST_STEPS
from portal_app.services.changes.views import (
    Change,
    ChangeDetail,
    ChangePage,
    Detail,
    Details,
    Line,
    Moment,
    ReviewStep,
    RuleView,
    Value,
)

__all__ = [
    "MOST_COUNTED",
    "MOST_STEPS",
    "Change",
    "ChangeDetail",
    "ChangeField",
    "ChangeOrigin",
    "ChangePage",
    "ChangePolicy",
    "ChangeState",
    "Detail",
    "Details",
    "Kind",
    "Line",
    "Moment",
    "Move",
    "QueueView",
    "ReviewStep",
    "RuleView",
    "Subject",
    "Value",
    "approve",
    "ask",
    "changes_of",
    "choices",
    "code_sent_to",
    "confirm_proof",
    "correct",
    "my_details",
    "note_feed",
    "open_request",
    "person_details",
    "policies_of",
    "queue",
    "queue_item",
    "register",
    "reject",
    "retry",
    "rules",
    "send_proof",
    "set_rule",
    "waiting",
    "withdraw",
]
