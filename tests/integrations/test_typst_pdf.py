"""PDFs: accessible, complete, and deaf to what their data says."""

import threading
import time
from datetime import UTC, datetime
from io import BytesIO

import pypdfium2
import pytest
from pypdf import PdfReader

from portal_app.integrations import typst_pdf
from portal_app.integrations.typst_pdf import TEMPLATES, TypstPdf
from portal_app.ports import PortRefused, PortUnavailable
from tests.integrations import pdf_samples as samples

EVERY_DOCUMENT = {
    "statement": samples.statement(),
    "contract": samples.contract(),
    "invoice": samples.invoice(),
}
MARGIN = 50.5  # points: 18 mm less half a point
MARKUP = '#read("/etc/passwd") $x^2$ *bold* `code` #panic("stop") \\ <label> @cite = Head'


def noon():
    return datetime(2026, 11, 21, 12, 0, 0, 987654, tzinfo=UTC)


@pytest.fixture(scope="module")
def renderer():
    return TypstPdf(now=noon)


def read(pdf):
    return PdfReader(BytesIO(pdf))


def text_of(pdf):
    return "\n".join(page.extract_text() for page in read(pdf).pages)


def copied_text(pdf):
    """The text a reader copies: what a box stands for, in place of the box."""
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def tags_of(pdf):
    """Every structure element of the document as (tag, attributes)."""
    found = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for inner in node:
                walk(inner)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append((str(node["/S"]), str(node.get("/A", ""))))
            if "/K" in node:
                walk(node["/K"])

    walk(read(pdf).trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


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
    assert names.index("/H1") < names.index("/H2") < names.index("/Table")
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


def letters_outside_the_margins(pdf):
    """Where letters stand past the left, right or lower margin: (page, left, bottom, right)."""
    outside = []
    for number, page in enumerate(pypdfium2.PdfDocument(pdf), 1):
        letters = page.get_textpage()
        for index in range(letters.count_chars()):
            left, bottom, right, _ = letters.get_charbox(index)
            if left < MARGIN or right > page.get_width() - MARGIN or bottom < 20:
                outside.append((number, left, bottom, right))
    return outside


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


def test_overlong_document_is_refused_before_it_is_made(renderer):
    started = time.monotonic()
    with pytest.raises(PortRefused, match="shorter period"):
        renderer.render("statement", samples.statement(20_000))
    assert time.monotonic() - started < 5


class Slow(TypstPdf):
    """Counts how many are inside at once and stays until told to leave."""

    def __init__(self, **settings):
        super().__init__(now=noon, **settings)
        self.inside, self.most, self.leave = 0, 0, threading.Event()
        self.count = threading.Lock()

    def _compile(self, source, words):
        with self.count:
            self.inside += 1
            self.most = max(self.most, self.inside)
        self.leave.wait(5)
        pdf = super()._compile(source, words)
        with self.count:
            self.inside -= 1
        return pdf


@pytest.mark.asvs("15.2.2")
def test_two_documents_at_once_and_the_third_waits_its_turn():
    renderer, made = Slow(), []
    threads = [
        threading.Thread(target=lambda: made.append(renderer.render("invoice", samples.invoice())))
        for _ in range(5)
    ]
    for thread in threads:
        thread.start()
    time.sleep(0.2)
    assert renderer.inside == 2
    renderer.leave.set()
    for thread in threads:
        thread.join()

    assert renderer.most == 2
    assert [pdf[:4] for pdf in made] == [b"%PDF"] * 5


def test_renderer_that_stays_busy_says_try_again_and_recovers():
    renderer = Slow(at_once=1, patience_seconds=0.05)
    first = threading.Thread(target=lambda: renderer.render("invoice", samples.invoice()))
    first.start()
    while not renderer.inside:
        time.sleep(0.01)
    with pytest.raises(PortUnavailable):
        renderer.render("invoice", samples.invoice())
    renderer.leave.set()
    first.join()

    assert renderer.render("invoice", samples.invoice()).startswith(b"%PDF")


def test_refused_document_gives_its_turn_back():
    renderer = TypstPdf(now=noon, at_once=1, patience_seconds=0.05)
    for _ in range(3):
        with pytest.raises(PortRefused):
            renderer.render("statement", {"title": "No figures"})

    assert renderer.render("invoice", samples.invoice()).startswith(b"%PDF")


def test_same_data_makes_the_same_bytes(renderer):
    assert renderer.render("invoice", samples.invoice()) == TypstPdf(now=noon).render(
        "invoice", samples.invoice()
    )


def fonts_of(pdf):
    used = read(pdf).pages[0]["/Resources"]["/Font"].values()
    return {font.get_object()["/BaseFont"].split("+")[1] for font in used}


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
    folder = typst_pdf.TEMPLATES / "fonts"
    names = {path.name for path in folder.iterdir()}

    assert sum(path.stat().st_size for path in folder.iterdir()) < 2_000_000
    assert {"LICENSE-Figtree.txt", "LICENSE-DejaVu.txt", "README.md"} <= names
