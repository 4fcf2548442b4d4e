"""Questions that people ask, and the answers staff have written (S0-03)."""

from portal_app.services.help_pages.commands import (
    delete_article,
    move_article,
    save_article,
)
from portal_app.services.help_pages.queries import answers, articles
from portal_app.services.help_pages.views import Answer, Article, Audience

__all__ = [
    "Answer",
    "Article",
    "Audience",
    "answers",
    "articles",
    "delete_article",
    "move_article",
    "save_article",
]
