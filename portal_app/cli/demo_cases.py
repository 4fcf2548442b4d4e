"""The demonstration's cases: opened, answered and closed by their people, days and hours ago."""

import tomllib
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from portal_app.core import clock
from portal_app.core.actor import Actor, ActorKind, Role
from portal_app.services import cases, demo

SOURCE = Path(__file__).parents[2] / "demo"
# What can happen to a case: the command, and what of a step it takes beside the number.
_Step = tuple[Callable[..., object], tuple[str, ...]]
_STEPS: dict[str, _Step] = {
    "take_up": (cases.take_up, ()),
    "comment": (cases.add_comment, ("words",)),
    "note": (cases.add_note, ("words",)),
    "ask": (cases.request_info, ("words",)),
    "priority": (cases.set_priority, ("priority",)),
    "accept": (cases.accept_solution, ()),
    "rate": (cases.rate, ("rating", "words")),
}


def bring_about(actor: Actor, brand: str) -> None:
    """Have the brand's customers ask and its staff answer; what has been asked is left alone."""
    wanted = tomllib.loads((SOURCE / "cases.toml").read_text(encoding="utf-8"))
    manager = Actor(ActorKind.STAFF, "demo", "", "Demo", actor.brand, frozenset({Role.MANAGER}))
    known = {one.title for one in cases.templates(manager)}
    for place, one in enumerate(wanted["template"]):
        if one["brand"] == brand and one["title"] not in known:
            words = {"title": one["title"], "words": one["body"]}
            cases.save_template(manager, **words, key=f"demo-template-{place}")
    for place, one in enumerate(wanted["case"]):
        if one["brand"] == brand:
            _bring_about(actor, one, f"demo-case-{place}")


def _bring_about(actor: Actor, case: dict[str, Any], key: str) -> None:
    opener = demo.stand_in(actor, name=case["opened_by"])
    if cases.cases_of(opener, search=case["subject"]).rows:
        return
    at = clock.now() - timedelta(hours=case["hours_ago"])
    with _then(at):
        number = cases.open_case(
            opener,
            **{name: case[name].strip() for name in ("topic", "subject", "description")},
            **_pair(opener, case),
            key=key,
        )
    for place, step in enumerate(case.get("then", [])):
        at += timedelta(hours=step["after"])
        with _then(at):
            _go_on(demo.stand_in(actor, name=step["by"]), number, step, f"{key}-{place}")


def _then(moment: datetime) -> AbstractContextManager[None]:
    return clock.reading(lambda: moment)


def _pair(opener: Actor, case: dict[str, Any]) -> dict[str, str]:
    """Return the household and the person by their names, as somebody picks them in the form."""
    about = case.get("about", opener.name)
    return next(
        {"household": one.household_id, "consumer": one.consumer_id}
        for one in cases.case_form(opener).choices
        if (one.household_name, one.consumer_name) == (case.get("household", ""), about)
    )


def _go_on(actor: Actor, number: str, step: dict[str, Any], key: str) -> None:
    if step["do"] == "take":
        cases.assign(actor, number=number, user=actor.user_id, key=key)
    elif step["do"] == "propose":
        solved = {"resolution": step["resolution"], "notes": step["words"].strip()}
        cases.propose_solution(actor, number=number, **solved, key=key)
    else:
        command, taken = _STEPS[step["do"]]
        command(actor, number=number, **{name: step[name].strip() for name in taken}, key=key)
