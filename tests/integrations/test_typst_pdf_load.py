"""Making documents is costly: how many at once, how long, and what happens then."""

import threading
import time

import pytest

from portal_app.integrations.typst_pdf import TypstPdf
from portal_app.ports import PortRefused, PortUnavailable
from tests.integrations import pdf_samples as samples
from tests.integrations.pdf_reading import noon


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


def test_overlong_document_is_refused_before_it_is_made():
    started = time.monotonic()
    with pytest.raises(PortRefused, match="shorter period"):
        TypstPdf(now=noon).render("statement", samples.statement(20_000))
    assert time.monotonic() - started < 5


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
