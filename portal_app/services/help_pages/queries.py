"""Readings of the help pages."""

from sqlmodel import and_, col, or_, select

from portal_app.core import text
from portal_app.core.actor import Actor
from portal_app.core.entries import words
from portal_app.models import HelpArticle
from portal_app.services.help_pages import policy
from portal_app.services.help_pages.views import Answer, Article, Audience
from portal_app.services.transaction import reading

MOST_ARTICLES = 200
_ORDER = (col(HelpArticle.position), col(HelpArticle.id))


def answers(actor: Actor, *, brand: str = "", search: str = "") -> tuple[Answer, ...]:
    """Return what is published for this actor and holds every word that is looked for.

    `brand` is only needed while nobody is signed in.
    """
    found = select(HelpArticle).where(policy.visible_to(actor, brand=text.key(brand)))
    for word in words(search).split():
        found = found.where(_mentions(word))
    with reading() as session:
        rows = session.exec(found.order_by(*_ORDER).limit(MOST_ARTICLES)).all()
        return tuple(Answer(row.id, row.question, row.answer) for row in rows)


def articles(actor: Actor) -> tuple[Article, ...]:
    """Return every article of the actor's brand, published or not, for its editors."""
    policy.require_editor(actor)
    mine = select(HelpArticle).where(and_(col(HelpArticle.brand_id) == actor.brand))
    with reading() as session:
        rows = session.exec(mine.order_by(*_ORDER).limit(MOST_ARTICLES)).all()
        return tuple(_article(row) for row in rows)


def _mentions(word: str):  # noqa: ANN202 - a condition
    return or_(
        col(HelpArticle.question).icontains(word, autoescape=True),
        col(HelpArticle.answer).icontains(word, autoescape=True),
    )


def _article(row: HelpArticle) -> Article:
    audience = Audience(row.audience)
    return Article(row.id, row.question, row.answer, audience, row.is_published, row.version)
