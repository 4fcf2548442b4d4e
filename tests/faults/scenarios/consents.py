"""What people agree to, and news to those who did."""

from portal_app.services import consents, notifications
from tests import factories as f
from tests.faults.scenarios.registry import Command, scenario
from tests.faults.scenarios.rentals import Paper


@scenario(consents.choose)
def somebody_agrees_to_news() -> Command:
    who = f.consumer_actor(f.account())
    return lambda: consents.choose(who, channel="email", given=True, key="click")


@scenario(consents.choose)
def staff_write_down_that_somebody_takes_it_back() -> Command:
    who = f.consumer_actor(f.account())
    consents.choose(who, channel="sms", given=True, key="before")
    told = {"person": who.person_id, "channel": "sms", "given": False, "note": "By phone."}
    clerk = f.staff_actor()
    return lambda: consents.choose(clerk, **told, key="click")


@scenario(notifications.send_marketing)
def news_is_sent_to_somebody_who_agreed() -> Command:
    who = f.consumer_actor(f.account())
    consents.choose(who, channel="email", given=True, key="before")
    news = {"person": who.person_id, "channel": "email", "subject": "Half price", "words": "Now."}
    clerk = f.staff_actor()
    return lambda: notifications.send_marketing(clerk, **news, key="click")


@scenario(consents.receipt_document, anew="Each time a document is taken is written down.")
def a_receipt_of_what_was_agreed_is_taken_away() -> Command:
    who = f.consumer_actor(f.account())
    receipt = consents.choose(who, channel="email", given=True, key="before")
    return lambda: consents.receipt_document(who, receipt=receipt, renderer=Paper())
