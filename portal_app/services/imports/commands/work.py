"""What every step of one run needs at hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.settings import settings
from portal_app.services.imports.commands.scratch import Scratch
from portal_app.services.imports.commands.tally import Tally, shortened
from portal_app.services.imports.rules.cells import Surroundings
from portal_app.services.imports.rules.fields import Draft, RecordType, defaults_of
from portal_app.services.imports.views import ImportProgress, Refusal

Progress = Callable[[ImportProgress], None]


@dataclass(slots=True)
class Work:
    """One run: on whose behalf, where it keeps its notes, and how far it is."""

    actor: Actor
    run_id: str
    is_dry_run: bool
    scratch: Scratch
    tally: Tally = field(default_factory=Tally)
    around: Surroundings = field(
        default_factory=lambda: Surroundings(
            settings().currency, settings().country, clock.today(settings().timezone)
        )
    )

    @property
    def brand_id(self) -> str:
        """The brand that the feed is for."""
        return self.actor.brand


@dataclass(slots=True)
class Bench:
    """One file being worked on: its type with everything about it that is asked again and again."""

    work: Work
    file: str
    kind: RecordType
    columns: tuple[str, ...] = ()
    personal: frozenset[str] = frozenset()
    defaults: dict[str, Any] = field(default_factory=dict[str, Any])

    def __post_init__(self) -> None:
        self.columns = self.kind.columns
        self.personal = frozenset(one.name for one in self.kind.fields if one.is_personal)
        self.defaults = defaults_of(self.kind)
        for name in self.kind.portal_defaults:
            self.defaults[name] = getattr(settings(), name)

    def refuse(self, line: int, field_name: str, value: str, sentence: str) -> None:
        """Refuse one field of a row; the row is counted by `refuse_row`."""
        is_personal = field_name in self.personal
        shown = shortened(value, is_personal=is_personal)
        self.work.tally.refuse(Refusal(self.file, line, field_name, shown, sentence))

    def refuse_row(self, line: int, field_name: str, value: str, sentence: str) -> None:
        """Refuse a row for one reason."""
        self.refuse(line, field_name, value, sentence)
        self.count("refused")

    def warn(self, line: int, field_name: str, value: str, sentence: str) -> None:
        """Note something about a row that was accepted."""
        shown = shortened(value, is_personal=field_name in self.personal)
        warning = Refusal(self.file, line, field_name, shown, sentence, is_warning=True)
        self.work.tally.refuse(warning)

    def count(self, what: str) -> None:
        """Count one row."""
        self.work.tally.count(self.kind.name, what)

    def note_shared(self, draft: Draft, row: Mapping[str, Any]) -> None:
        """Remember a value of a record of this feed that is better not shared."""
        if self.kind.shared and not row["ended_at"]:
            value, name = row[self.kind.shared], row[self.kind.unique]
            self.work.scratch.note_shared(draft.external_id, value, name, draft.line)

    def around(self, draft: Draft) -> Surroundings:
        """Return what the cells of a row are read with: its country and its currency."""
        held = draft.held or {}
        country = draft.given.get("country", "").upper() or held.get("country")
        owner = draft.known.get(self.kind.money_of)
        usual = self.work.around
        currency = owner.currency if owner else usual.currency
        if self.kind.has_own_currency:
            given = draft.given.get("currency", "").upper()
            currency = given or held.get("currency") or currency
        return Surroundings(currency, country or usual.country, usual.today)
