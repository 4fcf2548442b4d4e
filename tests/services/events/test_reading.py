"""What reading costs: a fixed number of queries, however much there is to read."""

from portal_app.core.actor import Actor
from portal_app.services import events
from tests.counting import count_queries
from tests.services.events.conftest import emit, fresh_key

SYSTEM = Actor.system("tests")


def test_queries_of_connections_and_of_the_feed_do_not_grow(any_db, admin, sender):
    crm = events.integration_for(events.create_token(admin, name="CRM", key=fresh_key()).value)

    def asked():
        with count_queries(any_db) as queries:
            events.connections(admin, state="")
            events.event_feed(crm)
        return len(queries)

    def more(times):
        for place in range(times):
            url = f"https://crm-{place}.example.com/"
            events.add_endpoint(admin, url=url, sender=sender, key=fresh_key())
            events.create_token(admin, name="CRM", key=fresh_key())
            events.spread(SYSTEM, event_id=emit(admin.brand))

    more(1)
    few = asked()
    more(8)
    assert asked() == few <= 6
