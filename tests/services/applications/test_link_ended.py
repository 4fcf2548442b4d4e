"""What a browser is whose link to an application is over: nobody, but one who may ask again."""

from dataclasses import replace

import pytest

from portal_app import models as m
from portal_app.services import applications, identity
from tests import factories as f
from tests.services.applications.world import entered
from tests.services.identity.people import visitor


@pytest.mark.requirement("S2-10")
def test_a_browser_whose_link_ran_out_is_nobody_and_asks_for_another_by_its_session(
    desk, limiter, clock
):
    guest = entered(desk.copy("Ann"), limiter)
    token_hash = f.fetch(m.PortalSession, id=guest.session_id).token_hash
    assert identity.caller_for(token_hash).ended_link == ""
    clock.advance(days=7)
    caller = identity.caller_for(token_hash)
    assert (caller.actor.is_anonymous, caller.session_id) == (True, "")
    page = applications.access_page(visitor(), link=caller.ended_link)
    assert (page.standing, page.mobile, page.until) == ("expired", "", None)
    applications.ask_for_access(visitor(), link=caller.ended_link, limiter=limiter)
    assert f.fetch(m.Invitation, id=caller.ended_link).renewal_asked_at
    elsewhere = replace(visitor(), brand=f.brand(key="elsewhere").id)
    assert applications.access_page(elsewhere, link=caller.ended_link).standing == "unknown"
