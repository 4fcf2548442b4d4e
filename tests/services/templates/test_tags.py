"""Protected tags: what staff may write, what is refused and how it is named (S2-15)."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.core.errors import Invalid, NotFound
from portal_app.services import templates
from portal_app.services.notifications import rules as letters
from portal_app.services.templates.rules import tags

KIND = "application.invitation"
GOOD = "Hello {{ first_name }},\n\nOpen your application: {{ portal_link }}"
FACTS = {tag.name: tag.sample for tag in templates.KINDS[KIND].tags}

# What the specification's case 17 tried against the staff template checker, and some more.
DANGEROUS = (
    "{{ ''.__class__.__mro__ }}",
    "{{ portal_link.__class__ }}",
    "{{ portal_link['__class__'] }}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__ }}",
    "{{ '%1000000000d'|format(1) }}",
    "{{ 'a' * 10**8 }}",
    "{{ 10**10**10 }}",
    "{{ portal_link|upper }}",
    "{{ portal_link() }}",
    "{{ range(10**9)|list }}",
    "{% for a in range(10**9) %}{% for b in range(10**9) %}x{% endfor %}{% endfor %}",
    "{% set x = portal_link %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% macro m() %}x{% endmacro %}",
    "{% raw %}{{ portal_link }}{% endraw %}",
    "{% if portal_link.x %}x{% endif %}",
    "{% if 10**10**10 %}x{% endif %}",
    "{# a comment #}",
    "{{ portal_link if first_name else brand }}",
    "{{ [first_name, brand] }}",
    "{{" + "(" * 4_000 + "portal_link" + ")" * 4_000 + "}}",
    "{{ portal_link ~ first_name }}",
    "{%- if first_name -%}x{%- endif -%}",
)

# These do nothing but hide words or show them as they are; staff are refused them all the same.
HARMLESS = {
    "{% raw %}{{ portal_link }}{% endraw %}",
    "{# a comment #}",
    "{%- if first_name -%}x{%- endif -%}",
}


def refusal(text=GOOD, subject="Your application", kind=KIND):
    with pytest.raises(Invalid) as refused:
        templates.checked(kind=kind, subject=subject, text=text)
    return refused.value.fields


@pytest.mark.requirement("S2-15")
def test_text_with_its_tags_whole_is_filled_and_holds_no_raw_tag():
    wording = templates.checked(kind=KIND, subject="{{ brand }}: come in", text=GOOD)
    ready = templates.filled(wording, {**FACTS, "brand": "Harbourline"})
    assert ready.subject == "Harbourline: come in"
    assert ready.text.endswith(FACTS["portal_link"])
    assert "{{" not in ready.text


@pytest.mark.requirement("S2-15")
@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Hello {{ first_name }}", "{{ portal_link }} is missing"),
        ("Go: {{ portal_link }", "{{ portal_link }} has been altered"),
        ("Go: { portal_link }}", "{{ portal_link }} has been altered"),
        ("Go: {{ portal_link", "{{ portal_link }} has been altered"),
        ("Sand and brands: {{ portal_link }", "{{ portal_link }} has been altered"),
        ("Go: portal_link }}", "{{ portal_link }} has been altered"),
        ("Go: {{ portal_lnk }}", "Did you mean {{ portal_link }}?"),
        ("Go: {{ Portal_Link }}", "Did you mean {{ portal_link }}?"),
        ("Go: {{ portal link }}", "is not a tag of this message"),
        ("{{ portal_link }} {{ secret_key }}", "{{ secret_key }}” is not a tag"),
        ("{{ portal_link }} {{ }}", "is not a tag of this message"),
        ("{{ portal_link }} {x}", "Braces stand in tags only"),
        ("{% if first_name %}{{ portal_link }}{% endif %}", "{{ portal_link }} is missing"),
        ("{{ portal_link }}{% if first_name %}", "has no “endif”"),
        ("{{ portal_link }}{% endif %}", "has no “endif”"),
        ("{{ portal_link }}{% if secret %}x{% endif %}", "“secret” is not a tag"),
    ],
)
def test_tag_that_is_missing_altered_or_unknown_is_named(text, named):
    assert named in refusal(text)["text"]


@pytest.mark.requirement("S2-15")
def test_private_tag_stays_out_of_the_subject():
    assert (
        "{{ portal_link }} belongs in the text" in refusal(subject="{{ portal_link }}")["subject"]
    )
    assert "{{ code }} belongs" in refusal("{{ code }}", "{{ code }}", "change.code")["subject"]


@pytest.mark.requirement("S2-15")
@pytest.mark.asvs("1.3.7")
@pytest.mark.parametrize("payload", DANGEROUS, ids=range(len(DANGEROUS)))
def test_expression_that_runs_anything_is_refused_at_once(payload):
    started = time.perf_counter()
    assert set(refusal(f"{GOOD} {payload}")) == {"text"}
    assert set(refusal(subject=payload[:140])) == {"subject"}
    assert time.perf_counter() - started < 0.5


@pytest.mark.asvs("1.3.7")
@pytest.mark.parametrize("payload", sorted(set(DANGEROUS) - HARMLESS), ids=lambda text: text[:40])
def test_engine_refuses_what_reached_it_past_the_checker(payload):
    started = time.perf_counter()
    with pytest.raises((LookupError, RecursionError)):
        tags.fill(payload, FACTS)
    assert time.perf_counter() - started < 0.5


def test_blocks_depend_on_one_tag_and_leave_no_hole():
    text = "{{ portal_link }}\n\n{% if support_phone %}Call {{ support_phone }}.{% endif %}\n\nBye"
    wording = templates.checked(kind=KIND, subject="s", text=text)
    assert templates.filled(wording, {**FACTS, "support_phone": "1"}).text.count("\n\n") == 2
    assert templates.filled(wording, {**FACTS, "support_phone": ""}).text.count("\n\n") == 1
    deep = "{% if person %}" * 4 + "x" + "{% endif %}" * 4
    assert "if" in refusal(f"{GOOD}{deep}")["text"]
    many = "{% if person %}x{% endif %}" * 100
    assert "Shorten" in refusal(f"{GOOD}{many}")["text"]


@given(st.text(max_size=300), st.text(alphabet="{}%# ifportal_link", max_size=120))
def test_whatever_passes_reaches_nobody_with_a_tag_in_it(before, after):
    try:
        wording = templates.checked(kind=KIND, subject="s", text=f"{before}{GOOD}{after}")
    except Invalid:
        return
    ready = templates.filled(wording, FACTS)
    assert not {"{", "}"} & set(ready.text)


def test_value_of_a_person_is_never_read_as_a_tag():
    wording = templates.checked(kind=KIND, subject="{{ person }}", text=GOOD)
    ready = templates.filled(wording, {**FACTS, "first_name": "{{ code }}", "person": "a\nBcc: b"})
    assert "Hello {{ code }}," in ready.text
    assert ready.subject == "a Bcc: b"


@pytest.mark.parametrize("kind", [None, 3, "", "no.such", [], "identity.new_device"])
def test_only_kinds_of_the_list_are_worded(kind):
    with pytest.raises(NotFound):
        templates.checked(kind=kind, subject="s", text="t")


@pytest.mark.parametrize("value", [None, 3, [], {}, "\x00", "\ud800", "x" * 5_001])
def test_anything_else_than_text_is_refused(value):
    assert set(refusal(value, value)) == {"subject", "text"}


@pytest.mark.parametrize("kind", templates.KINDS.values(), ids=templates.KINDS)
def test_words_that_the_portal_ships_obey_the_rules_they_are_edited_under(kind):
    folder = letters.TEMPLATES
    if kind.has_letter:
        name = letters.template_of(kind.key)
        subject, _, text = (folder / "email" / f"{name}.txt").read_text().partition("\n")
        assert templates.checked(kind=kind.key, subject=subject, text=text, sms=sms_of(kind))
    else:
        assert templates.checked(kind=kind.key, sms=sms_of(kind)).sms


@pytest.mark.parametrize("kind", templates.KINDS.values(), ids=templates.KINDS)
def test_tags_of_a_kind_are_those_that_its_sender_fills(kind):
    """What the portal's own letter uses is given by whoever sends it, or no letter would go."""
    used = tags.names_in("".join(file.read_text() for file in files_of(kind.key)))
    assert {tag.name for tag in kind.own} - used == set()


