"""clamd over a real socket: what it answers, what it leaves unanswered, and what breaks off."""

import io
import socketserver
import threading

import pytest

from portal_app.integrations.clamd_scanner import ClamdScanner
from portal_app.ports import PortUnavailable
from tests import files


class Clamd(socketserver.StreamRequestHandler):
    """Speaks clamd's protocol: INSTREAM with pieces and their lengths, and VERSION."""

    def handle(self):
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        if command == b"zVERSION\0":
            self.wfile.write(b"ClamAV 1.4.6/27000\0")
            return
        assert command == b"zINSTREAM\0"
        taken = b""
        while length := int.from_bytes(self.rfile.read(4), "big"):
            taken += self.rfile.read(length)
            if len(taken) > self.server.most:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.seen.append(taken)
        self.wfile.write(self.server.answer or self._found(taken))

    def _found(self, taken):
        return b"stream: Eicar-Signature FOUND\0" if files.VIRUS in taken else b"stream: OK\0"


@pytest.fixture
def clamd():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        server.most, server.answer, server.seen = 2_000_000, b"", []
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def scanner(server):
    return ClamdScanner(*server.server_address, patience=5)


def test_a_clean_file_arrives_whole_and_nothing_is_found(clamd):
    content = b"x" * 700_001
    assert scanner(clamd).scan(io.BytesIO(content)) == ""
    assert clamd.seen == [content]


@pytest.mark.asvs("5.4.3")
def test_what_is_harmful_is_named(clamd):
    assert scanner(clamd).scan(io.BytesIO(files.VIRUS)) == "Eicar-Signature"


@pytest.mark.asvs("16.5.3")
@pytest.mark.parametrize("answer", [b"stream: ERROR\0", b"\0", b"OK", b"stream: OK FOUNDATION\0"])
def test_any_answer_but_a_plain_one_means_that_nobody_knows(clamd, answer):
    clamd.answer = answer
    with pytest.raises(PortUnavailable):
        scanner(clamd).scan(io.BytesIO(b"words"))


def test_a_file_that_is_longer_than_it_looks_at_counts_as_not_looked_at(clamd):
    clamd.most = 10
    with pytest.raises(PortUnavailable):
        scanner(clamd).scan(io.BytesIO(b"x" * 20))


def test_it_says_which_version_answers_and_that_nobody_does(clamd):
    assert scanner(clamd).ping() == "ClamAV 1.4.6/27000"
    gone = ClamdScanner("127.0.0.1", 1, patience=1)
    for ask in (gone.ping, lambda: gone.scan(io.BytesIO(b"x"))):
        with pytest.raises(PortUnavailable):
            ask()
