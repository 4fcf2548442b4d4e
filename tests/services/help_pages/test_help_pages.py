import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app import models as m
from portal_app.core.actor import ANONYMOUS, Role
from portal_app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from portal_app.services import help_pages
from tests import factories as f
from tests.anything import anything, hostile, refused_without_a_trace

_keys = iter(range(10**6))


@pytest.fixture
def editor(any_db, clock):
    return f.staff_actor(Role.MANAGER)


def write(editor, question="How do I call an item off rent?", **values) -> str:
    given = {"answer": "Open Items out, then choose Call off rent.", "is_published": True}
    given |= {"key": f"key-{next(_keys)}"}
    return help_pages.save_article(editor, question=question, **given | values)


def read(actor, **wanted) -> list[str]:
    return [answer.question for answer in help_pages.answers(actor, **wanted)]


@pytest.mark.requirement("S0-03")
def test_published_question_is_on_the_help_page_and_gone_once_unpublished(editor):
    customer = f.consumer_actor(f.account())
    article = write(editor)
    assert read(customer) == ["How do I call an item off rent?"]
    assert read(ANONYMOUS, brand=editor.brand) == read(customer)
    write(editor, article=article, version=1, is_published=False)
    assert read(customer) == read(ANONYMOUS, brand=editor.brand) == []


@pytest.mark.guards("help_pages.visible_to")
@pytest.mark.requirement("S0-03")
def test_answers_for_staff_are_not_shown_to_customers(editor):
    write(editor, "Where is the key safe?", audience="staff")
    write(editor)
    assert read(f.consumer_actor(f.account())) == ["How do I call an item off rent?"]
    assert len(read(f.staff_actor())) == 2


@pytest.mark.requirement("S0-03")
def test_search_finds_every_word_in_question_or_answer(editor):
    write(editor)
    write(editor, "When do you open?", answer="At 7, 100% of weekdays.")
    customer = f.consumer_actor(f.account())
    assert read(customer, search="RENT items") == ["How do I call an item off rent?"]
    assert read(customer, search="0% week") == ["When do you open?"]
    assert read(customer, search="rent weekdays") == []
    for odd in ("%", "", None, ["x"], 5, "\x00"):
        read(customer, search=odd)


def test_questions_keep_the_order_that_their_editor_gives_them(editor):
    ids = [write(editor, question) for question in ("One?", "Two?", "Three?")]
    help_pages.move_article(editor, article=ids[2], up=True, key="a")
    help_pages.move_article(editor, article=ids[0], up=True, key="b")
    assert read(editor) == ["One?", "Three?", "Two?"]
    help_pages.move_article(editor, article=ids[0], up=False, key="c")
    help_pages.move_article(editor, article=ids[0], up=False, key="c")
    assert read(editor) == ["Three?", "One?", "Two?"]
    help_pages.delete_article(editor, article=ids[0])
    assert read(editor) == ["Three?", "Two?"]


def test_two_editors_do_not_overwrite_each_other(editor):
    article = write(editor)
    write(editor, "Changed?", article=article, version=1)
    with pytest.raises(Conflict):
        write(f.staff_actor(Role.ADMIN), "Overwritten?", article=article, version=1)
    assert read(editor) == ["Changed?"]


def test_same_click_twice_writes_one_question(editor):
    assert write(editor, key="click") == write(editor, key="click")
    assert len(f.fetch_all(m.HelpArticle)) == len(f.fetch_all(m.AuditEvent)) == 1


def test_empty_and_overlong_questions_are_refused_by_field(editor):
    with pytest.raises(Invalid) as refusal:
        write(editor, " ", answer="x" * 4001, audience="everybody", is_published="yes")
    assert set(refusal.value.fields) == {"question", "answer", "audience", "is_published"}


def test_only_managers_and_administrators_of_the_brand_write(editor):
    article = write(editor)
    with pytest.raises(NotAllowed):
        write(f.staff_actor())
    with pytest.raises(NotAllowed):
        help_pages.articles(f.staff_actor())
    rival = f.staff_actor(Role.ADMIN, brand_id=f.brand(key="orchard", name="Orchard").id)
    for actor in (rival, f.consumer_actor(f.account()), ANONYMOUS):
        with pytest.raises(NotFound):
            write(actor, article=article, version=1)
        with pytest.raises(NotFound):
            help_pages.delete_article(actor, article=article)
        with pytest.raises(NotFound):
            help_pages.move_article(actor, article=article, up=True, key="k")
    assert help_pages.articles(rival) == () == help_pages.answers(rival)
    assert read(editor) == ["How do I call an item off rent?"]


@hostile
@given(
    field=st.sampled_from(["article", "question", "answer", "audience", "is_published", "key"]),
    value=anything,
)
def test_help_pages_take_anything_without_harm(editor, field, value):
    refused_without_a_trace(lambda: write(editor, **{field: value}))
    refused_without_a_trace(
        lambda: help_pages.move_article(editor, article=value, up=value, key=value)
    )
    refused_without_a_trace(lambda: help_pages.delete_article(editor, article=value))
    refused_without_a_trace(lambda: help_pages.answers(editor, search=value))
