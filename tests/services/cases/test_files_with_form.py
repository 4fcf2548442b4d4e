"""Files sent with the form for a new case: the case's once it is open, nobody's if it never is."""

import io
import os
from datetime import timedelta

import pytest

from portal_app import models as m
from portal_app.core.errors import Conflict, Invalid, NotFound
from portal_app.services import cases, uploads
from tests import factories as f
from tests import files
from tests.services.cases.conftest import fresh_key
from tests.services.cases.test_files import store as store  # noqa: PLC0414 - a fixture
from tests.services.uploads.conftest import SYSTEM, Nobody


def begin(home, store, key, who="member", content=None):
    content = content or files.picture()
    asked = {
        "purpose": cases.WITH_FORM.key, "owner": key, "name": "receipt.jpg",
        "media_type": files.JPEG, "size": len(content), "sha256": files.fingerprint(content),
        "key": fresh_key(), "store": store,
    }  # fmt: skip
    return uploads.begin(home.who(who), **asked)


def arrived(home, store, key, who="member", content=None) -> str:
    content = content or files.picture()
    begun = begin(home, store, key, who, content)
    store.take(begun.ticket.fields, io.BytesIO(content), media_type=files.JPEG)
    uploads.confirm(home.who(who), document=begun.document, store=store)
    return begun.document


def check(document, store) -> None:
    uploads.check(SYSTEM, document=document, store=store, scanner=Nobody())
    uploads.empty_landing(SYSTEM, document=document, store=store)


def objects(store) -> list[str]:
    return [one.key for prefix in ("landing/", "sealed/") for one in store.objects(prefix)]


@pytest.mark.requirement("S1-16")
def test_what_was_sent_with_the_form_belongs_to_the_case_once_it_is_open(home, store):
    key = fresh_key()
    kept = arrived(home, store, key)
    check(kept, store)
    on_its_way = arrived(home, store, key, content=files.picture(size=(70, 48)))
    form = cases.case_form(home.who("member"), key=key)
    assert [one.id for one in form.files] == [kept, on_its_way]
    number = home.open("member", key=key)
    assert home.open("member", key=key) == number
    assert [one.id for one in home.thread(number, "head").files] == [kept, on_its_way]
    assert cases.case_form(home.who("member"), key=key).files == ()
    check(on_its_way, store)
    for who in ("head", "child", "representative", "agent"):
        for document in (kept, on_its_way):
            assert uploads.download(home.who(who), document=document, store=store).content
    owners = {(one.owner_type, one.owner_id, one.purpose) for one in f.fetch_all(m.Document)}
    assert owners == {("case", home.case(number).id, "case_attachment")}


@pytest.mark.requirement("S1-16")
def test_staff_send_files_with_the_form_too(home, store):
    key = fresh_key()
    sent = arrived(home, store, key, "agent")
    form = cases.case_form_about(home.agent, consumer=home.people["member"].id, key=key)
    assert [one.id for one in form.files] == [sent]
    number = home.open("agent", about="member", key=key)
    check(sent, store)
    assert [one.id for one in home.thread(number).files] == [sent]


@pytest.mark.requirement("S1-16")
@pytest.mark.asvs("8.2.2")
def test_what_waits_with_a_form_is_its_senders_alone(home, store):
    key = fresh_key()
    document = arrived(home, store, key)
    check(document, store)
    for who in ("head", "representative", "stranger", "agent", "manager"):
        with pytest.raises(NotFound):
            uploads.download(home.who(who), document=document, store=store)
        about = {"consumer": home.people["member"].id} if who in ("agent", "manager") else {}
        ask = cases.case_form_about if about else cases.case_form
        assert ask(home.who(who), key=key, **about).files == ()
    assert home.thread(home.open("head", key=key), "head").files == ()
    assert uploads.download(home.who("member"), document=document, store=store).content
    with pytest.raises(NotFound):
        begin(home, store, "", "member")


@pytest.mark.requirement("S1-12")
@pytest.mark.requirement("S1-16")
def test_a_form_that_is_refused_keeps_its_files(home, store):
    key = fresh_key()
    document = arrived(home, store, key)
    with pytest.raises(Invalid, match="Say in a line"):
        home.open("member", key=key, subject="")
    with pytest.raises(NotFound):
        home.open("member", key=key, about="child")
    assert [one.id for one in cases.case_form(home.who("member"), key=key).files] == [document]
    number = home.open("member", key=key)
    assert [one.id for one in home.thread(number).files] == [document]


@pytest.mark.requirement("S1-16")
def test_a_file_that_is_still_on_its_way_is_waited_for_until_its_time_is_over(home, store, clock):
    key = fresh_key()
    document = begin(home, store, key).document
    with pytest.raises(Conflict, match="still on its way"):
        home.open("member", key=key)
    assert f.fetch_all(m.Case) == []
    uploads.cancel(home.who("member"), document=document)
    assert home.thread(home.open("member", key=key)).files == ()
    later = fresh_key()
    begin(home, store, later)
    clock.time += timedelta(hours=1)
    assert home.thread(home.open("member", key=later)).files == ()


