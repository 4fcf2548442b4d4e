"""Templates in the database: draft, publish, bring back, and what is really sent."""

from dataclasses import replace

import pytest
from hypothesis import given

from portal_app import models as m
from portal_app import wiring
from portal_app.core.actor import Role
from portal_app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from portal_app.jobs import catalogue
from portal_app.jobs.engine import Worker
from portal_app.services import notifications, templates
from portal_app.services.transaction import reading, transaction
from tests import factories as f
from tests.anything import anything, hostile, refused_without_a_trace
from tests.services.notifications.test_sending import Carrier
from tests.services.notifications.test_telling import SYSTEM

KIND = "application.invitation"
SUBJECT = "Come in, {{ first_name }}"
TEXT = "Hello {{ first_name }},\n\nAll about {{ application }}.\n\nOpen it: {{ portal_link }}"
FACTS = {"person": "Rosa Diaz", "application": "A-1007", "until": "6 December"}


@pytest.fixture
def editor(any_db, clock):
    return f.sure(f.staff_actor(Role.MANAGER))


def draft(actor, key="click", version=0, **changed):
    given = {"kind": KIND, "subject": SUBJECT, "text": TEXT} | changed
    return templates.save_draft(actor, **given, version=version, key=key)


def publish(actor, template, version, key="publish"):
    return templates.publish(actor, template=template, version=version, key=key)


def in_force(actor, kind=KIND):
    with reading() as session:
        return templates.wording_in_force(session, brand=actor.brand, kind=kind)


def send(brand, key="k", **changed):
    given = {
        "topic": KIND, "brand_id": brand, "recipient": "rosa@example.com", "facts": FACTS,
        "dedupe_key": key, "link": "/activate/secret", "carries_secret": True,
    } | changed  # fmt: skip
    with transaction(SYSTEM) as tx:
        notifications.send_mail(tx, **given)
    return f.fetch(m.OutboundMessage, dedupe_key=key)


@pytest.mark.requirement("S2-13")
def test_letter_says_what_its_brand_has_published_and_what_was_sent_stays(editor):
    brand = editor.brand
    assert send(brand, "files").subject == "Harbourline invites you to your application"
    template = draft(editor)
    assert send(brand, "still").subject == "Harbourline invites you to your application"
    publish(editor, template, 1)
    sent = send(brand, "own")
    assert sent.subject == "Come in, Rosa"
    assert sent.text.startswith("Hello Rosa,\n\nAll about A-1007.\n\nOpen it: http")
    draft(editor, key="second", template=template, version=2, subject="Second")
    publish(editor, template, 3, key="p2")
    assert send(brand, "newer").subject == "Second"
    assert f.fetch(m.OutboundMessage, dedupe_key="own").subject == "Come in, Rosa"


@pytest.mark.requirement("S2-13")
def test_another_brand_keeps_its_own_words(editor):
    publish(editor, draft(editor), 1)
    other = f.brand(name="Beacon", key="beacon")
    assert send(other.id, "theirs").subject == "Beacon invites you to your application"
    stranger = f.sure(f.staff_actor(Role.ADMIN, brand_id=other.id))
    with pytest.raises(NotFound):
        templates.opened(stranger, kind=KIND, template=f.fetch(m.MessageTemplate).id)
    assert templates.opened(stranger, kind=KIND).sheet.id == ""


@pytest.mark.requirement("S2-13")
def test_versions_are_kept_and_an_older_one_can_be_brought_back(editor):
    template = draft(editor)
    publish(editor, template, 1)
    draft(editor, key="b", template=template, version=2, subject="Second")
    publish(editor, template, 3, key="pb")
    shown = templates.opened(editor, kind=KIND)
    assert [(one.number, one.state.value) for one in shown.versions] == [
        (2, "published"), (1, "replaced"),
    ]  # fmt: skip
    templates.bring_back(editor, template=template, number=1, version=4, key="back")
    shown = templates.opened(editor, kind=KIND)
    assert (shown.wording.subject, shown.sheet.has_draft) == (SUBJECT, True)
    assert in_force(editor).subject == "Second"
    publish(editor, template, 5, key="pc")
    assert in_force(editor).subject == SUBJECT
    templates.withdraw(editor, template=template, version=6, key="w")
    assert in_force(editor) is None
    assert len(f.fetch_all(m.TemplateVersion)) == 3


@pytest.mark.requirement("S2-13")
def test_staff_choose_among_the_published_templates_of_a_kind(editor):
    agent = f.staff_actor(Role.AGENT)
    (only,) = templates.choices(agent, kind=KIND)
    assert (only.id, only.name) == ("", "Standard")
    template = draft(editor, name="Guarantors", subject="For guarantors")
    assert len(templates.choices(agent, kind=KIND)) == 1
    publish(editor, template, 1)
    names = [one.name for one in templates.choices(agent, kind=KIND)]
    assert names == ["Standard", "Guarantors"]
    assert in_force(editor) is None  # nobody chose it: the portal's own words are sent
    publish(editor, draft(editor, key="std"), 1, key="ps")
    assert [one.name for one in templates.choices(agent, kind=KIND)] == names


@pytest.mark.requirement("S2-14")
def test_words_of_one_sending_are_not_kept(editor):
    publish(editor, draft(editor), 1)
    once = templates.checked(kind=KIND, subject="Just once", text="Here: {{ portal_link }}")
    assert send(editor.brand, "once", wording=once).subject == "Just once"
    assert send(editor.brand, "after").subject == "Come in, Rosa"
    assert in_force(editor).subject == SUBJECT


