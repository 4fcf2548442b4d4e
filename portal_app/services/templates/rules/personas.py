"""People who do not exist, for looking at a message before anybody gets it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from portal_app.services.templates.rules.kinds import Kind

_LINKS = ("link", "portal_link")
# What the sender of every message adds from the brand's own settings.
_OF_THE_BRAND = ("brand", "address", "support_phone", "support_hours", "support_email")


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody for whom a message is shown; of some nobody knows more than has to be known."""

    name: str
    words: str
    knows_little: bool = False


PERSONAS: Mapping[str, Persona] = MappingProxyType(
    {
        "usual": Persona("Grace Dlamini", "Grace Dlamini"),
        "long": Persona("Maximiliana-Theodora Featherstonehaugh", "A very long name"),
        "little": Persona("Li Wu", "Li Wu, little known", knows_little=True),
    }
)


def facts_for(kind: Kind, persona: Persona) -> tuple[dict[str, str], str]:
    """Return what fills the tags for a persona, and the path that the link leads to.

    Where little is known, every tag that may be empty is empty, the support contact as well.
    """
    known = {tag.name: tag.sample for tag in kind.tags if tag.name not in _OF_THE_BRAND}
    if persona.knows_little:
        known |= {tag.name: "" for tag in kind.tags if tag.may_be_empty}
    link = next((known.pop(name) for name in _LINKS if name in known), "")
    known |= {"person": persona.name, "first_name": persona.name.partition(" ")[0]}
    return known, link
