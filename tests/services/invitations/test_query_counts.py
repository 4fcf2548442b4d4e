"""How much staff's pages about invitations ask of the database, however many people there are."""

from portal_app import models as m
from portal_app.services import access, invitations
from tests import factories as f
from tests.counting import count_queries
from tests.services.invitations.world import covered, service


def counts(engine, cover):
    with count_queries(engine) as people:
        invitations.people(cover.agent, account=cover.account.number)
    with count_queries(engine) as listed:
        invitations.invitations(cover.agent)
    with count_queries(engine) as found:
        access.customers(cover.agent, search=cover.holder.family_name)
    return len(people), len(listed), len(found)


def test_the_number_of_queries_does_not_grow_with_the_people(any_db, clock):
    cover = covered()
    cover.invite("one")
    few = counts(any_db, cover)
    for n in range(8):
        holder = f.person(family_name=cover.holder.family_name)
        f.contact(cover.account, holder, role=m.ContactRole.AUTHORISED)
        service(cover.account, holder)
        whom = {"account": cover.account.number, "person": holder.id, "key": f"more-{n}"}
        invitations.request_verification(cover.agent, **whom)
        covered(family_name=cover.holder.family_name)
    assert counts(any_db, cover) == few
    assert few[0] <= 9
    assert few[1] <= 2
    assert few[2] <= 6
