"""Whoever chooses a first password reads how long it must be, as the service demands it."""

from dataclasses import replace

import pytest

from portal_app import models as m
from portal_app.core.errors import Invalid
from portal_app.services import identity
from portal_app.state.base import PortalState
from portal_app.state.identity.register import RegisterState
from portal_app.state.invitations.activation import ActivatePasswordState
from tests import factories as f
from tests.services.identity.people import change, visitor
from tests.state.tabs import Tab


@pytest.mark.requirement("S3-12")
@pytest.mark.asvs("6.2.1")
@pytest.mark.parametrize(("is_demanded", "shortest"), [(False, 15), (True, 12)])
@pytest.mark.parametrize("state", [RegisterState, ActivatePasswordState])
async def test_the_page_names_the_length_that_is_taken(db, clock, state, is_demanded, shortest):
    stranger = visitor()
    change(f.fetch(m.PortalSettings), demand_second_factor=is_demanded)
    tab = Tab(stranger)
    portal = tab.state(PortalState)
    portal._caller = replace(portal._caller, brand_id=stranger.brand)
    await tab.call(state.load)
    assert tab.state(state).shortest == str(shortest)

    word = "qzxvkwjpyhgbmtd"[:shortest]
    assert identity.hash_new_password(stranger, password=word, context=[])
    with pytest.raises(Invalid, match=f"at least {shortest}"):
        identity.hash_new_password(stranger, password=word[:-1], context=[])