@pytest.mark.requirement("S1-16")
def test_a_form_that_is_left_leaves_nothing(home, store, clock):
    left, sent = fresh_key(), fresh_key()
    begin(home, store, left, content=files.picture(size=(70, 48)))
    for key in (left, sent):
        check(arrived(home, store, key), store)
    number = home.open("member", key=sent)
    clock.time += timedelta(hours=12)
    first = uploads.reconcile(SYSTEM, slot="noon", store=store)
    assert (first.abandoned, first.dropped) == (1, 0)
    for one in f.fetch_all(m.Document):
        if one.state is m.UploadState.ABANDONED:
            uploads.empty_landing(SYSTEM, document=one.id, store=store)
    clock.time += timedelta(hours=13)
    for place in objects(store):
        os.utime(store._path(place), (0, 0))  # a store's own clock says when something came
    second = uploads.reconcile(SYSTEM, slot="next noon", store=store)
    assert (second.dropped, second.removed, second.missing) == (2, 1, ())
    (document,) = f.fetch_all(m.Document)
    assert document.owner_id == home.case(number).id
    assert objects(store) == [document.storage_key]
    assert len(f.fetch_all(m.UploadSession)) == 1
    assert uploads.reconcile(SYSTEM, slot="later", store=store).dropped == 0


@pytest.mark.requirement("S1-16")
def test_a_file_is_taken_off_the_form_and_leaves_nothing_behind(home, store, clock):
    key, member = fresh_key(), home.who("member")
    kept = arrived(home, store, key)
    check(kept, store)
    unchecked = arrived(home, store, key, content=files.picture(size=(70, 48)))
    on_its_way = begin(home, store, key, content=files.picture(size=(80, 48))).document
    assert len(objects(store)) == 2
    for document in (kept, unchecked, on_its_way):
        assert uploads.take_off(member, document=document)
        assert not uploads.take_off(member, document=document)
        with pytest.raises(NotFound):
            uploads.download(member, document=document, store=store)
        check(document, store)  # the job that was left when it arrived finds nothing to do
    assert objects(store) == []
    assert cases.case_form(member, key=key).files == ()
    again = arrived(home, store, key)
    assert again != kept, "what was removed may be chosen again"
    assert [one.id for one in home.thread(home.open("member", key=key)).files] == [again]
    clock.time += timedelta(days=2)
    assert uploads.reconcile(SYSTEM, slot="later", store=store).dropped == 3
    assert [one.id for one in f.fetch_all(m.Document)] == [again]


@pytest.mark.requirement("S1-16")
def test_where_the_job_is_lost_what_was_taken_off_is_removed_all_the_same(home, store, clock):
    document = arrived(home, store, fresh_key())
    check(document, store)
    uploads.take_off(home.who("member"), document=document)
    clock.time += timedelta(hours=2)
    uploads.reconcile(SYSTEM, slot="later", store=store)
    assert f.fetch(m.Job, unique_key=f"empty:{document}:later").args == {"document_id": document}


@pytest.mark.requirement("S1-16")
@pytest.mark.parametrize("moment", ["looked at", "sealed"])
def test_a_file_taken_off_while_it_is_checked_is_not_kept(home, store, moment, monkeypatch):
    key, member = fresh_key(), home.who("member")
    document = arrived(home, store, key)
    write = store.write

    class Meanwhile(Nobody):
        def scan(self, content):
            if moment == "looked at":
                uploads.take_off(member, document=document)
            return super().scan(content)

    def written(place, content):
        write(place, content)
        uploads.take_off(member, document=document)

    monkeypatch.setattr(store, "write", written)
    uploads.check(SYSTEM, document=document, store=store, scanner=Meanwhile())
    uploads.empty_landing(SYSTEM, document=document, store=store)
    assert f.fetch(m.Document, id=document).state is m.UploadState.ABANDONED
    assert objects(store) == []


@pytest.mark.requirement("S1-16")
@pytest.mark.asvs("8.2.2")
def test_nobody_takes_off_somebody_elses_file_nor_one_that_has_been_sent(home, store):
    key = fresh_key()
    document = arrived(home, store, key)
    for who in ("head", "representative", "stranger", "agent", "manager"):
        with pytest.raises(NotFound):
            uploads.take_off(home.who(who), document=document)
    for made_up in ("", "nothing", None, 7):
        with pytest.raises(NotFound):
            uploads.take_off(home.who("member"), document=made_up)
    number = home.open("member", key=key)
    with pytest.raises(Conflict, match="has been sent"):
        uploads.take_off(home.who("member"), document=document)
    assert [one.id for one in home.thread(number).files] == [document]


@pytest.mark.requirement("S0-05")
def test_where_cases_are_switched_off_nothing_is_sent_with_a_form(home, store):
    f.switch("cases", is_on=False)
    with pytest.raises(NotFound):
        begin(home, store, fresh_key())
