"""The audit trail in words, and the arithmetic of its chain."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal_app.models import Action, AuditEvent
from portal_app.services.transaction import link

SENTENCES: dict[Action, str] = {
    Action.SESSION_STARTED: "Signed in",
    Action.SESSION_REFUSED: "Was refused at sign-in",
    Action.SESSION_ENDED: "Signed out",
    Action.SESSIONS_ENDED: "Ended other sign-ins",
    Action.SESSION_STEPPED_UP: "Confirmed who they are",
    Action.PASSWORD_CHANGED: "Changed the password",
    Action.PASSWORD_RESET_REQUESTED: "Asked for a link to choose a new password",
    Action.PASSWORD_RESET: "Chose a new password through a link",
    Action.FACTOR_ENABLED: "Switched on a second step at sign-in",
    Action.FACTOR_DISABLED: "Switched off the second step at sign-in",
    Action.RECOVERY_CODES_MADE: "Made new recovery codes",
    Action.RECOVERY_CODE_USED: "Signed in with a recovery code",
    Action.USER_REGISTERED: "Registered for the portal",
    Action.USER_SUSPENDED: "Suspended a sign-in",
    Action.USER_RESTORED: "Restored a sign-in",
    Action.STAFF_CREATED: "Added a member of staff",
    Action.STAFF_CHANGED: "Changed a member of staff",
    Action.REGISTRATION_STARTED: "Started to register",
    Action.REGISTRATION_MISMATCHED: "Tried to register with details that do not match",
    Action.REGISTRATION_LOCKED: "Locked registration for a phone number",
    Action.REGISTRATION_UNLOCKED: "Unlocked registration for a phone number",
    Action.ACCOUNT_CHANGED: "Changed an account's portal settings",
    Action.ACCOUNT_PUBLISHED: "Opened registration for an account",
    Action.ACCOUNT_ACCESS_LOST: "Closed the portal for an account",
    Action.INVITATION_ISSUED: "Invited somebody by a link",
    Action.INVITATION_OPENED: "Opened a link and was sent a code",
    Action.INVITATION_ACTIVATED: "Set up an account through an invitation",
    Action.INVITATION_REVOKED: "Took an invitation back",
    Action.INVITATION_RENEWAL_ASKED: "Asked for a new link",
    Action.INVITATION_RENEWAL_SET_ASIDE: "Set aside a wish for a new link",
    Action.HOLDERS_GREETED: "Wrote to the holders of new contracts",
    Action.RENTAL_REQUESTED: "Called an item off rent",
    Action.RENTAL_ACKNOWLEDGED: "Acknowledged a rental request",
    Action.RENTAL_SCHEDULED: "Scheduled a rental request",
    Action.RENTAL_RESCHEDULED: "Moved a rental request to another time",
    Action.RENTAL_DECLINED: "Declined a rental request",
    Action.RENTAL_CANCELLED: "Cancelled a rental request",
    Action.RENTAL_RETURNED: "Checked an item in",
    Action.RENTAL_COMPLETED: "Completed a rental request",
    Action.PAYMENT_RUN_BEGUN: "Began to take a day's payments",
    Action.PAYMENT_TAKEN: "Took a payment",
    Action.PAYMENT_MISSED: "Could not take a payment",
    Action.PAYMENT_DEFAULTED: "Could not take a payment the second time",
    Action.PAYMENT_REFUSED: "Tried to pay at once, and the bank declined",
    Action.PAYMENT_RESCHEDULED: "Moved a payment to another day",
    Action.PAYMENT_WAIVED: "Waived a payment",
    Action.PAYMENT_FEE_WAIVED: "Waived the fee of a missed payment",
    Action.PAYMENT_REINSTATED: "Put an unpaid payment back on the schedule",
    Action.PAYMENT_WRITTEN_OFF: "Wrote a payment off",
    Action.PAYMENT_HOLDS_RELEASED: "Released payments that were on hold",
    Action.PAYMENT_MADE_ELSEWHERE: "Learnt from a feed that a payment was made elsewhere",
    Action.CONTRACT_CURED: "Found a contract in good standing again, by a feed",
    Action.METHOD_SETUP_BEGUN: "Went to add a payment method",
    Action.METHOD_ADDED: "Added a payment method",
    Action.METHOD_CHOSEN: "Chose which payment method is charged",
    Action.METHOD_REMOVED: "Removed a payment method",
    Action.METHOD_WARNED: "Warned that a card runs out",
    Action.CANCELLATION_REQUESTED: "Asked for a contract to be cancelled",
    Action.CANCELLATION_APPROVED: "Approved the cancellation of a contract",
    Action.CANCELLATION_DECLINED: "Declined the cancellation of a contract",
    Action.PAYMENT_POLICY_CHANGED: "Changed how payments are taken",
    Action.DOCUMENT_DOWNLOADED: "Downloaded a document",
    Action.UPLOAD_BEGUN: "Began to send a file",
    Action.UPLOAD_RECEIVED: "Sent a file",
    Action.UPLOAD_CANCELLED: "Cancelled sending a file",
    Action.UPLOAD_ABANDONED: "Gave up a file that never arrived",
    Action.DOCUMENT_IMPORTED: "Checked a file and kept it",
    Action.DOCUMENT_HANDED_OVER: "Attached a file that came with the form",
    Action.DOCUMENT_DROPPED: "Dropped a file whose form was never sent",
    Action.DOCUMENT_REMOVED: "Took a file off a form",
    Action.DOCUMENT_SHOWN: "Let customers see a document",
    Action.DOCUMENT_HIDDEN: "Took a document out of customers' sight",
    Action.DOCUMENT_EXPORTED: "Exported a document with others",
    Action.DOCUMENT_ASKED: "Asked for a document",
    Action.DOCUMENT_ASKED_AGAIN: "Asked for a document again, because the file was refused",
    Action.DOCUMENT_ASK_WITHDRAWN: "Needs a document no more",
    Action.DOCUMENT_ACCEPTED: "Accepted a document",
    Action.DOCUMENT_TURNED_DOWN: "Turned a document down",
    Action.APPLICATION_MESSAGED: "Wrote about an application",
    Action.DOCUMENT_REJECTED: "Checked a file and removed it",
    Action.STATEMENT_MAILED: "Had a statement sent by email",
    Action.FEED_STARTED: "Started to read a feed",
    Action.FEED_FAILED: "Could not read a feed",
    Action.FEED_IMPORTED: "Read a feed",
    Action.PORTAL_PUBLISHED: "Updated the website",
    Action.SETTINGS_CHANGED: "Changed the portal's settings",
    Action.BRAND_CHANGED: "Changed how the portal looks to customers",
    Action.FEATURE_SWITCHED: "Switched something on or off for customers",
    Action.CHANGE_REQUESTED: "Asked for a change of details",
    Action.CHANGE_EDITED: "Changed what they had asked for",
    Action.CHANGE_WITHDRAWN: "Took back a change request",
    Action.CHANGE_PROOF_SENT: "Sent a code to a new address or number",
    Action.CHANGE_STEP_DONE: "Took a step of a change request",
    Action.CHANGE_APPROVED: "Approved a change request",
    Action.CHANGE_REJECTED: "Rejected a change request",
    Action.CHANGE_APPLIED: "Applied a change",
    Action.CHANGE_FAILED: "Could not apply a change",
    Action.CHANGE_RETRIED: "Tried again to apply a change",
    Action.CHANGE_OVERTAKEN: "Overtook a change with a newer feed",
    Action.CHANGE_RULE_SET: "Changed which changes wait for staff",
    Action.GRANT_GIVEN: "Let somebody see or act for them",
    Action.GRANT_REVOKED: "Took somebody's right to see or act for others away",
    Action.NOTIFICATIONS_CHOSEN: "Chose how to be told",
    Action.CASE_OPENED: "Opened a case",
    Action.CASE_COMMENTED: "Wrote in a case",
    Action.CASE_NOTED: "Wrote an internal note on a case",
    Action.CASE_ASSIGNED: "Gave a case to somebody to work on",
    Action.CASE_PRIORITISED: "Changed how soon a case is answered",
    Action.CASE_INFO_ASKED: "Asked for more about a case",
    Action.CASE_TAKEN_UP: "Took a case up again",
    Action.CASE_SOLUTION_PROPOSED: "Proposed a solution for a case",
    Action.CASE_SOLUTION_ACCEPTED: "Accepted the solution of a case",
    Action.CASE_SOLUTION_REJECTED: "Rejected the solution of a case",
    Action.CASE_CLOSED: "Closed a case",
    Action.CASE_MERGED: "Merged a case into another",
    Action.CASE_RATED: "Said how a case went",
    Action.CASE_WARNED: "Warned that a case will be closed",
    Action.CASE_POLICY_SET: "Changed how cases are treated",
    Action.CASE_READER_CHOSEN: "Chose who in a household sees its cases",
    Action.MESSAGE_TEMPLATE_CHANGED: "Changed the words of a message",
    Action.CASE_TEMPLATE_CHANGED: "Changed a template for replies",
    Action.CONSENT_GIVEN: "Agreed to news and offers by a channel",
    Action.CONSENT_WITHDRAWN: "Took back agreement to news and offers",
    Action.MARKETING_WRITTEN: "Wrote news or an offer to a customer",
    Action.APPLICATION_ACCESS_GIVEN: "Let somebody into an application",
    Action.APPLICATION_ACCESS_ENDED: "Ended somebody's way into an application",
    Action.APPLICATION_ENTERED: "Came into an application by a link and a code",
    Action.APPLICATION_FORM_SHARED: "Made a form available on an application",
    Action.APPLICATION_FORM_HIDDEN: "Put a form of an application away",
    Action.APPLICATION_SHARING_SET: "Changed who sees whose answers in an application",
    Action.APPLICATION_SUBMITTED: "Handed an application in",
    Action.APPLICATION_REOPENED: "Opened an application again",
    Action.FORM_CHANGED: "Changed a form",
    Action.FORM_PUBLISHED: "Put a version of a form into use",
    Action.FORM_RETIRED: "Took a form out of use",
    Action.TOKEN_CREATED: "Made a token for another system",
    Action.TOKEN_REVOKED: "Revoked the token of another system",
    Action.ENDPOINT_ADDED: "Added an address that events are sent to",
    Action.ENDPOINT_SWITCHED: "Switched sending events to an address on or off",
    Action.ENDPOINT_REMOVED: "Removed an address that events were sent to",
    Action.DELIVERY_FAILED: "Gave up sending an event",
    Action.DELIVERY_RETRIED: "Had events sent again",
    Action.ANNOUNCEMENT_DISMISSED: "Dismissed the announcement",
    Action.HELP_CHANGED: "Changed a help page",
    Action.LICENCE_READ: "Read the licence",
    Action.SECRETS_RESEALED: "Sealed secrets anew under the new secret",
    Action.JOB_RETRIED: "Had a background job run again",
    Action.JOB_CANCELLED: "Cancelled a background job",
    Action.JOB_PAUSED: "Paused a schedule",
    Action.JOB_RESUMED: "Resumed a schedule",
    Action.ACCESS_DENIED: "Was refused something",
}


def sentence(action: str) -> str:
    """Return what an action is in words; one that this version does not know, as it was written."""
    try:
        return SENTENCES[Action(action)]
    except (ValueError, KeyError):
        return action


@dataclass(frozen=True, slots=True)
class Chain:
    """How far a chain was followed: where it stands, and where it broke (None: nowhere)."""

    length: int = 0
    seq: int = 0
    head: str = ""
    broken_at: int | None = None
    passed_anchor: bool = False


def follow(chain: Chain, entries: Iterable[AuditEvent], *, anchor: str = "") -> Chain:
    """Go on along a chain and return how far it holds; it is never taken up after a break."""
    for entry in entries:
        if chain.broken_at is not None:
            return chain
        seq = entry.seq or 0
        holds = entry.prev_hash == chain.head and entry.hash == link(entry, chain.head)
        if not holds:
            return Chain(chain.length, chain.seq, chain.head, seq, chain.passed_anchor)
        passed = chain.passed_anchor or entry.hash == anchor
        chain = Chain(chain.length + 1, seq, entry.hash, None, passed)
    return chain
