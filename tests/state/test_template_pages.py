"""What staff see and do on the pages of emails and texts."""

import pytest

from portal_app import models as m
from portal_app.core.actor import Role
from portal_app.state.templates.editor import TemplateState
from portal_app.state.templates.list import TemplatesState
from tests import factories as f
from tests.state.tabs import Tab

PAGE = "/staff/settings/email-templates"


@pytest.fixture
def editor(db, clock):
    return f.sure(f.staff_actor(Role.MANAGER))


async def opened(actor, part="application-invitation", template=""):
    tab = Tab(actor)
    more = f"?template={template}" if template else ""
    tab.at(f"{PAGE}/{part}{more}", kind=part, **({"template": template} if template else {}))
    await tab.call(TemplateState.load)
    return tab, tab.state(TemplateState)


def form(state, **entered):
    kept = {name: getattr(state.form, name) for name in ("template", "version", "key")}
    return kept | {name: getattr(state.form, name) for name in ("subject", "text", "sms")} | entered


@pytest.mark.requirement("S2-13")
async def test_list_names_every_message_with_whose_words_are_sent(editor):
    tab = Tab(editor)
    await tab.call(TemplatesState.load)
    rows = tab.state(TemplatesState).rows
    assert rows[0].href == f"{PAGE}/application-invitation"
    assert {row.status for row in rows} == {"The portal’s words"}
    other, state = await opened(editor)
    await other.call(TemplateState.save, form(state, subject="Come in"))
    await tab.call(TemplatesState.refresh)
    assert tab.state(TemplatesState).rows[0].status == "Draft waits"


@pytest.mark.requirement("S2-13")
async def test_words_are_written_published_and_withdrawn(editor):
    tab, state = await opened(editor)
    assert state.form.subject == "{{ brand }} invites you to your application"
    await tab.call(TemplateState.save, form(state, subject="Come in, {{ first_name }}"))
    assert (state.view.status, state.view.has_draft) == ("Draft waits", True)
    assert state.preview.subject == "Come in, Grace"
    key = state.form.act_key
    for _press in range(2):
        await tab.call(TemplateState.publish, key)
        assert (state.problem, tab.said) == ("", "Published. The next message says this.")
    assert state.view.status == "Your words, version 1"
    await tab.call(TemplateState.save, form(state, subject="Second"))
    await tab.call(TemplateState.publish, state.form.act_key)
    older = next(row for row in state.versions if row.is_older)
    await tab.call(TemplateState.bring_back, older.number, older.key)
    assert state.form.subject == "Come in, {{ first_name }}"
    await tab.call(TemplateState.withdraw, state.form.act_key)
    assert (state.view.has_own, state.problem) == (False, "")


@pytest.mark.requirement("S2-15")
async def test_broken_tag_is_named_beside_the_field_and_in_the_preview(editor):
    tab, state = await opened(editor)
    broken = form(state, text="Open: {{ portal_link }")
    await tab.call(TemplateState.typed, broken)
    assert "{{ portal_link }} has been altered" in state.preview.fault
    await tab.call(TemplateState.save, broken)
    assert "{{ portal_link }} has been altered" in state.field_problems["text"]
    assert f.fetch_all(m.MessageTemplate) == []
    chips = {chip.written: chip.words for chip in state.tags}
    assert chips["{{ portal_link }}"].endswith("(must be there)")


async def test_preview_follows_what_is_written_for_each_persona(editor):
    tab, state = await opened(editor, "payment-receipt")
    assert "a fee of $10.00" in state.preview.text
    assert "See your payments</a>" in state.preview.html
    await tab.call(TemplateState.show_for, "little")
    assert "fee" not in state.preview.text
    await tab.call(TemplateState.typed, form(state, subject="Thanks, {{ first_name }}"))
    assert state.preview.subject == "Thanks, Li"
    await tab.call(TemplateState.show_for, "nobody")
    assert state.persona == "usual"


async def test_letter_is_tried_out_on_whoever_writes_it(editor):
    tab, state = await opened(editor)
    await tab.call(TemplateState.typed, form(state, subject="Try {{ first_name }}"))
    for key in (state.form.try_key, state.form.try_key, "another-click"):
        await tab.call(TemplateState.try_out, key)
    sent = f.fetch_all(m.OutboundMessage)
    own = f.fetch(m.StaffUser, user_id=editor.user_id).email
    assert [(one.subject, one.recipient) for one in sent] == [("Try Grace", own)] * 2
    assert own in tab.said


async def test_one_more_template_gets_a_name_and_an_address(editor):
    tab, state = await opened(editor)
    assert state.view.another == f"{PAGE}/application-invitation?template=new"
    tab, state = await opened(editor, template="new")
    assert (state.view.is_named, state.form.template) == (True, "")
    await tab.call(TemplateState.save, form(state, name="Guarantors"))
    made = f.fetch(m.MessageTemplate, name="Guarantors")
    assert state.command["url"] == f"{PAGE}/application-invitation?template={made.id}"
    tab, state = await opened(editor, template=made.id)
    assert state.view.name == "Invitation to the portal: Guarantors"


async def test_text_message_has_no_letter_to_show_or_try(editor):
    tab, state = await opened(editor, "identity-code")
    assert (state.view.has_letter, state.preview.html) == (False, "")
    assert state.preview.sms.endswith("#482 913")
    await tab.call(TemplateState.try_out, state.form.try_key)
    assert state.problem.startswith("This goes out as a text message only")


async def test_what_is_typed_stays_when_a_colleague_saves(editor):
    tab, state = await opened(editor)
    key = state.form.key
    colleague, theirs = await opened(f.sure(f.staff_actor(Role.ADMIN)))
    await colleague.call(TemplateState.save, form(theirs, subject="Theirs"))
    await tab.call(TemplateState.refresh)
    assert (state.view.status, state.form.key) == ("Draft waits", key)
    await tab.call(TemplateState.save, form(state, subject="Mine"))
    assert "colleague" in state.problem


@pytest.mark.asvs("7.5.1")
async def test_page_leads_to_a_confirmation_and_says_so_again_when_it_has_run_out(editor, clock):
    tab, state = await opened(editor)
    assert state.is_sure
    await tab.call(TemplateState.save, form(state, subject="Come in"))
    clock.advance(minutes=11)
    await tab.call(TemplateState.publish, state.form.act_key)
    assert state.problem.startswith("Confirm that it is you first")
    assert not state.is_sure
    assert state.view.back == f"{PAGE}/application-invitation"
    assert state.form.subject == "Come in"
