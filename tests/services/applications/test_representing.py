"""Who acts for a party: somebody whom they trust with applications, and nobody else."""

from dataclasses import replace

import pytest

from portal_app.core.actor import Trust
from portal_app.core.errors import NotFound
from portal_app.services import applications
from portal_app.services.applications import AnswerSaved
from tests import factories as f
from tests.services.applications.world import NUMBER


@pytest.fixture
def helper(desk):
    """Somebody with two proofs whom Ann, who is let in, trusts as the test says."""
    ann = desk.signed_in("Ann")
    who = f.person(given_name="Hana")
    plain = replace(ann, user_id=f.user(who).id, person_id=who.id, name=who.name)

    def trusted(area, reach):
        return replace(plain, trusted=frozenset({Trust(ann.person_id, area, reach)}))

    return trusted


@pytest.mark.requirement("S2-08")
def test_whoever_may_act_in_applications_fills_in_under_a_name_of_their_own(desk, helper):
    hana = helper("applications", "act")
    assert [one.number for one in applications.my_applications(hana).rows] == [NUMBER]
    assert desk.save(hana, "family_name", "Holloway") == AnswerSaved(1, "Holloway")
    seen = desk.read(desk.agent).answers["family_name"]
    assert (seen.by, seen.is_own) == (hana.name, False)
    applications.set_sharing(desk.agent, number=NUMBER, mode="own_sections", key="own")
    people = {one.person for one in applications.tasks(hana, number=NUMBER).sections}
    assert people == {"Ann Holloway"}


@pytest.mark.requirement("S2-01")
@pytest.mark.parametrize(
    ("area", "reach"), [("applications", "view"), ("applications", "none"), ("cases", "act")]
)
def test_any_other_trust_opens_no_application(desk, helper, area, reach):
    other = helper(area, reach)
    assert applications.my_applications(other).rows == ()
    assert not applications.has_applications(other)
    for refused in (
        lambda: applications.tasks(other, number=NUMBER),
        lambda: desk.read(other),
        lambda: desk.save(other, "family_name", "x"),
        lambda: applications.submit(other, number=NUMBER, key="in"),
    ):
        with pytest.raises(NotFound):
            refused()
