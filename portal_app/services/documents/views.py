"""What is printed, and what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """A PDF and the name it is saved under."""

    filename: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Printed:
    """What goes onto paper: a template, its ready strings, and the thing that it shows.

    `zone` is the time zone in which the moment of printing is given.
    """

    template: str
    title: str
    values: Mapping[str, object]
    object_type: str
    object_id: str
    brand_id: str
    zone: str = "UTC"
