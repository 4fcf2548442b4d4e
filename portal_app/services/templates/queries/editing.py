"""Templates as their editors see them, and as staff choose among them."""

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session, col, select

from portal_app.core.actor import Actor
from portal_app.core.entries import identifier
from portal_app.models import MessageTemplate, TemplateVersion, VersionState
from portal_app.services.templates import policy
from portal_app.services.templates.queries.words import wording_of
from portal_app.services.templates.rules.kinds import KINDS
from portal_app.services.templates.rules.shipped import shipped
from portal_app.services.templates.rules.wording import kind_of
from portal_app.services.templates.views import (
    STANDARD,
    Choice,
    Line,
    Opened,
    Sheet,
    Version,
)
from portal_app.services.transaction import reading

MOST_VERSIONS = 50


def kinds(actor: Actor) -> tuple[Line, ...]:
    """Return every kind of message with the templates that the brand has for it."""
    policy.require_editor(actor)
    with reading() as session:
        found = _templates(session, actor)
        latest = _latest(session, [row.id for row in found])
    held = defaultdict[str, list[Sheet]](list)
    for row in found:
        held[row.kind].append(_sheet(row, latest[row.id]))
    return tuple(
        Line(kind, tuple(held[key]) if any(one.is_standard for one in held[key])
             else (_own_words(), *held[key]))
        for key, kind in KINDS.items()
    )  # fmt: skip


def opened(actor: Actor, *, kind: object, template: object = "") -> Opened:
    """Return a template for changing; without an id the standard one of the kind.

    Versions come newest first.
    """
    policy.require_editor(actor)
    about = kind_of(kind)
    with reading() as session:
        if template:
            row = policy.require_editable(actor, session.get(MessageTemplate, identifier(template)))
        else:
            mine = _templates(session, actor, about.key)
            row = next((one for one in mine if one.is_standard), None)
        if row is None or row.kind != about.key:
            return Opened(about, _own_words(), shipped(about), ())
        versions = _versions(session, row.id)
    now = next((one for one in versions if one.state is not VersionState.REPLACED), None)
    words = wording_of(now) if now else shipped(about)
    return Opened(about, _sheet(row, versions), words, tuple(map(_version, versions)), row.version)


def choices(actor: Actor, *, kind: object) -> tuple[Choice, ...]:
    """Return what staff may choose from when they send such a message, the standard one first."""
    policy.require_staff(actor)
    about = kind_of(kind)
    with reading() as session:
        found = _templates(session, actor, about.key)
        latest = _latest(session, [row.id for row in found])
    made = [
        Choice(row.id, row.name, wording_of(version))
        for row in found
        for version in latest[row.id]
        if version.state is VersionState.PUBLISHED
    ]
    if any(row.is_standard for row in found if row.id in {one.id for one in made}):
        return tuple(made)
    return (Choice("", STANDARD, shipped(about)), *made)


def _templates(session: Session, actor: Actor, kind: str = "") -> Sequence[MessageTemplate]:
    wanted = select(MessageTemplate).where(col(MessageTemplate.brand_id) == actor.brand)
    if kind:
        wanted = wanted.where(col(MessageTemplate.kind) == kind)
    order = col(MessageTemplate.is_standard).desc(), col(MessageTemplate.name)
    return session.exec(wanted.order_by(*order)).all()


def _latest(session: Session, ids: list[str]) -> defaultdict[str, list[TemplateVersion]]:
    """Return of each template what is in force or waits to be."""
    wanted = select(TemplateVersion).where(
        col(TemplateVersion.template_id).in_(ids),
        col(TemplateVersion.state) != VersionState.REPLACED,
    )
    held = defaultdict[str, list[TemplateVersion]](list)
    for version in session.exec(wanted):
        held[version.template_id].append(version)
    return held


def _versions(session: Session, template: str) -> Sequence[TemplateVersion]:
    wanted = select(TemplateVersion).where(col(TemplateVersion.template_id) == template)
    newest = wanted.order_by(col(TemplateVersion.number).desc())
    return session.exec(newest.limit(MOST_VERSIONS)).all()


def _own_words() -> Sheet:
    return Sheet("", STANDARD, is_standard=True)


def _sheet(row: MessageTemplate, versions: Sequence[TemplateVersion]) -> Sheet:
    published = (one.number for one in versions if one.state is VersionState.PUBLISHED)
    return Sheet(
        row.id,
        row.name,
        row.is_standard,
        published=next(published, 0),
        has_draft=any(one.state is VersionState.DRAFT for one in versions),
        changed_at=row.changed_at,
    )


def _version(row: TemplateVersion) -> Version:
    return Version(
        row.number,
        row.state,
        wording_of(row),
        row.written_by,
        row.written_at,
        row.published_at,
    )
