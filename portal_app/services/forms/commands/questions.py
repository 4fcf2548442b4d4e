"""The questions of a draft: put there, moved and taken out."""

from collections.abc import Callable
from dataclasses import replace

from portal_app.core.actor import Actor
from portal_app.core.errors import NotFound
from portal_app.services.forms.commands.building import keep, require_draft
from portal_app.services.forms.rules.definitions import (
    FormField,
    definition_of,
    fields_of,
    key_for,
)
from portal_app.services.forms.rules.entered import Wish
from portal_app.services.transaction import transaction

Fields = tuple[FormField, ...]


def put_field(
    actor: Actor,
    *,
    template: str,
    field: str = "",
    group: str = "",
    question: object,
    version: int,
    key: str,
) -> None:
    """Add a question to a draft, or change the one with this key.

    `group` puts it into a group of rows. `question` has label, kind, hint, required (true or
    false) and options: the answers of a choice, one on each line.
    """
    wish = Wish.read(question, in_group=bool(group))

    def put(fields: Fields) -> Fields:
        taken = [one.key for one in fields]
        if field and field not in taken:
            raise NotFound
        held = next((one for one in fields if one.key == field), None)
        made = wish.field(field or key_for(wish.label, taken), held)
        if held is None:
            return (*fields, made)
        return tuple(made if one.key == field else one for one in fields)

    _rebuild(actor, template, version, key, "put_field", group, put)


def move_field(
    actor: Actor, *, template: str, field: str, group: str = "", version: int, key: str
) -> None:
    """Move a question one place up."""

    def move(fields: Fields) -> Fields:
        names = [one.key for one in fields]
        if field not in names:
            raise NotFound
        at = names.index(field)
        above = max(at - 1, 0)
        listed = list(fields)
        listed[above], listed[at] = listed[at], listed[above]
        return tuple(listed)

    _rebuild(actor, template, version, key, "move_field", group, move)


def remove_field(
    actor: Actor, *, template: str, field: str, group: str = "", version: int, key: str
) -> None:
    """Take a question out of a draft; answers that were given to it elsewhere are kept."""

    def remove(fields: Fields) -> Fields:
        if field not in [one.key for one in fields]:
            raise NotFound
        return tuple(one for one in fields if one.key != field)

    _rebuild(actor, template, version, key, "remove_field", group, remove)


def _rebuild(
    actor: Actor,
    template: str,
    version: int,
    key: str,
    command: str,
    group: str,
    work: Callable[[Fields], Fields],
) -> None:
    with transaction(actor) as tx:
        if (draft := require_draft(tx, actor, template, version, key, command)) is None:
            return
        fields = fields_of(draft.definition)
        if not group:
            fields = work(fields)
        elif group in [one.key for one in fields]:
            fields = tuple(
                replace(one, fields=work(one.fields)) if one.key == group else one for one in fields
            )
        else:
            raise NotFound
        draft.definition = definition_of(fields)
        keep(tx, draft)
