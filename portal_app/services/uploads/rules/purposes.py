"""The registry of purposes: what files can be attached to, by whom, and who may read them.

A purpose belongs to the domain that owns the thing. That domain registers it with its own
functions, so that this one never imports it. docs/decisions/0012 says why.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from portal_app.core.actor import Actor
from portal_app.core.errors import NotFound
from portal_app.models import Document
from portal_app.services.transaction import Transaction

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
PDF = "application/pdf"
_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX, XLSX = f"{_OFFICE}wordprocessingml.document", f"{_OFFICE}spreadsheetml.sheet"
PHOTOS = (JPEG, PNG, WEBP)
PAPERS = (*PHOTOS, PDF, DOCX, XLSX)
# What people call each, and how its name may end.
KINDS = {
    JPEG: ("JPEG", (".jpg", ".jpeg")),
    PNG: ("PNG", (".png",)),
    WEBP: ("WebP", (".webp",)),
    PDF: ("PDF", (".pdf",)),
    DOCX: ("Word", (".docx",)),
    XLSX: ("Excel", (".xlsx",)),
}


@dataclass(frozen=True, slots=True)
class Owner:
    """What files belong to."""

    id: str
    brand_id: str


@dataclass(frozen=True, slots=True)
class Purpose:
    """One thing that files are sent for.

    `attach` gets what the page calls the owner, such as its number, and returns the owner if this
    actor may attach to it now; `read` gets the owner's id and returns it if this actor may see its
    files. `named` does what `read` does, from what the page calls the owner; None: `attach` does,
    because nothing keeps files out later. All raise NotFound for strangers. `most` is how many
    files one owner takes; `module` is what customers need a licence for to send and read them, ""
    for none. What staff send, and what
    customers send, is shown to the other customers who see the owner as `shows_staff_files` and
    `shows_customer_files` say, until staff decide otherwise. `labels` are what files may prove,
    and `follow` hears of every step of a file. `waits` is for what is sent with a form: how long
    its files wait for what comes of the form, to which they are handed over, before they are
    dropped; None where they belong for good.
    """

    key: str
    owner_type: str
    kinds: tuple[str, ...]
    attach: Callable[[Session, Actor, str], Owner]
    read: Callable[[Session, Actor, str], Owner]
    named: Callable[[Session, Actor, str], Owner] | None = None
    most: int = 20
    shows_staff_files: bool = False
    shows_customer_files: bool = True
    labels: tuple[str, ...] = ()
    follow: Callable[[Transaction, Document], None] | None = None
    module: str = ""
    waits: timedelta | None = None


_PURPOSES: dict[str, Purpose] = {}


def register(purpose: Purpose) -> Purpose:
    """Add a purpose; the domain that owns the thing does so once, when it is loaded."""
    if purpose.key in _PURPOSES:
        message = f"two purposes of uploads are called {purpose.key}"
        raise ValueError(message)
    _PURPOSES[purpose.key] = purpose
    return purpose


def purpose_of(key: object) -> Purpose:
    """Return a purpose by its key; NotFound for what files cannot be sent for."""
    purpose = _PURPOSES.get(key) if isinstance(key, str) else None
    if purpose is None:
        raise NotFound
    return purpose


def all_purposes() -> tuple[Purpose, ...]:
    """Return every purpose, in the order in which they were registered."""
    return tuple(_PURPOSES.values())


def names_of(kinds: tuple[str, ...]) -> str:
    """Return what people call these kinds of file, as a list of words."""
    *some, last = [KINDS[kind][0] for kind in kinds]
    return f"{', '.join(some)} or {last}" if some else last


def topic_of(owner_type: str, owner_id: str) -> str:
    """Return the topic that pages with files of this owner watch."""
    return f"files:{owner_type}:{owner_id}"
