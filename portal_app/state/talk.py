"""What was said in a conversation, as every page shows it."""

from dataclasses import dataclass

from portal_app.services import messages
from portal_app.state.formats import short_moment

TEAM = "Our team"


@dataclass(frozen=True)
class Talk:
    """One entry of a conversation, as `components.conversation` shows it."""

    who: str
    role: str
    when: str
    iso: str
    words: str
    side: str

    @classmethod
    def of(cls, said: messages.Said, zone: str) -> "Talk":
        """Format what was said or what happened."""
        shown = {"when": short_moment(said.at, zone), "iso": said.at.isoformat()}
        if said.kind == "moment":
            who = f"{said.title} · {said.by_name}" if said.by_name else said.title
            return cls(who=who, role="", words=said.body, side="happened", **shown)
        if said.kind == "note" and said.title:
            who, role = f"{said.title} {said.body}", f"Internal · {said.by_name}"
            return cls(who=who, role=role, words="", side="happened", **shown)
        if said.kind == "note":
            role = "Internal note"
            return cls(who=said.by_name, role=role, words=said.body, side="note", **shown)
        side = "own" if said.is_own else "team" if said.by_staff else "other"
        who = "You" if said.is_own else said.by_name
        role = TEAM if said.by_staff and not said.is_own else ""
        return cls(who=who, role=role, words=said.body, side=side, **shown)
