"""What was done about an application, by whom: also by those who came by a link."""

import pytest

from portal_app import models as m
from portal_app.core.actor import Role
from portal_app.core.errors import NotFound
from portal_app.services import applications, audit
from tests import factories as f
from tests.counting import count_queries
from tests.services.applications.world import NUMBER, entered, fresh_key
from tests.services.proposals.conftest import LABEL, make_deal, store  # noqa: F401


def told(desk, **given):
    rows = applications.application_history(desk.agent, number=NUMBER, **given).rows
    return [(one.sentence, one.about, one.who) for one in rows]


@pytest.mark.requirement("S2-08")
@pytest.mark.asvs("16.2.1")
def test_a_guest_is_named_in_the_trail_from_the_code_on_and_not_before(desk, limiter):
    ann = entered(desk.copy("Ann"), limiter)
    entries = f.fetch_all(m.AuditEvent)
    opened = next(one for one in entries if one.action == m.Action.INVITATION_OPENED)
    came_in = next(one for one in entries if one.action == m.Action.APPLICATION_ENTERED)
    assert (opened.actor_kind, opened.actor_id) == ("anonymous", "")
    assert (came_in.actor_kind, came_in.actor_id) == ("guest", ann.person_id)
    admin = f.staff_actor(Role.ADMIN)
    (found,) = audit.history(admin, action=m.Action.APPLICATION_ENTERED).rows
    assert (found.who, found.actor_kind) == ("Ann Holloway", "guest")
    assert [one.seq for one in audit.history(admin, who=ann.person_id).rows] == [found.seq]


@pytest.mark.requirement("S2-08")
@pytest.mark.requirement("S2-18")
def test_staff_read_who_did_what_to_whom_the_newest_first(desk, limiter):
    desk.let_in("Ann", limiter)
    share = {"number": NUMBER, "form": "income", "is_on": False}
    applications.share_form(desk.agent, **share, key=fresh_key())
    ben = {"party": desk.parties["Ben"].id, "is_on": True}
    applications.set_access(desk.agent, number=NUMBER, **ben, key=fresh_key())
    seen = told(desk)
    assert seen[:3] == [
        ("Let somebody into an application", "Ben Holloway", "Dana Okafor"),
        ("Put a form of an application away", "Income", "Dana Okafor"),
        ("Came into an application by a link and a code", "", "Ann Holloway"),
    ]
    assert ("Opened a link and was sent a code", "Ann Holloway", "") in seen


def test_it_holds_nothing_of_other_applications_and_is_read_by_staff_of_the_brand_alone(
    desk, limiter
):
    ann = desk.let_in("Ann", limiter)
    other = f.application(number="MA-2", kind="mortgage")
    f.party(other, desk.people["Ann"])
    assert applications.application_history(desk.agent, number="MA-2").rows == ()
    rival = f.staff_actor(brand_id=f.brand(key="other", name="Other").id)
    for actor in (ann, rival):
        with pytest.raises(NotFound):
            applications.application_history(actor, number=NUMBER)
    with pytest.raises(NotFound):
        audit.history_about(None, ann, objects={"application": [desk.application.id]})


def test_a_long_history_goes_on_where_it_stopped(sqlite_desk, monkeypatch):
    monkeypatch.setattr("portal_app.services.audit.queries.PAGE", 3)
    for is_on in (True, False, True, False):
        share = {"number": NUMBER, "form": "income", "is_on": is_on}
        applications.share_form(sqlite_desk.agent, **share, key=fresh_key())
    first = applications.application_history(sqlite_desk.agent, number=NUMBER)
    rest = applications.application_history(sqlite_desk.agent, number=NUMBER, after=first.after)
    assert (len(first.rows), rest.after) == (3, "")
    assert not {one.id for one in first.rows} & {one.id for one in rest.rows}


def test_its_length_costs_no_more_queries(sqlite_desk, db, limiter):
    def cost():
        with count_queries(db) as queries:
            applications.application_history(sqlite_desk.agent, number=NUMBER)
        return len(queries)

    sqlite_desk.let_in("Ann", limiter)
    few = cost()
    for name in ("Ben", "Cora"):
        sqlite_desk.let_in(name, limiter)
    assert cost() == few <= 12


@pytest.mark.requirement("S4-28")
def test_documents_and_what_was_asked_for_stand_by_name(any_db, clock, store):  # noqa: F811
    deal = make_deal(store)
    deal.ask_for()
    document = deal.kept()
    deal.show(document)
    rows = applications.application_history(deal.clerk, number=deal.number).rows
    seen = [(one.sentence, one.about) for one in rows]
    assert seen[0] == ("Let customers see a document", "payslip.pdf")
    assert ("Asked for a document", LABEL) in seen
    assert ("Sent a file", "payslip.pdf") in seen
