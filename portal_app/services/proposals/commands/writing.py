"""Messages about an application, in both directions (S4-24)."""

from portal_app.core.actor import Actor
from portal_app.models import Action
from portal_app.services import applications, messages
from portal_app.services.proposals import policy
from portal_app.services.proposals.commands.telling import tell_parties
from portal_app.services.proposals.rules.topics import thread_of
from portal_app.services.transaction import transaction

LONGEST_QUOTE = 600


def send_message(actor: Actor, *, number: str, words: object, key: str) -> str:
    """Write about an application and return its number; it stands in the log at once.

    What staff write is told to everybody who is let in.
    """
    with transaction(actor) as tx:
        found = applications.require_application(tx.session, actor, number)
        if tx.earlier_answer(key, "proposals.send_message", number) is not None:
            return found.number
        policy.require_open(found)
        said = messages.read_words("words", words, missing="Write something first.")
        messages.require_calm(tx)
        messages.say(tx, thread_of(found), said)
        tx.record(Action.APPLICATION_MESSAGED, "application", found.id, number=found.number)
        if actor.is_staff:
            tell_parties(tx, found, "replied", words=_quoted(said))
        tx.touch(applications.log_topic(found.id), f"applications:{found.brand_id}")
        return tx.answer(key, found.number)


def _quoted(words: str) -> str:
    return words if len(words) <= LONGEST_QUOTE else f"{words[:LONGEST_QUOTE].rstrip()}…"
