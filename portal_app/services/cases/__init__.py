"""Cases: what customers ask for help with, for themselves and for others (S1-08 to S1-21)."""

from portal_app.models import CasePriority, CaseState, CaseTopic, CaseVisibility, Resolution
from portal_app.services.cases.commands.answering import (
    accept_solution,
    close_case,
    rate,
    reject_solution,
)
from portal_app.services.cases.commands.expiring import close_unanswered
from portal_app.services.cases.commands.files import ATTACHMENT, WITH_FORM
from portal_app.services.cases.commands.opening import follow_up, open_case
from portal_app.services.cases.commands.ruling import LONGEST_WAIT, choose_reader, set_policy
from portal_app.services.cases.commands.saying import (
    add_comment,
    add_note,
    begin_reply,
)
from portal_app.services.cases.commands.templates import delete_template, save_template
from portal_app.services.cases.commands.working import (
    assign,
    merge,
    propose_solution,
    request_info,
    set_priority,
    take_up,
)
from portal_app.services.cases.queries.choices import case_form, case_form_about
from portal_app.services.cases.queries.lists import MOST_COUNTED, ListView, cases_corner, cases_of
from portal_app.services.cases.queries.queue import (
    QueueView,
    case_policy,
    colleagues,
    queue,
    queue_item,
    templates,
    waiting,
)
from portal_app.services.cases.queries.readers import case_readers
from portal_app.services.cases.queries.thread import case_thread
from portal_app.services.cases.rules.entered import (
    REASON_LIMIT,
    SOLUTION_LIMIT,
    SUBJECT_LIMIT,
)
from portal_app.services.cases.rules.moves import Move
from portal_app.services.cases.rules.words import (
    PRIORITIES,
    RESOLUTIONS,
    STATUSES,
    TOPICS,
    VISIBILITIES,
    Look,
)
from portal_app.services.cases.views import (
    CaseForm,
    CaseLink,
    CasePage,
    CaseRow,
    CaseThread,
    Choice,
    Colleague,
    Corner,
    Outcome,
    PolicyView,
    Reader,
    Template,
)
from portal_app.services.messages import BODY_LIMIT, MOST_AN_HOUR, Said

__all__ = [
    "ATTACHMENT", "BODY_LIMIT", "LONGEST_WAIT", "MOST_AN_HOUR", "MOST_COUNTED", "PRIORITIES",
    "REASON_LIMIT", "RESOLUTIONS", "SOLUTION_LIMIT", "STATUSES", "SUBJECT_LIMIT", "TOPICS",
    "VISIBILITIES", "WITH_FORM",
    "CaseForm", "CaseLink", "CasePage", "CasePriority", "CaseRow", "CaseState", "CaseThread",
    "CaseTopic", "CaseVisibility", "Choice", "Colleague", "Corner", "ListView", "Look", "Move",
    "Outcome", "PolicyView", "QueueView", "Reader", "Resolution", "Said", "Template",
    "accept_solution", "add_comment", "add_note", "assign", "begin_reply", "case_form",
    "case_form_about", "case_policy", "case_readers", "case_thread", "cases_corner", "cases_of",
    "choose_reader", "close_case", "close_unanswered", "colleagues", "delete_template",
    "follow_up", "merge", "open_case", "propose_solution", "queue", "queue_item", "rate",
    "reject_solution", "request_info", "save_template", "set_policy", "set_priority", "take_up",
    "templates", "waiting",
]  # fmt: skip
