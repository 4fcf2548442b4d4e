"""Text messages against a small server that speaks as SNS does."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import boto3
import pytest
from botocore.config import Config

from portal_app.integrations.captured_texts import CapturedTexts
from portal_app.integrations.sns_texts import SnsTexts
from portal_app.ports import PortRefused, PortUnavailable, TextMessage
from tests.servers import free_port

TAKEN = """<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
<PublishResult><MessageId>m-1</MessageId></PublishResult></PublishResponse>"""
REFUSAL = """<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
<Error><Type>Sender</Type><Code>{code}</Code><Message>no</Message></Error></ErrorResponse>"""
# What the last four figures of a number have SNS answer.
ANSWERS = {
    "0400": (400, "InvalidParameter"),
    "0403": (403, "AuthorizationError"),
    "0429": (400, "Throttling"),
    "0500": (500, "InternalError"),
}
MESSAGE = TextMessage("m", "+18135550100", "493021 is your code.\n\n@localhost #493021")


@pytest.fixture
def sns():
    asked = []

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self):
            fields = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            asked.append({name: values[0] for name, values in fields.items()})
            status, code = ANSWERS.get(asked[-1]["PhoneNumber"][-4:], (200, ""))
            body = (REFUSAL.format(code=code) if code else TAKEN).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield asked, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def texts(sns):
    client = boto3.client(
        "sns",
        region_name="us-east-1",
        endpoint_url=sns[1],
        aws_access_key_id="k",
        aws_secret_access_key="s",
        config=Config(retries={"total_max_attempts": 1}),
    )
    yield SnsTexts(client)
    client.close()


def test_a_text_is_handed_over_whole_and_as_transactional(sns, texts):
    texts.send(MESSAGE)
    (asked,) = sns[0]
    assert (asked["Action"], asked["PhoneNumber"]) == ("Publish", "+18135550100")
    assert asked["Message"] == MESSAGE.text
    assert "Transactional" in asked.values()


def test_a_bad_number_is_refused(texts):
    with pytest.raises(PortRefused, match="InvalidParameter"):
        texts.send(TextMessage("m", "+18135550400", "x"))


@pytest.mark.parametrize("figures", ["0403", "0429", "0500"])
def test_what_is_not_the_numbers_fault_is_tried_again(texts, figures):
    with pytest.raises(PortUnavailable):
        texts.send(TextMessage("m", f"+1813555{figures}", "x"))


def test_no_sns_is_no_loss():
    client = boto3.client(
        "sns",
        region_name="us-east-1",
        endpoint_url=f"http://127.0.0.1:{free_port()}",
        aws_access_key_id="k",
        aws_secret_access_key="s",
        config=Config(connect_timeout=1, retries={"total_max_attempts": 1}),
    )
    with pytest.raises(PortUnavailable):
        SnsTexts(client).send(MESSAGE)
    client.close()


@pytest.mark.parametrize("number", ["", "8135550100", "+0813", "+1813555010x", "+1\n8135550100"])
def test_captured_texts_refuse_what_is_no_number(number):
    CapturedTexts().send(MESSAGE)
    with pytest.raises(PortRefused):
        CapturedTexts().send(TextMessage("m", number, "x"))
