"""The format of feeds, from the table that the import itself reads by."""

import inspect
from collections.abc import Callable

from docs.make.markdown import code, document, first_sentence, items, table
from portal_app.core.settings import Settings
from portal_app.services.imports.commands.files import _SUFFIXES
from portal_app.services.imports.commands.zips import _MOST_MEMBERS
from portal_app.services.imports.rules import cells, money_cells
from portal_app.services.imports.rules.fields import Field, RecordType
from portal_app.services.imports.rules.types import TYPES

_SIZES = ("feed_megabytes", "feed_unpacked_megabytes")
_FORM = (
    "A feed is a folder, or one zip, of files named after their type: `accounts.csv`, "
    "`contracts.jsonl`. Files may be missing; the order of files and rows is free.",
    "CSV: RFC 4180 with `,` `;` or tab; UTF-8, else Windows-1252; a header row; an empty cell "
    "means unknown and keeps what is held. JSON Lines: one object a line.",
    "Every row may carry `external_id` (required, unique in its type), `updated_at` (a moment; an "
    "older row than the one held is counted as stale and changes nothing) and `deleted` (`true` "
    "ends the row; history is kept).",
    "Rows refer to one another by `external_id`.",
    "Days: `YYYY-MM-DD`. Moments: RFC 3339 with an offset. Amounts: a decimal with a dot, in the "
    "currency of what they belong to. Switches: `true` or `false`. Telephone numbers: any "
    "national form, read with the row's `country`.",
)
_REFUSED = (
    "A row that cannot be read is refused with its file, line, field, value (shortened where it "
    "is personal) and a sentence that says what to do. The rest goes in.",
    "A row is never half applied.",
    "A file that cannot be read at all, or lacks a required column, is refused whole, by name.",
    "A file above the limit ([limits](limits.md)) is refused before it is read.",
    "The same feed twice writes nothing the second time.",
    "A run that was interrupted is run again, with the same result.",
    "The report counts new, changed, unchanged, stale, ended and refused rows per type. It is "
    "kept, and can be downloaded. A dry run makes the same report and writes nothing.",
)


# Where the reader's own words speak of what is kept rather than of what is sent.
_READ: dict[Callable[..., object], str] = {
    cells.day: "a day",
    cells.past_day: "a day that has passed",
    cells.moment: "a moment with its offset",
    cells.flag: "`true` or `false`",
    cells.money: "an amount, with its sign",
    cells.price: "an amount, 0 or more",
    money_cells.charged: "an amount, 0 or more, that your gateway takes exactly",
    cells.amount_of_things: "a number of things or hours, 0 or more",
}


def page() -> str:
    """Return docs/feeds.md."""
    return document(
        "Feeds",
        "Your own system stays the master of your records. It hands the portal feeds; this page "
        "is their format. How they get there is in [Integrating](integrating.md).",
        "## Form",
        items(_FORM),
        "## Files",
        items(_files()),
        "## Types",
        *(part for kind in TYPES.values() for part in _type(kind)),
        "## What a bad feed gets",
        items(_REFUSED),
    )


def _files() -> list[str]:
    sizes = {name: Settings.model_fields[name].default for name in _SIZES}
    return [
        f"What is read: files that end in {', '.join(code(one) for one in _SUFFIXES)} and are "
        "named after a type, or a zip of such files. Anything else is named in the report and "
        "left alone; nothing in a feed is ever run, shown or handed out.",
        f"A file has at most {sizes['feed_megabytes']} MB, all files of a feed together at most "
        f"{sizes['feed_unpacked_megabytes']} MB ([settings](configuration.md)). A larger one is "
        "refused before it is read, whatever its header says.",
        f"A zip holds at most {_MOST_MEMBERS:,} such files, at its top, not locked with a "
        "password. Its names decide nothing about where a file is written.",
        "An uploaded feed is kept only until it has been read or given up; one that was only "
        "checked, for a day, so that it can be imported without sending it again.",
    ]


def _type(kind: RecordType) -> list[str]:
    rows = [
        (code(field.name), "★" if field.is_required else "", _reads(field), _kept(field))
        for field in kind.fields
    ]
    between = [first_sentence(inspect.getdoc(check)) for check in kind.checks]
    rules = [
        _between(sentence, check) for sentence, check in zip(between, kind.checks, strict=True)
    ]
    if kind.unique:
        rules.append(f"No two rows may share a {code(kind.unique)}.")
    if kind.shared:
        name = code(kind.shared.removesuffix("_e164"))
        rules.append(f"A {name} that two rows share is accepted, with a warning.")
    parts = [f"### {kind.name}", table(("Field", "Required", "May be", ""), rows)]
    return [*parts, items(rules)] if rules else parts


def _reads(field: Field) -> str:
    if field.target:
        return f"the `external_id` of one of {code(field.target)}"
    if words := _READ.get(field.reader):
        return words
    cells_of = inspect.getclosurevars(field.reader).nonlocals
    if "normalise" in cells_of:
        return "a telephone number"
    if longest := cells_of.get("longest"):
        return f"text of up to {longest} characters"
    if allowed := cells_of.get("words") or cells_of.get("allowed"):
        return ", ".join(code(str(word)) for word in allowed)
    return first_sentence(field.reader.__doc__).removeprefix("Read ").rstrip(".")


def _kept(field: Field) -> str:
    return "personal" if field.is_personal else ""


def _between(sentence: str, check: Callable[..., object]) -> str:
    """Return the rule of a check; one that was made for two fields names them."""
    if sentence:
        return f"Refused: {sentence.removeprefix('Refuse ')}"
    about = inspect.getclosurevars(check).nonlocals
    if "earlier" in about:
        return f"{code(about['later'])} does not lie before {code(about['earlier'])}."
    return f"The currency is that of the {about['reference']}."
