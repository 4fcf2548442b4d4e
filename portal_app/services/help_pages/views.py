"""What a reader of the help pages gets back."""

from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """For whom an answer was written."""

    CONSUMER = "consumer"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with its answer, as readers see it."""

    id: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Article:
    """A question with its answer, as its editors see it."""

    id: str
    question: str
    answer: str
    audience: Audience
    is_published: bool
    version: int