@pytest.mark.requirement("S2-15")
def test_broken_tag_is_refused_by_name_and_nothing_is_kept_or_sent(editor):
    with pytest.raises(Invalid) as refused:
        draft(editor, text="Open it: {{ portal_link }")
    assert "{{ portal_link }} has been altered" in refused.value.fields["text"]
    assert f.fetch_all(m.MessageTemplate) == f.fetch_all(m.OutboundMessage) == []
    draft(editor)  # the same click, put right


def test_html_part_has_the_same_words_a_button_and_no_markup_of_theirs(editor, monkeypatch):
    carrier = Carrier()
    monkeypatch.setattr(wiring, "mailer", lambda: carrier)
    text = f"<b>{{{{ person }}}}</b>\n\n{TEXT}"
    publish(editor, draft(editor, text=text), 1)
    send(editor.brand, facts={**FACTS, "person": "Rosa <script>alert(1)</script>"})
    Worker(catalogue.JOBS).run_due()
    (letter,) = carrier.taken
    assert "&lt;b&gt;Rosa &lt;script&gt;" in letter.html
    assert "<script>alert" not in letter.html
    assert 'href="http://localhost:8100/activate/secret"' in letter.html
    assert "Open it</a>" in letter.html
    assert "All about A-1007." in letter.html
    assert "All about A-1007." in letter.text
    assert "{{" not in letter.html + letter.text


def test_text_message_with_a_code_keeps_its_last_line(editor):
    template = templates.save_draft(
        editor, kind="identity.code", sms="{{ code }} for {{ brand }}", key="sms"
    )
    publish(editor, template, 1)
    with transaction(SYSTEM) as tx:
        notifications.send_text(
            tx, topic="identity.code", brand_id=editor.brand, recipient="+18135550100",
            facts={"code": "493021"}, dedupe_key="t",
        )  # fmt: skip
    sent = f.fetch(m.OutboundMessage, dedupe_key="t").text
    assert sent == "493021 for Harbourline\n\n@localhost #493021"


def test_notice_in_the_portal_says_what_the_letter_says(editor):
    wording = {"subject": "Got {{ number }}", "text": "Hello,\n\nThanks.\n\nSee: {{ link }}"}
    template = templates.save_draft(editor, kind="case.opened", **wording, key="c")
    publish(editor, template, 1)
    person = f.person()
    with transaction(SYSTEM) as tx:
        notifications.tell(
            tx, topic="case.opened", brand_id=editor.brand, to=[person.id],
            facts={"number": "C-1", "subject_line": "x", "words": "y"}, link="/cases/C-1",
        )  # fmt: skip
    notice = f.fetch(m.Notification, person_id=person.id)
    assert (notice.title, notice.body) == ("Got C-1", "Thanks.")


@pytest.mark.parametrize("command", ["publish", "withdraw", "bring_back"])
def test_colleagues_change_in_between_is_not_lost(editor, command):
    template = draft(editor)
    more = {"number": 1} if command == "bring_back" else {}
    with pytest.raises(Conflict):
        getattr(templates, command)(editor, template=template, **more, version=0, key="late")
    with pytest.raises(Conflict):
        draft(editor, key="late-too", template=template)
    with pytest.raises(Conflict):
        draft(editor, key="anew")


def test_same_click_twice_is_one_version(editor):
    template = draft(editor)
    assert draft(editor) == template
    publish(editor, template, 1)
    publish(editor, template, 1)
    assert len(f.fetch_all(m.TemplateVersion)) == 1
    with pytest.raises(Conflict):
        publish(editor, template, 2, key="nothing")


def test_only_managers_and_admins_word_messages(editor):
    template = draft(editor)
    for role, refusal in ((Role.AGENT, NotAllowed),):
        with pytest.raises(refusal):
            templates.kinds(f.staff_actor(role))
    customer = f.consumer_actor(f.account())
    for call in (
        lambda: templates.kinds(customer),
        lambda: templates.choices(customer, kind=KIND),
        lambda: publish(customer, template, 1),
    ):
        with pytest.raises(NotFound):
            call()
    assert [line.kind.key for line in templates.kinds(editor)] == list(templates.KINDS)


@hostile
@given(anything, anything, anything)
def test_anything_that_is_sent_is_refused_without_a_trace(editor, first, second, third):
    refused_without_a_trace(
        lambda: draft(editor, kind=first, subject=second, text=third, name=second, key="h")
    )
    refused_without_a_trace(lambda: publish(editor, first, second))
    refused_without_a_trace(lambda: templates.opened(editor, kind=first, template=second))


@pytest.mark.asvs("7.5.1")
def test_words_are_sent_only_once_somebody_has_confirmed_who_they_are(editor):
    hurried = replace(editor, stepped_up_until=None)
    template = draft(hurried)  # sent to nobody: typing is never lost over this
    with pytest.raises(NotAllowed, match="Confirm that it is you first"):
        publish(hurried, template, 1)
    assert in_force(editor) is None
    publish(editor, template, 1)
    with pytest.raises(NotAllowed, match="Confirm that it is you first"):
        templates.withdraw(hurried, template=template, version=2, key="w")
    assert in_force(editor).subject == SUBJECT
