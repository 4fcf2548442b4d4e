"""Applications: what is applied for, by whom, and the forms that are filled in for it."""

from portal_app.services.applications.commands.access import (
    ACCESS_STEP,
    ask_for_access,
    confirm_access_code,
    open_link,
    resend_access_code,
)
from portal_app.services.applications.commands.answering import add_row, remove_row, save_answer
from portal_app.services.applications.commands.following import note_feed
from portal_app.services.applications.commands.inviting import (
    copy_access_link,
    send_invitations,
    set_access,
    set_wish_aside,
)
from portal_app.services.applications.commands.sharing import reopen, set_sharing, share_form
from portal_app.services.applications.commands.submitting import submit
from portal_app.services.applications.filling_views import (
    AccessPage,
    AnswerBook,
    AnswerConflict,
    Answered,
    AnswerLine,
    AnswerSaved,
    AnswerSheet,
    Edit,
    Filling,
    MyApplication,
    MyApplications,
    Task,
    TaskList,
)
from portal_app.services.applications.policy import (
    parties_let_in,
    require_application,
    require_for_staff,
    stands_for,
)
from portal_app.services.applications.queries.desk import application_desk
from portal_app.services.applications.queries.filling import (
    edits,
    filling,
    tasks,
)
from portal_app.services.applications.queries.history import application_history
from portal_app.services.applications.queries.letters import (
    KIND,
    invitation_preview,
    invitation_words,
)
from portal_app.services.applications.queries.links import access_page
from portal_app.services.applications.queries.lists import (
    MOST_COUNTED,
    View,
    applications,
    waiting,
    wishes,
)
from portal_app.services.applications.queries.mine import has_applications, my_applications
from portal_app.services.applications.queries.reading import answers
from portal_app.services.applications.rules.needs import Need
from portal_app.services.applications.rules.topics import answers_topic, log_topic, topic_of
from portal_app.services.applications.rules.words import OTHERS_TO_GO
from portal_app.services.applications.views import (
    ApplicationDesk,
    ApplicationHistory,
    ApplicationPage,
    ApplicationRow,
    Deed,
    Draft,
    Finance,
    FormLine,
    PartyLine,
    Vehicle,
    Wish,
)

__all__ = [
    "ACCESS_STEP",
    "KIND",
    "MOST_COUNTED",
    "OTHERS_TO_GO",
    "AccessPage",
    "AnswerBook",
    "AnswerConflict",
    "AnswerLine",
    "AnswerSaved",
    "AnswerSheet",
    "Answered",
    "ApplicationDesk",
    "ApplicationHistory",
    "ApplicationPage",
    "ApplicationRow",
    "Deed",
    "Draft",
    "Edit",
    "Filling",
    "Finance",
    "FormLine",
    "MyApplication",
    "MyApplications",
    "Need",
    "PartyLine",
    "Task",
    "TaskList",
    "Vehicle",
    "View",
    "Wish",
    "access_page",
    "add_row",
    "answers",
    "answers_topic",
    "application_desk",
    "application_history",
    "applications",
    "ask_for_access",
    "confirm_access_code",
    "copy_access_link",
    "edits",
    "filling",
    "has_applications",
    "invitation_preview",
    "invitation_words",
    "log_topic",
    "my_applications",
    "note_feed",
    "open_link",
    "parties_let_in",
    "remove_row",
    "reopen",
    "require_application",
    "require_for_staff",
    "resend_access_code",
    "save_answer",
    "send_invitations",
    "set_access",
    "set_sharing",
    "set_wish_aside",
    "share_form",
    "stands_for",
    "submit",
    "tasks",
    "topic_of",
    "waiting",
    "wishes",
]
