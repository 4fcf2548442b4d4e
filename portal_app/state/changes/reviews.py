"""State behind the page that says which changes wait for staff, and in which steps (S0-12)."""

from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from portal_app.services import changes
from portal_app.state.access import admin
from portal_app.state.base import FormMixin, PortalState, load_key

STEPS = tuple(range(1, changes.MOST_STEPS + 1))
_AUTO, _REVIEW, _PROOF = (
    changes.ChangePolicy.AUTO,
    changes.ChangePolicy.REVIEW,
    changes.ChangePolicy.PROOF,
)
_WORDS = {
    _AUTO: "In force at once",
    _REVIEW: "After staff have looked at it",
    _PROOF: "After a code to the new address or number",
}
_BOTH = "After a code, and after staff have looked at it"


@dataclass(frozen=True)
class PolicyChoice:
    """One thing that a kind of change may wait for."""

    value: str
    label: str


@dataclass(frozen=True)
class RuleRow:
    """How one kind of change is treated."""

    kind: str
    title: str
    policy: str
    now: str
    steps_now: str
    version: str
    key: str
    choices: list[PolicyChoice] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, rule: changes.RuleView) -> "RuleRow":
        """Format one rule, with room for steps to come."""
        words = _WORDS | ({_REVIEW: _BOTH} if _PROOF in rule.policies else {})
        room = changes.MOST_STEPS - len(rule.steps)
        is_reviewed = rule.policy is _REVIEW
        return cls(
            kind=rule.kind,
            title=rule.title,
            policy=rule.policy.value,
            now=words[rule.policy],
            steps_now=", then ".join(title for title, _ in rule.steps) if is_reviewed else "",
            version=str(rule.version),
            key=load_key(),
            choices=[PolicyChoice(one.value, words[one]) for one in rule.policies],
            titles=[*(title for title, _ in rule.steps), *[""] * room],
            roles=[*(role for _, role in rule.steps), *["agent"] * room],
        )


class ReviewRulesState(FormMixin, PortalState):
    """What each kind of change waits for."""

    rows: list[RuleRow] = []
    editing: RuleRow = RuleRow("", "", "", "", "", "", "")
    is_loaded: bool = False

    @rx.event
    @admin
    async def load(self):
        """Show every rule."""
        self.rows, self.is_loaded = [], False
        self._shut()
        await self._refresh()

    @rx.event
    @admin
    async def refresh(self):
        """Show what a colleague has set meanwhile; what is being typed stays."""
        await self._refresh()

    @rx.event
    @admin
    async def edit(self, kind: str):
        """Open one rule for changing."""
        self._shut()
        self.editing = next((row for row in self.rows if row.kind == kind), self.editing)

    @rx.event
    @admin
    async def close(self, is_open: bool):  # noqa: FBT001 - the dialog says what it becomes
        """Close the editor without saving."""
        if not is_open:
            self._shut()

    @rx.event
    @admin
    async def save(self, form: dict[str, Any]):
        """Save the rule that is open."""
        with self._reporting():
            await self._ask(
                changes.set_rule,
                kind=self._text(form, "kind"),
                policy_name=self._text(form, "policy"),
                steps=[
                    (self._text(form, f"title_{place}"), self._text(form, f"role_{place}"))
                    for place in STEPS
                ],
                version=self._version(form),
                key=self._text(form, "key"),
            )
            self._shut()
            self._say("Saved. It holds for what is asked for from now on.")
            await self._refresh()

    def _shut(self) -> None:
        self.editing = RuleRow("", "", "", "", "", "", "")
        self.problem, self.field_problems = "", {}

    async def _refresh(self) -> None:
        with self._opening():
            found = await self._ask(changes.rules)
            self.rows, self.is_loaded = [RuleRow.of(rule) for rule in found], True
            self._watch(ReviewRulesState.refresh, f"settings:{self._actor.brand}")
