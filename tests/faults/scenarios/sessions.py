"""Browsers that are signed in, without the work of signing in."""

from portal_app import models as m
from portal_app.core.actor import Actor, Role
from portal_app.services import identity
from portal_app.services.transaction import transaction
from tests import factories as f
from tests.faults.scenarios.registry import SYSTEM, limiter
from tests.services.identity import people


def admin() -> Actor:
    return f.staff_actor(Role.ADMIN)


def signed_in(user: m.PortalUser, *, stage: m.SessionStage = m.SessionStage.FULL) -> Actor:
    """Open a session for somebody and return its browser."""
    with transaction(SYSTEM) as tx:
        given = {"brand_id": user.brand_id, "user_id": user.id, "stage": stage, "factors": 1}
        _, token = identity.open_session(tx, **given)
    return people.as_caller(token)


def stepped_up(user: m.PortalUser) -> Actor:
    """Return the browser of somebody who has just proved again who they are."""
    proof = {"password": people.PASSWORD, "limiter": limiter()}
    return people.as_caller(identity.step_up(signed_in(user), **proof).token)
