"""Who may read and who may write the help pages."""

from sqlalchemy import ColumnElement
from sqlmodel import and_, col

from portal_app.core.actor import Access, Actor
from portal_app.core.errors import NotAllowed, NotFound
from portal_app.models import HelpArticle
from portal_app.services.help_pages.views import Audience


def visible_to(actor: Actor, *, brand: str) -> ColumnElement[bool]:
    """Return the condition that selects what this actor may read: what is published for them."""
    theirs = col(HelpArticle.brand_id) == (actor.brand or brand)
    published = and_(theirs, col(HelpArticle.is_published))
    if actor.is_staff:
        return published
    return and_(published, col(HelpArticle.audience) == Audience.CONSUMER.value)


def require_editor(actor: Actor) -> None:
    """Let managers and administrators write the help pages, and nobody else."""
    if not actor.is_staff:
        raise NotFound
    if not actor.has(Access.MANAGER):
        raise NotAllowed("Only a manager or an administrator can change the help pages.")


def require_editable(actor: Actor, article: HelpArticle | None) -> HelpArticle:
    """Return an article of the actor's brand if they may change it."""
    require_editor(actor)
    if article is None or article.brand_id != actor.brand:
        raise NotFound
    return article
