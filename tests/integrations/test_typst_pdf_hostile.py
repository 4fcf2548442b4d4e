"""PDFs are deaf to what their data says, and nothing in it can break a page."""

import pytest

from portal_app.integrations.typst_pdf import TypstPdf
from portal_app.ports import PortRefused
from tests.integrations import pdf_samples as samples
from tests.integrations.pdf_reading import (
    copied_text,
    letters_outside_the_margins,
    noon,
    read,
    tags_of,
    text_of,
)
from tests.integrations.pdf_samples import EVERY_DOCUMENT

MARKUP = '#read("/etc/passwd") $x^2$ *bold* `code` #panic("stop") \\ <label> @cite = Head'


@pytest.fixture(scope="module")
def renderer():
    return TypstPdf(now=noon)


def hostile(value):
    """The same data with every string replaced by markup and every list made longer."""
    if isinstance(value, str):
        return MARKUP
    if isinstance(value, dict):
        return {key: hostile(inner) for key, inner in value.items()}
    return [hostile(inner) for inner in value] * 2


@pytest.mark.asvs("1.3.7")
@pytest.mark.parametrize("template", EVERY_DOCUMENT)
def test_markup_in_any_field_stays_text(renderer, template):
    pdf = renderer.render(template, hostile(EVERY_DOCUMENT[template]))
    printed = " ".join(text_of(pdf).split())

    assert read(pdf).metadata.title == MARKUP
    assert printed.count('#read("/etc/passwd")') > 10
    assert "root:" not in printed
    assert [name for name, _ in tags_of(pdf)].count("/H1") == 1


def huge(value):
    if isinstance(value, str):
        return "W" * 1500
    if isinstance(value, dict):
        return {key: huge(inner) for key, inner in value.items()}
    return [huge(inner) for inner in value]


@pytest.mark.parametrize("template", EVERY_DOCUMENT)
def test_endless_words_stay_inside_the_margins(renderer, template):
    assert (
        letters_outside_the_margins(renderer.render(template, huge(EVERY_DOCUMENT[template]))) == []
    )


def test_word_of_five_thousand_letters_is_printed_whole(renderer):
    account = {**samples.COMMON["account"], "name": "Q" * 5000}
    pdf = renderer.render("statement", samples.statement(account=account))

    assert text_of(pdf).count("Q") == 5000
    assert letters_outside_the_margins(pdf) == []


@pytest.mark.parametrize(
    "name",
    [
        "שלום בע״מ",
        "شركة الخليج",
        "Строй Ёлка",
        "Ξενία",
        "漢字 株式会社",
        "ไทย",
        "Ann 😀 Lee",
        "Nguyễn Ốc",
    ],
)
def test_names_of_any_script_keep_their_characters(renderer, name):
    account = {**samples.COMMON["account"], "name": name}
    printed = copied_text(renderer.render("invoice", samples.invoice(account=account)))

    assert set(name) <= set(printed)


def test_controls_and_half_characters_are_taken_out(renderer):
    account = {
        **samples.COMMON["account"],
        "name": "Be\x00fo\x07re\u202e 00.01$\u2066 mid\ud800dle \ufeffaf\uffffter",
    }
    printed = text_of(renderer.render("invoice", samples.invoice(account=account)))

    assert "Before 00.01$ mid\ufffddle af\ufffdter" in printed


@pytest.mark.parametrize("colour", ["red", "#12345", '#read("x")', "", "#1234567", "url(x)"])
def test_colour_that_is_none_falls_back(renderer, colour):
    brand = {**samples.COMMON["brand"], "colour": colour, "on_colour": colour}

    assert "Invoice" in text_of(renderer.render("invoice", samples.invoice(brand=brand)))


@pytest.mark.parametrize("path", ["/etc/passwd", "../outside.txt", "/../outside.txt"])
def test_template_reads_nothing_outside_its_folder(tmp_path, path):
    folder = tmp_path / "templates"
    folder.mkdir()
    (tmp_path / "outside.txt").write_text("a secret")
    (folder / "inside.txt").write_text("a fact")
    source = '#set document(title: "T")\n#set text(font: "Figtree")\n#read("{}")\n'
    (folder / "good.typ").write_text(source.format("inside.txt"))
    (folder / "bad.typ").write_text(source.format(path))
    renderer = TypstPdf(now=noon, templates=folder)

    assert "a fact" in text_of(renderer.render("good", {}))
    with pytest.raises(PortRefused):
        renderer.render("bad", {})


@pytest.mark.parametrize(
    "name", ["../secret", "/etc/passwd", "statement.typ", "", "receipt", "fonts"]
)
def test_only_a_named_template_is_rendered(renderer, name):
    with pytest.raises(PortRefused):
        renderer.render(name, {})


def test_missing_figure_is_refused_and_never_printed_as_a_blank(renderer):
    data = samples.statement()
    del data["closing"]

    with pytest.raises(PortRefused, match="Call your store"):
        renderer.render("statement", data)


@pytest.mark.parametrize("amount", [3418.75, 341875, True, b"$1"])
def test_unformatted_value_is_a_mistake_of_the_caller(renderer, amount):
    with pytest.raises(TypeError, match="ready to print"):
        renderer.render("statement", samples.statement(closing=amount))
