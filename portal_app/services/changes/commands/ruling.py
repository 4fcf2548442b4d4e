"""What an administrator sets: which changes wait for staff, and in which steps."""

from portal_app.core.actor import Actor
from portal_app.core.entries import Entries
from portal_app.core.errors import Conflict
from portal_app.models import Action, ChangePolicy, ChangeRule
from portal_app.services.changes import policy
from portal_app.services.changes.rules.kinds import kind_of
from portal_app.services.changes.rules.workflow import read_steps
from portal_app.services.transaction import transaction


def set_rule(
    actor: Actor, *, kind: str, policy_name: object, steps: object, version: object, key: str
) -> int:
    """Say what a kind of change waits for in the actor's brand, and return the new version.

    `policy_name` is one of the kind's own; `steps` are pairs of title and role, in their order.
    Requests that wait already keep their steps. `version` is the one that was read.
    """
    policy.require_admin(actor)
    with transaction(actor) as tx:
        chosen_kind = kind_of(kind)
        if (earlier := tx.earlier_answer(key, "changes.set_rule", kind)) is not None:
            return int(earlier)
        entered = Entries()
        problem = "Choose what this waits for."
        chosen = entered.choice("policy", policy_name, ChangePolicy, problem=problem)
        if chosen not in chosen_kind.policies:
            entered.refuse("policy", problem)
        planned = read_steps(entered, steps)
        entered.done()
        place = (actor.brand, chosen_kind.key)
        rule = tx.session.get(ChangeRule, place, with_for_update=True)
        if version != (rule.version if rule else 0):
            raise Conflict("A colleague changed this meanwhile. Look at it again first.")
        assert chosen is not None
        rule = rule or ChangeRule(brand_id=actor.brand, kind=chosen_kind.key, policy=chosen)
        rule.policy, rule.version = chosen, rule.version + 1 if version else 1
        rule.steps = [{"title": step.title, "role": step.role.value} for step in planned]
        tx.session.add(rule)
        tx.record(
            Action.CHANGE_RULE_SET,
            "change_rule",
            chosen_kind.key,
            policy=chosen.value,
            steps=len(planned),
        )
        tx.touch(f"settings:{actor.brand}")
        return int(tx.answer(key, str(rule.version)))
