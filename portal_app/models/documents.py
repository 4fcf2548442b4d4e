"""Files that people send: what each is, where it stands, and the way it took in."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from portal_app.models.base import Row, as_text


class UploadState(StrEnum):
    """Where a file stands on its way from a browser into the private store."""

    REQUESTED = "requested"
    UPLOADING = "uploading"
    RECEIVED = "received"
    SCANNING = "scanning"
    SEALING = "sealing"
    FAILED = "failed"
    IMPORTED = "imported"
    REJECTED = "rejected"
    ABANDONED = "abandoned"


class AskedState(StrEnum):
    """Where a document stands that staff asked for."""

    REQUESTED = "requested"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Document(Row, table=True):
    """A file that belongs to something; its content is in the private store once imported.

    `size` and `sha256` are of what was sent; `stored_size` of what is kept, which for a picture is
    drawn anew. `label` says what it proves. `wrapped_key` is the key of this content alone, sealed
    under the portal's secret.
    """

    __table_args__ = (
        Index("ix_document_owner", "owner_type", "owner_id", "created_at", "id"),
        Index("ix_document_sender", "uploaded_by", "created_at"),
        Index("ix_document_person", "person_id", "created_at"),
        Index("ix_document_waiting", "state", "changed_at"),
    )

    brand_id: str = Field(foreign_key="brand.id", index=True, max_length=36)
    owner_type: str = Field(max_length=40)
    owner_id: str = Field(max_length=36)
    purpose: str = Field(max_length=40)
    name: str = Field(max_length=120)
    media_type: str = Field(max_length=100)
    label: str = Field(default="", max_length=80)
    size: int
    sha256: str = Field(default="", max_length=64)
    state: UploadState = Field(default=UploadState.REQUESTED, sa_type=as_text(UploadState))
    reason: str = Field(default="", max_length=200)
    is_visible: bool = False
    storage_key: str = Field(default="", index=True, max_length=80)
    stored_size: int = 0
    wrapped_key: str = Field(default="", max_length=200)
    # None of somebody who came by a link and has no sign-in.
    uploaded_by: str | None = Field(default=None, foreign_key="portal_user.id", max_length=36)
    person_id: str | None = Field(default=None, foreign_key="person.id", max_length=36)
    uploaded_by_name: str = Field(default="", max_length=120)
    by_staff: bool = False
    created_at: datetime
    changed_at: datetime
    version: int = 1


class UploadSession(Row, table=True):
    """The way in for one file: a place for it alone, open for minutes, emptied afterwards.

    `parts` is what the store calls an upload in parts; `emptied_at` is when nothing was left.
    """

    __table_args__ = (Index("ix_upload_session_open", "emptied_at", "expires_at"),)

    document_id: str = Field(foreign_key="document.id", unique=True, max_length=36)
    landing_key: str = Field(unique=True, max_length=80)
    parts: str = Field(default="", max_length=400)
    expires_at: datetime
    emptied_at: datetime | None = None


class DocumentRequest(Row, table=True):
    """A document that staff ask for on an application; files answer it by their label (S4-31).

    `asked_at` is when it was asked for, or last turned down: what was sent before does not answer.
    """

    __table_args__ = (UniqueConstraint("application_id", "label"),)

    application_id: str = Field(foreign_key="application.id", max_length=36)
    label: str = Field(max_length=80)
    is_required: bool = True
    state: AskedState = Field(default=AskedState.REQUESTED, sa_type=as_text(AskedState))
    reason: str = Field(default="", max_length=400)
    asked_by_name: str = Field(default="", max_length=120)
    asked_at: datetime
    decided_by_name: str = Field(default="", max_length=120)
    changed_at: datetime
    version: int = 1
