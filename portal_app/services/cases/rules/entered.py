"""Reading what customers and staff write about a case."""

from dataclasses import dataclass

from portal_app.core.entries import Entries
from portal_app.models import CaseTopic
from portal_app.services.messages import BODY_LIMIT

SUBJECT_LIMIT = 160
REASON_LIMIT = 1_000
SOLUTION_LIMIT = 2_000
TITLE_LIMIT = 80
BEST = 5


@dataclass(frozen=True, slots=True)
class Written:
    """A new case whose every part has been checked."""

    topic: CaseTopic
    subject: str
    description: str


def read_case(topic: object, subject: object, description: object) -> Written:
    """Return what a case is about; raises Invalid naming every field that cannot be accepted."""
    entered = Entries()
    chosen = entered.choice("topic", topic, CaseTopic, problem="Choose what this is about.")
    read = Written(
        chosen or CaseTopic.OTHER,
        entered.line("subject", subject, limit=SUBJECT_LIMIT, missing="Say in a line what it is."),
        entered.text(
            "description", description, limit=BODY_LIMIT, missing="Describe what we can do for you."
        ),
    )
    entered.done()
    return read


def read_rating(value: object, words: object) -> tuple[int, str]:
    """Return how a case went, from 1 (badly) to 5 (very well), and why."""
    entered, problem = Entries(), f"Choose from 1 to {BEST}."
    rating = entered.whole("rating", value, problem=problem)
    if not 1 <= rating <= BEST:
        entered.refuse("rating", problem)
    said = entered.text("words", words, limit=REASON_LIMIT)
    entered.done()
    return rating, said
