"""What the ways in that need a link or an app leave in the trail, taken rightly and wrongly."""

import pytest

from portal_app import models as m
from portal_app.core.errors import Invalid
from portal_app.models import Action
from portal_app.services import applications, identity, invitations
from tests import factories as f
from tests.services.applications.conftest import desk  # noqa: F401 - a fixture
from tests.services.applications.world import opened
from tests.services.identity.people import PASSWORD, as_caller, customer, sent_code, visitor
from tests.services.identity.test_security import enrol, stepped_up
from tests.services.invitations.world import PASSWORD as CHOSEN
from tests.services.invitations.world import covered, newest_code, newest_token

WRONG = "000000"


def trail():
    """The actions so far, in order, each with the reason that it gives."""
    entries = sorted(f.fetch_all(m.AuditEvent), key=lambda entry: entry.seq)
    return [(entry.action, entry.detail.get("reason", "")) for entry in entries]


def refused(reason):
    return (Action.SESSION_REFUSED.value, reason)


@pytest.mark.asvs("16.3.1")
def test_the_way_from_an_invitation_to_a_password(db, clock, limiter):
    covered().invite()
    session = invitations.start_activation(visitor(), token=newest_token(), limiter=limiter)
    actor = as_caller(session)
    assert trail()[-1] == (Action.INVITATION_OPENED.value, "")
    code = newest_code()
    wrong = WRONG if code != WRONG else "111111"
    with pytest.raises(Invalid):
        invitations.confirm_activation(actor, code=wrong, limiter=limiter)
    assert trail()[-1] == refused("invitation")
    renewed = invitations.confirm_activation(actor, code=code, limiter=limiter)
    invitations.finish_activation(as_caller(renewed), new_password=CHOSEN)
    actions = [action for action, _ in trail()]
    assert {Action.INVITATION_ACTIVATED, Action.USER_REGISTERED} <= set(actions)


@pytest.mark.asvs("16.3.1")
def test_the_way_into_an_application(desk, limiter):  # noqa: F811
    actor = opened(desk.copy("Ann"), limiter)
    code = sent_code("identity.code")
    wrong = WRONG if code != WRONG else "111111"
    with pytest.raises(Invalid):
        applications.confirm_access_code(actor, code=wrong, limiter=limiter)
    assert trail()[-1] == refused("application")
    applications.confirm_access_code(actor, code=code, limiter=limiter)
    assert trail()[-1] == (Action.APPLICATION_ENTERED.value, "")


@pytest.mark.asvs("16.3.1")
def test_a_second_factor_from_its_first_code_to_its_end(db, clock, limiter):
    customer()
    actor = stepped_up(limiter)
    identity.start_app_enrolment(actor)
    with pytest.raises(Invalid):
        identity.confirm_enrolment(actor, code=WRONG, limiter=limiter)
    assert trail()[-1] == refused("enrolment")
    _, outcome = enrol(actor, limiter, clock)
    assert Action.FACTOR_ENABLED in [action for action, _ in trail()]
    actor = as_caller(outcome.token)
    before = len(trail())
    with pytest.raises(Invalid):
        identity.disable_second_factor(actor, password="wrong words entirely", limiter=limiter)
    assert trail()[before:] == [refused("step_up")]
    identity.disable_second_factor(actor, password=PASSWORD, limiter=limiter)
    assert Action.FACTOR_DISABLED in [action for action, _ in trail()[before:]]
