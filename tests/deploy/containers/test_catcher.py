"""The mailbox of the demo takes what our own provider hands to it."""

import asyncio
import importlib.util
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from types import ModuleType

import pytest
import urllib3

from tests.deploy.containers.compose import ROOT
from tests.real.fleet import until
from tests.real.sink import free_port


@pytest.fixture(scope="module")
def catcher() -> Iterator[tuple[int, str]]:
    """Its SMTP port, and the address of its pages."""
    module = load()
    smtp, http = free_port(), free_port()
    loop = asyncio.new_event_loop()
    serving = loop.create_task(module.serve("127.0.0.1", smtp, http))
    thread = threading.Thread(target=lambda: loop.run_until_complete(asyncio.wait([serving])))
    thread.start()
    url = f"http://127.0.0.1:{http}"
    until(lambda: answers(url), what="the catcher answers")
    yield smtp, url
    loop.call_soon_threadsafe(serving.cancel)
    thread.join(timeout=10)
    loop.close()


def test_a_letter_is_kept_and_shown(catcher: tuple[int, str]) -> None:
    import smtplib

    smtp, url = catcher
    letter = EmailMessage()
    letter["To"], letter["From"], letter["Subject"] = "jeanne@example.org", "bonjour@tablee.example", "À table <b>"
    letter.set_content("Bonjour,\n.\nvous êtes attendue.")
    letter.add_alternative("<p>Bonjour</p>", subtype="html")
    with smtplib.SMTP("127.0.0.1", smtp, timeout=5) as server:
        server.send_message(letter)
    (kept,) = urllib3.request("GET", f"{url}/letters.json").json()
    assert kept["to"] == "jeanne@example.org" and kept["subject"] == "À table <b>"
    assert kept["text"].split("\n")[:3] == ["Bonjour,", ".", "vous êtes attendue."]
    page = urllib3.request("GET", url).data.decode()
    assert "À table &lt;b&gt;" in page and "<b>" not in page


def load() -> ModuleType:
    """It is a file of its own, without a package around it: so it lies in the image."""
    spec = importlib.util.spec_from_file_location("catcher", ROOT / "deploy/docker/catcher.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answers(url: str) -> bool:
    try:
        return urllib3.request("GET", url, retries=False, timeout=1).status == 200
    except urllib3.exceptions.HTTPError:
        return False
