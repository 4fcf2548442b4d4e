"""Looking at words that are being written, and sending them to oneself."""

from sqlmodel import col, select

from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict
from portal_app.models import StaffUser
from portal_app.ports import LetterRenderer, PortRefused
from portal_app.services import templates
from portal_app.services.notifications import rules
from portal_app.services.notifications.commands.telling import facts_of, send_mail
from portal_app.services.notifications.views import Preview
from portal_app.services.transaction import reading, transaction

_NO_ADDRESS = "We know no email address of yours, so there is nowhere to send it."
_TEXT_ONLY = "This goes out as a text message only: look at the preview instead."


def preview(
    actor: Actor,
    *,
    kind: object,
    subject: object,
    text: object,
    sms: object,
    persona: object,
    letters: LetterRenderer,
) -> Preview:
    """Return a message as a persona would get it; raises Invalid that names the tag at fault."""
    trial = templates.trial(actor, kind=kind, subject=subject, text=text, sms=sms, persona=persona)
    about, own = templates.kind_of(kind), trial.wording
    with reading() as session:
        facts = facts_of(session, actor.brand, dict(trial.facts), trial.link)
    words = rules.text_message(about.key, facts, own) if about.has_text else ""
    if not about.has_letter:
        return Preview(sms=words)
    line, letter = rules.letter(about.key, facts, own)
    shown = {
        **facts,
        "subject": line,
        "preview": rules.summary(about.key, facts, own),
        "parts": rules.parts(about.key, facts, own),
    }
    try:
        html = letters.html(rules.OWN, shown)
    except PortRefused:
        html = ""
    return Preview(subject=line, text=letter, html=html, sms=words)


def send_trial(
    actor: Actor,
    *,
    kind: object,
    subject: object,
    text: object,
    sms: object,
    persona: object,
    key: str,
) -> str:
    """Send the letter to whoever writes it, as a persona would get it; return the address."""
    trial = templates.trial(actor, kind=kind, subject=subject, text=text, sms=sms, persona=persona)
    about = templates.kind_of(kind)
    if not about.has_letter:
        raise Conflict(_TEXT_ONLY)
    with transaction(actor) as tx:
        if (
            earlier := tx.earlier_answer(key, "notifications.send_trial", kind, persona)
        ) is not None:
            return earlier
        mine = select(StaffUser).where(col(StaffUser.user_id) == actor.user_id)
        member = tx.session.exec(mine).first()
        if member is None or not member.email:
            raise Conflict(_NO_ADDRESS)
        send_mail(
            tx,
            topic=about.key,
            brand_id=actor.brand,
            recipient=member.email,
            facts=dict(trial.facts),
            dedupe_key=f"trial:{actor.user_id}:{key}",
            link=trial.link,
            wording=trial.wording,
        )
        return tx.answer(key, member.email)
