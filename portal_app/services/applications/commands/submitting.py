"""Handing an application in, once nothing that must be answered is open."""

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict, NotAllowed
from portal_app.models import Action, ShareState
from portal_app.services.applications import policy
from portal_app.services.applications.commands.links import touch
from portal_app.services.applications.queries.answers import book_of, gaps
from portal_app.services.applications.rules.words import OPEN, OTHERS_TO_GO
from portal_app.services.transaction import transaction

NOT_YET = "Some questions that must be answered are still open. The list says in which sections."
ALREADY = "It has been handed in already. Look at it again."


def submit(actor: Actor, *, number: str, key: str) -> None:
    """Hand in every form of an application: they take no answers until staff open them again."""
    with transaction(actor) as tx:
        application = policy.require_application(tx.session, actor, number, lock=True)
        if actor.is_staff:
            raise NotAllowed("Only the customers hand their application in.")
        if tx.earlier_answer(key, "applications.submit", number) is not None:
            return
        book = book_of(tx.session, application, lock=True)
        if not any(one.share.state in OPEN for one in book.forms):
            raise Conflict(ALREADY)
        # Everybody's, also where each sees their own alone: it is handed in as a whole.
        parties = policy.parties_answering(tx.session, application)
        if missing := {party for _, party in gaps(book, parties)}:
            seen = {one.id for one in policy.parties_seen(tx.session, actor, application)} | {""}
            raise Conflict(NOT_YET if missing & seen else OTHERS_TO_GO)
        for shared in book.forms:
            shared.share.state = ShareState.COMPLETE
            shared.share.changed_at = clock.now()
            tx.session.add(shared.share)
        application.submitted_at = clock.now()
        application.submitted_by_name = actor.name[:120]
        tx.record(Action.APPLICATION_SUBMITTED, "application", application.id)
        touch(tx, application.id, application.brand_id)
