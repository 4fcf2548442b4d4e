"""Forms that staff build and customers fill in: only their kind tells sections from questions."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, Text, UniqueConstraint, text
from sqlmodel import Field

from portal_app.core import vault
from portal_app.models.base import Json, Row, as_text


class FormKind(StrEnum):
    """Whether a form belongs to every application, or is shared where staff choose it (S2-19)."""

    SECTION = "section"
    QUESTIONNAIRE = "questionnaire"


class FormState(StrEnum):
    """Whether a version of a form is being built, is the one in use, or was."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class ShareState(StrEnum):
    """How far a form on an application has come."""

    HIDDEN = "hidden"
    SHARED = "shared"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"
    REOPENED = "reopened"


class FormTemplate(Row, table=True):
    """One version of a form. Its answers are kept by the keys of its fields, over all versions.

    `definition` is `{"fields": [...]}` as `services/forms/rules` reads it. `per_person` says that
    every party answers for themselves; otherwise the application is answered for once.
    """

    __table_args__ = (
        UniqueConstraint("brand_id", "key", "number"),
        Index("ix_form_template_list", "brand_id", "kind", "position", "id"),
        Index(
            "uq_form_template_in_use",
            "brand_id",
            "key",
            unique=True,
            sqlite_where=text("state = 'published'"),
            postgresql_where=text("state = 'published'"),
        ),
    )

    brand_id: str = Field(foreign_key="brand.id", max_length=36)
    kind: FormKind = Field(sa_type=as_text(FormKind))
    key: str = Field(max_length=40)
    number: int = 1
    state: FormState = Field(default=FormState.DRAFT, sa_type=as_text(FormState))
    title: str = Field(max_length=80)
    introduction: str = Field(default="", max_length=600)
    definition: Json = Field(default_factory=dict, sa_type=JSON)
    per_person: bool = True
    position: int = 0
    changed_by_name: str = Field(default="", max_length=120)
    created_at: datetime
    changed_at: datetime
    version: int = 1


class FormShare(Row, table=True):
    """A form on an application, in the version it had when it was shared.

    `party_id` is who alone answers it; None is everybody whom the application's sharing lets in.
    """

    __table_args__ = (
        Index("ix_form_share_of", "application_id", "position", "id"),
        UniqueConstraint("application_id", "template_key", "party_id"),
        Index(
            "uq_form_share_of_all",
            "application_id",
            "template_key",
            unique=True,
            sqlite_where=text("party_id IS NULL"),
            postgresql_where=text("party_id IS NULL"),
        ),
    )

    application_id: str = Field(foreign_key="application.id", max_length=36)
    template_id: str = Field(foreign_key="form_template.id", index=True, max_length=36)
    template_key: str = Field(max_length=40)
    party_id: str | None = Field(
        default=None, foreign_key="application_party.id", index=True, max_length=36
    )
    state: ShareState = Field(default=ShareState.SHARED, sa_type=as_text(ShareState))
    required: bool = True
    position: int = 0
    shared_at: datetime
    changed_at: datetime
    version: int = 1


class FormAnswer(Row, table=True):
    """What stands in one field, who wrote it and when; `party_id` is None for the application.

    `value` is canonical text: `2026-11-29`, minor units for money, a choice's key, `yes` or `no`.
    It is sealed for this row alone, whatever was asked: forms ask for incomes and bank accounts.
    `edited_by` is a person who is party to it, None where staff wrote. `version` rises with every
    edit: whoever saves names the one they saw (S2-08).
    """

    __table_args__ = (
        UniqueConstraint("share_id", "party_id", "field_key"),
        Index(
            "uq_form_answer_of_application",
            "share_id",
            "field_key",
            unique=True,
            sqlite_where=text("party_id IS NULL"),
            postgresql_where=text("party_id IS NULL"),
        ),
    )

    share_id: str = Field(foreign_key="form_share.id", max_length=36)
    party_id: str | None = Field(
        default=None, foreign_key="application_party.id", index=True, max_length=36
    )
    field_key: str = Field(max_length=100)
    value_sealed: str = Field(default="", sa_type=Text)
    version: int = 1
    edited_by: str | None = Field(default=None, foreign_key="person.id", index=True, max_length=36)
    edited_by_name: str = Field(default="", max_length=120)
    by_staff: bool = False
    edited_at: datetime

    @property
    def value(self) -> str:
        """What was answered, opened; "" where nothing was."""
        return vault.text_in(self.value_sealed, place=f"form_answer:value:{self.id}")

    def say(self, value: str) -> None:
        """Answer this; what stood there before is in the history."""
        self.value_sealed = _sealed(value, f"form_answer:value:{self.id}")


class FormAnswerHistory(Row, table=True):
    """What stood in a field at one version: every edit is kept, so that each can be taken back."""

    __table_args__ = (UniqueConstraint("answer_id", "version"),)

    answer_id: str = Field(foreign_key="form_answer.id", max_length=36)
    version: int
    value_sealed: str = Field(default="", sa_type=Text)
    edited_by: str | None = Field(default=None, foreign_key="person.id", index=True, max_length=36)
    edited_by_name: str = Field(default="", max_length=120)
    by_staff: bool = False
    edited_at: datetime

    @property
    def value(self) -> str:
        """What was answered then, opened; "" where it was emptied."""
        return vault.text_in(self.value_sealed, place=f"form_answer_history:value:{self.id}")

    def say(self, value: str) -> None:
        """Keep what was answered."""
        self.value_sealed = _sealed(value, f"form_answer_history:value:{self.id}")


def _sealed(value: str, place: str) -> str:
    return vault.keep_text(value, place=place) if value else ""
