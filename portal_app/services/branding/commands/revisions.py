"""Draft, publish, roll back: for the theme, the texts and the fields, each on its own (S4-02)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sqlmodel import col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import Entries
from portal_app.core.errors import Conflict, Invalid
from portal_app.models import Action, BrandPart, BrandRevision, VersionState
from portal_app.services.branding import policy
from portal_app.services.branding.rules.fields import read_fields
from portal_app.services.branding.rules.texts import read_texts
from portal_app.services.branding.rules.themes import read_theme
from portal_app.services.transaction import Transaction, transaction

Content = dict[str, object]
_NO_PART = "That is no part of the portal that can be changed."
_READERS: Mapping[BrandPart, Callable[[Entries, object], Content]] = MappingProxyType(
    {
        BrandPart.THEME: read_theme,
        BrandPart.TEXT: read_texts,
        BrandPart.FIELDS: read_fields,
    }
)


def save_revision(
    actor: Actor, *, part: object, content: object, seen: object, publish: object, key: str
) -> int:
    """Keep a part as a draft, or publish it at once (S4-07), and return its number.

    `seen` is the number of the newest revision that was read, 0 for none: a colleague's change in
    between raises Conflict. Open tabs follow what is published. A draft asks for no fresh proof of
    who one is; all that customers see does, or raises NotAllowed.
    """
    which = _part(part)
    with transaction(actor) as tx:
        policy.require_designer(actor)
        if which not in _READERS:
            raise Invalid(part=_NO_PART)
        if (earlier := tx.earlier_answer(key, "branding.save_revision", part)) is not None:
            return int(earlier)
        entered = Entries()
        kept = _READERS[which](entered, content)
        is_final = entered.flag("publish", publish)
        entered.done()
        if is_final:
            policy.require_applying(actor)
        newest = guard(tx, which, seen)
        if is_final and _counts_already(tx, which, newest, kept):
            return int(tx.answer(key, str(newest)))
        row = write(tx, which, newest + 1, kept)
        if is_final:
            put_in_force(tx, row)
        done(tx, row, "published" if is_final else "drafted")
        return int(tx.answer(key, str(row.number)))


def publish_draft(actor: Actor, *, part: object, seen: object, key: str) -> int:
    """Put the draft in force as it is, and return its number."""
    which = _part(part)
    with transaction(actor) as tx:
        policy.require_applying(actor)
        if (earlier := tx.earlier_answer(key, "branding.publish_draft", part)) is not None:
            return int(earlier)
        guard(tx, which, seen)
        draft = _in_state(tx, which, VersionState.DRAFT)
        if draft is None:
            raise Conflict("There is no draft to publish. Change something and save it first.")
        put_in_force(tx, draft)
        done(tx, draft, "published")
        return int(tx.answer(key, str(draft.number)))


def roll_back(actor: Actor, *, part: object, number: object, seen: object, key: str) -> int:
    """Put an older revision in force again, as a new one, and return its number.

    The number 0 stands for the portal as it came.
    """
    which = _part(part)
    with transaction(actor) as tx:
        policy.require_applying(actor)
        if (earlier := tx.earlier_answer(key, "branding.roll_back", part, number)) is not None:
            return int(earlier)
        newest, content = guard(tx, which, seen), _older(tx, which, number)
        if _counts_already(tx, which, newest, content):
            return int(tx.answer(key, str(newest)))
        row = write(tx, which, newest + 1, content)
        put_in_force(tx, row)
        done(tx, row, "rolled back", to=number)
        return int(tx.answer(key, str(row.number)))


def _part(part: object) -> BrandPart:
    if isinstance(part, str) and part in {one.value for one in BrandPart}:
        return BrandPart(part)
    raise Invalid(part=_NO_PART)


def guard(tx: Transaction, part: BrandPart, seen: object) -> int:
    """Return the newest number; raise Conflict unless it is the one that was seen."""
    policy.require_changeable(tx.actor, policy.locked_settings(tx))
    numbers = tx.session.exec(select(BrandRevision.number).where(*_mine(tx, part))).all()
    newest = max(numbers, default=0)
    if seen != newest or isinstance(seen, bool):
        raise Conflict("A colleague changed this meanwhile. Look at it again first.")
    return newest


def write(tx: Transaction, part: BrandPart, number: int, content: Content) -> BrandRevision:
    """Write a draft; there is one at most, and the newest is the one."""
    if before := _in_state(tx, part, VersionState.DRAFT):
        tx.session.delete(before)
        tx.session.flush()
    row = BrandRevision(
        brand_id=tx.actor.brand,
        part=part,
        number=number,
        content=content,
        written_by=tx.actor.name,
        written_at=clock.now(),
    )
    tx.session.add(row)
    return row


def in_force(tx: Transaction, part: BrandPart) -> Content:
    """Return what is in force of a part; nothing while it is as it came."""
    row = _in_state(tx, part, VersionState.PUBLISHED)
    return dict(row.content) if row else {}


def put_in_force(tx: Transaction, row: BrandRevision) -> None:
    """Let a revision count from now on; what counted before is kept."""
    if before := _in_state(tx, row.part, VersionState.PUBLISHED):
        before.state = VersionState.REPLACED
        tx.session.add(before)
        tx.session.flush()
    row.state, row.published_at = VersionState.PUBLISHED, clock.now()
    tx.session.add(row)


def _counts_already(tx: Transaction, part: BrandPart, newest: int, content: Content) -> bool:
    """Say whether the newest is in force and says just this: a second press changes nothing."""
    row = _in_state(tx, part, VersionState.PUBLISHED)
    return row is not None and row.number == newest and row.content == content


def _older(tx: Transaction, part: BrandPart, number: object) -> Content:
    if number == 0 and not isinstance(number, bool):
        return {}
    wanted = number if type(number) is int else -1
    mine = select(BrandRevision).where(*_mine(tx, part), col(BrandRevision.number) == wanted)
    found = tx.session.exec(mine).first()
    if found is None or found.state is VersionState.DRAFT:
        raise Conflict("That version is not there. Look at the list again.")
    return found.content


def _in_state(tx: Transaction, part: BrandPart, state: VersionState) -> BrandRevision | None:
    mine = select(BrandRevision).where(*_mine(tx, part), col(BrandRevision.state) == state)
    return tx.session.exec(mine).first()


def _mine(tx: Transaction, part: BrandPart):  # noqa: ANN202 - conditions
    return col(BrandRevision.brand_id) == tx.actor.brand, col(BrandRevision.part) == part


def done(tx: Transaction, row: BrandRevision, what: str, **detail: object) -> None:
    """Write down what was done, and let open pages hear of it."""
    tx.session.flush()
    tx.record(
        Action.BRAND_CHANGED, "brand", row.brand_id,
        part=row.part, what=what, number=row.number, **detail,
    )  # fmt: skip
    tx.touch(f"settings:{row.brand_id}")