@pytest.mark.requirement("S2-13")
def test_every_message_is_worded_by_staff_or_listed_with_the_reason_why_not():
    folder = letters.TEMPLATES
    shipped = [*(folder / "email").glob("*/*.txt"), *(folder / "sms").glob("*/*.txt")]
    names = {f"{file.parent.name}.{file.stem}" for file in shipped}
    topics = {
        name for topic in (*templates.KINDS, *templates.KEPT) for name in (topic, many(topic))
    }
    assert names - topics == set()
    assert set(templates.KINDS) & set(templates.KEPT) == set()
    for topic in (*templates.KINDS, *templates.KEPT):
        assert {topic, many(topic)} & names, topic
    page = Path("docs/branding.md").read_text()
    assert all(f"`{topic}`" in page for topic in templates.KEPT)


def many(topic):
    domain, _, name = topic.partition(".")
    return f"{domain}s.{name}"


def files_of(topic):
    ends = [
        f"{one.replace('.', '/')}.{end}" for one in (topic, many(topic)) for end in ("txt", "mjml")
    ]
    places = [letters.TEMPLATES / way / end for way in ("email", "sms") for end in ends]
    return [place for place in places if place.is_file()]


def sms_of(kind):
    if not kind.has_text:
        return ""
    name = letters.template_of(kind.key, kind="sms")
    words = (letters.TEMPLATES / "sms" / f"{name}.txt").read_text().strip()
    return words.removesuffix(templates.CODE_ENDING)


def test_text_message_with_a_code_always_ends_with_the_line_that_binds_it():
    wording = templates.checked(kind="identity.code", sms="{{ code }}, from {{ brand }}")
    ready = templates.filled(wording, {"code": "482913", "brand": "B", "host": "portal.example"})
    assert ready.sms == "482913, from B\n\n@portal.example #482913"


def test_parts_of_a_letter_are_paragraphs_links_and_a_button():
    link = "https://portal.example/activate/1"
    made = templates.parts(f"Dear A,\nhello\n\nGo to {link} now\n\nOpen it: {link}", [link])
    assert [part["label"] for part in made] == ["", "", "Open it"]
    assert made[2]["link"] == link
    assert [run["text"] for run in made[0]["runs"]] == ["Dear A,", "hello"]
    assert made[0]["runs"][0]["ends"]
    assert [run["href"] for run in made[1]["runs"]] == ["", link, ""]
    assert templates.parts("\n\n", [link]) == []
