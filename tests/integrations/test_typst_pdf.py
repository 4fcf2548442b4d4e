"""PDFs: accessible, complete and the same everywhere."""

import pytest

from portal_app.integrations.typst_pdf import TEMPLATES, TypstPdf
from tests.integrations import pdf_samples as samples
from tests.integrations.pdf_reading import fonts_of, noon, read, tags_of, text_of
from tests.integrations.pdf_samples import EVERY_DOCUMENT


@pytest.fixture(scope="module")
def renderer():
    return TypstPdf(now=noon)


def strings_in(value):
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value
    return [text for part in inner for text in strings_in(part)]


@pytest.mark.requirement("S3-03")
@pytest.mark.parametrize("template", EVERY_DOCUMENT)
def test_document_declares_that_it_is_accessible(renderer, template):
    data = EVERY_DOCUMENT[template]
    pdf = renderer.render(template, data)
    root = read(pdf).trailer["/Root"]
    xmp = root["/Metadata"].get_data().decode()

    assert pdf.startswith(b"%PDF-1.7")
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-US"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert data["title"] in xmp


@pytest.mark.parametrize("template", EVERY_DOCUMENT)
def test_document_names_its_title_author_keywords_and_moment(renderer, template):
    data = EVERY_DOCUMENT[template]
    about = read(renderer.render(template, data)).metadata

    assert about.title == data["title"]
    assert about.author == "Northgate Equipment Rental"
    assert data["account"]["number"] in about["/Keywords"]
    assert about.creation_date == noon().replace(microsecond=0)


@pytest.mark.parametrize("template", EVERY_DOCUMENT)
def test_headings_and_column_heads_are_tagged(renderer, template):
    tags = tags_of(renderer.render(template, EVERY_DOCUMENT[template]))
    names = [name for name, _ in tags]

    assert names.count("/H1") == 1
    assert "/H2" in names
    assert names.index("/H1") < names.index("/H2")
    if template == "consent":
        return  # one sentence and one answer: there is no table in it
    assert names.index("/H2") < names.index("/Table")
    heads = [attributes for name, attributes in tags if name == "/TH"]
    assert heads
    assert all("/Scope" in attributes and "/Column" in attributes for attributes in heads)


@pytest.mark.parametrize("template", EVERY_DOCUMENT)
def test_every_figure_and_name_in_the_data_is_printed(renderer, template):
    data = EVERY_DOCUMENT[template]
    printed = " ".join(text_of(renderer.render(template, data)).split())
    unprinted = {"page", "lang", "brand", "status_tone", "kind_label", "number"}
    wanted = [
        text for key, value in data.items() if key not in unprinted for text in strings_in(value)
    ]

    assert [text for text in wanted if text not in printed] == []
    assert "Northgate Equipment Rental" in printed
    assert "Page 1 of 1" in printed


@pytest.mark.requirement("S3-20")
def test_statement_prints_opening_movements_closing_and_ageing_in_this_order(renderer):
    printed = text_of(renderer.render("statement", samples.statement()))
    table = printed[printed.index("What happened") :]
    order = [
        "Opening balance",
        "$2,140.00",
        "INV-30400",
        "P-88128",
        "Balance owed, 31 October 2026",
    ]
    order += ["How long the balance has been owed", "Over 90 days"]

    places = [table.index(word) for word in order]
    assert places == sorted(places)


@pytest.mark.requirement("S3-20")
def test_empty_statement_explains_itself(renderer):
    note = "Nothing was charged or paid from 1 to 31 October 2026."
    explained = text_of(renderer.render("statement", samples.statement(0, note=note, ageing=[])))
    silent = text_of(renderer.render("statement", samples.statement(0, ageing=[])))

    assert note in explained
    assert "Nothing was charged or paid in this period." not in explained
    assert "Nothing was charged or paid in this period." in silent
    assert "How long the balance has been owed" not in silent


@pytest.mark.requirement("S3-20")
def test_long_statement_repeats_its_column_heads_and_loses_no_row(renderer):
    pdf = renderer.render("statement", samples.statement(400))
    pages = [page.extract_text() for page in read(pdf).pages]
    everything = "\n".join(pages)

    assert len(pages) > 5
    ledger = [page for page in pages if "INV-" in page]
    assert len(ledger) >= len(pages) - 1
    assert all("Reference" in page and "Balance" in page for page in ledger)
    assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1))
    assert all(samples.movement(index)["reference"] in everything for index in range(400))
    assert [name for name, _ in tags_of(pdf)].count("/THead") == 2


@pytest.mark.requirement("S3-23")
def test_columns_that_no_line_fills_are_left_out(renderer):
    contract = text_of(renderer.render("contract", samples.contract()))
    quote = text_of(renderer.render("contract", samples.quote()))

    assert "Returned" in contract
    assert "Overdue" in contract
    assert "Returned" not in quote
    assert "Due back" not in quote
    assert "$390.00 / day" in quote


@pytest.mark.requirement("S3-03")
def test_invoice_without_lines_shows_its_header_and_total(renderer):
    printed = text_of(renderer.render("invoice", samples.invoice(lines=[], subtotals=[])))

    assert "This invoice has one total." in printed
    assert "INV-30418" in printed
    assert "$3,354.00" in printed
    assert "$1,354.00" in printed


def test_paper_follows_the_data(renderer):
    def size(page):
        box = read(renderer.render("invoice", samples.invoice(page=page))).pages[0].mediabox
        return round(box.width), round(box.height)

    assert size("us-letter") == (612, 792)
    assert size("a4") == (595, 842)
    assert size("billboard") == (595, 842)


def test_words_of_the_template_can_be_replaced(renderer):
    words = {"movements": "Mouvements", "page": "Page {page} sur {pages}"}
    pdf = renderer.render("statement", samples.statement(lang="fr-CA", words=words))

    assert "Mouvements" in text_of(pdf)
    assert "Page 1 sur 1" in text_of(pdf)
    assert read(pdf).trailer["/Root"]["/Lang"] == "fr-CA"


def test_same_data_makes_the_same_bytes(renderer):
    assert renderer.render("invoice", samples.invoice()) == TypstPdf(now=noon).render(
        "invoice", samples.invoice()
    )


def test_fonts_come_from_the_repository_and_may_be_added_to(tmp_path):
    account = {**samples.COMMON["account"], "name": "漢字 Ж"}
    data = samples.invoice(account=account)
    font = (TEMPLATES / "fonts" / "Placeholder.ttf").read_bytes()
    for old, new in (("Portal Placeholder", "Extern Placeholder"), ("PortalPl", "ExternPl")):
        for coding in ("utf-16-be", "ascii"):
            font = font.replace(old.encode(coding), new.encode(coding))
    (tmp_path / "extern.ttf").write_bytes(font)

    bundled = fonts_of(TypstPdf(now=noon).render("invoice", data))
    added = fonts_of(TypstPdf(now=noon, more_fonts=[tmp_path]).render("invoice", data))

    assert {"PortalPlaceholder", "DejaVuSans-Bold", "Figtree-Regular"} <= bundled
    assert "ExternPlaceholder" in added
    assert "PortalPlaceholder" not in added


def test_bundled_fonts_stay_small_and_bring_their_licences():
    folder = TEMPLATES / "fonts"
    names = {path.name for path in folder.iterdir()}

    assert sum(path.stat().st_size for path in folder.iterdir()) < 2_000_000
    assert {"LICENSE-Figtree.txt", "LICENSE-DejaVu.txt", "README.md"} <= names
