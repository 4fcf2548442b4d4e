"""Changes to the help pages. Each is audited, and open help pages follow."""

from typing import Any

from sqlmodel import col, select

from portal_app.core.actor import Actor
from portal_app.core.entries import Entries, identifier
from portal_app.core.errors import Conflict
from portal_app.models import Action, HelpArticle
from portal_app.services.help_pages import policy
from portal_app.services.help_pages.queries import MOST_ARTICLES
from portal_app.services.help_pages.views import Audience
from portal_app.services.transaction import Transaction, transaction

_QUESTION_LIMIT = 200
_ANSWER_LIMIT = 4_000


def save_article(
    actor: Actor,
    *,
    article: str = "",
    question: str,
    answer: str,
    audience: str = "consumer",
    is_published: bool = False,
    version: object = 0,
    key: str,
) -> str:
    """Write a new article (`article` empty) or change one, and return its id.

    `version` is the one that was read: a colleague's change in between raises Conflict.
    """
    with transaction(actor) as tx:
        policy.require_editor(actor)
        if (earlier := tx.earlier_answer(key, "help_pages.save_article", article)) is not None:
            return earlier
        wanted = _read(question, answer, audience, is_published)
        row = _existing(tx, article, version) if article else _new(tx)
        row.sqlmodel_update(wanted)
        tx.session.add(row)
        _done(tx, row, "saved")
        return tx.answer(key, row.id)


def move_article(actor: Actor, *, article: str, up: bool, key: str) -> None:
    """Let an article change places with its neighbour; at the end of the list nothing moves."""
    with transaction(actor) as tx:
        row = policy.require_editable(actor, _locked(tx, article))
        if tx.earlier_answer(key, "help_pages.move_article", article, up) is not None:
            return
        everything = select(HelpArticle).where(col(HelpArticle.brand_id) == row.brand_id)
        rows = list(
            tx.session.exec(everything.order_by(col(HelpArticle.position), col(HelpArticle.id)))
        )
        here = rows.index(row)
        there = here - 1 if up is True else here + 1
        if 0 <= there < len(rows):
            rows[here], rows[there] = rows[there], rows[here]
            for position, each in enumerate(rows):
                each.position = position
            _done(tx, row, "moved")


def delete_article(actor: Actor, *, article: str) -> None:
    """Take an article away for good; the audit trail keeps its question."""
    with transaction(actor) as tx:
        row = policy.require_editable(actor, _locked(tx, article))
        tx.session.delete(row)
        _done(tx, row, "deleted")


def _read(question: object, answer: object, audience: object, published: object) -> dict[str, Any]:
    entered = Entries()
    wanted = {
        "question": entered.line(
            "question", question, limit=_QUESTION_LIMIT, missing="Write the question."
        ),
        "answer": entered.text("answer", answer, limit=_ANSWER_LIMIT, missing="Write the answer."),
        "audience": entered.choice(
            "audience", audience, Audience, problem="Choose for whom this is written."
        ),
        "is_published": entered.flag("is_published", published),
    }
    entered.done()
    return wanted


def _new(tx: Transaction) -> HelpArticle:
    mine = col(HelpArticle.brand_id) == tx.actor.brand
    positions = tx.session.exec(select(HelpArticle.position).where(mine)).all()
    if len(positions) >= MOST_ARTICLES:
        raise Conflict(f"There are {MOST_ARTICLES} questions already. Delete one first.")
    last = max(positions, default=-1)
    return HelpArticle(brand_id=tx.actor.brand, question="", answer="", position=last + 1)


def _existing(tx: Transaction, article: str, version: object) -> HelpArticle:
    row = policy.require_editable(tx.actor, _locked(tx, article))
    if version != row.version:
        raise Conflict("A colleague changed this question meanwhile. Look at it again first.")
    row.version += 1
    return row


def _locked(tx: Transaction, article: str) -> HelpArticle | None:
    return tx.session.get(HelpArticle, identifier(article), with_for_update=True)


def _done(tx: Transaction, row: HelpArticle, what: str) -> None:
    tx.record(Action.HELP_CHANGED, "help_article", row.id, what=what, question=row.question)
    tx.touch(f"help:{row.brand_id}")
