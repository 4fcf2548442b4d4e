"""What every table shares: its name, its identifier, and where master data comes from."""

import re
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Enum, MetaData
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

from portal_app.core.ids import new_id

# Constraints get predictable names, so that both databases can alter and drop them.
SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention


class Table(SQLModel):
    """A table named after its class, in snake case."""

    @declared_attr.directive
    def __tablename__(cls) -> str:  # type: ignore[override]  # noqa: N805
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()  # type: ignore[attr-defined]


class Row(Table):
    """A row with an unguessable identifier that sorts by the time it was made."""

    id: str = Field(default_factory=new_id, primary_key=True, max_length=36)


class MasterRow(Row):
    """A row whose master is the operator's own system (S0-14).

    `external_id` is unique for the type and brand; a feed older than `source_updated_at` is stale.
    `digest` is the fingerprint of the last accepted values: the same feed twice writes nothing.
    """

    brand_id: str = Field(foreign_key="brand.id", index=True, max_length=36)
    source_system: str = Field(default="feed", max_length=40)
    external_id: str = Field(max_length=80)
    source_updated_at: datetime | None = None
    synced_at: datetime | None = None
    ended_at: datetime | None = None
    digest: str = Field(default="", max_length=64)
    version: int = 1


Json = dict[str, Any]


class VersionState(StrEnum):
    """Where a version stands: at most one is a draft, at most one is in force."""

    DRAFT = "draft"
    PUBLISHED = "published"
    REPLACED = "replaced"


def as_text(vocabulary: type[StrEnum], length: int = 24) -> Any:
    """Return the column type that stores a vocabulary's values as text.

    Without a CHECK on purpose: a migration would not see that a member was added.
    """
    return Enum(
        vocabulary,
        native_enum=False,
        create_constraint=False,
        length=length,
        values_callable=lambda members: [member.value for member in members],  # pyright: ignore[reportUnknownLambdaType, reportUnknownVariableType, reportUnknownMemberType]
    )
