"""A first start, a death, a stop, and a second start, as a person lives through them."""

import signal
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.demo import PATIENCE, Demo, until

pytestmark = pytest.mark.xdist_group("demo")


def test_the_demo_from_its_first_start_to_its_second(start: Callable[[], Demo], data: Path) -> None:
    demo = start()
    meals = demo.read("/api/v1/sittings?page_size=1")["total"]
    assert meals > 50
    assert (data / "secret").stat().st_mode & 0o077 == 0

    amina = demo.book("Amina")
    until(lambda: demo.is_confirmed(amina))
    until(lambda: demo.has_letter_for("Amina"))

    # The product is killed just after it has accepted a booking: it comes back, and nothing is lost.
    before = demo.product
    basile = demo.book("Basile")
    before.kill()
    until(lambda: demo.is_confirmed(basile))  # who comes meanwhile waits at the open door
    until(lambda: demo.has_letter_for("Basile"))
    assert demo.is_confirmed(amina)
    assert demo.product.pid != before.pid
    assert "died (ended by signal 9)" in demo.said

    # Ctrl-C stops everything within seconds, without noise.
    product = demo.product
    assert demo.tell(signal.SIGINT) == 0
    assert "Traceback" not in demo.said + (data / "tablee.log").read_text()
    assert not product.is_running()

    # A second start goes on with the same data and invents nothing anew.
    again = start()
    assert again.read("/api/v1/sittings?page_size=1")["total"] == meals
    assert again.is_confirmed(amina)
    assert again.is_confirmed(basile)

    # A supervisor that is killed takes the product with it.
    orphan = again.product
    again.tell(signal.SIGKILL)
    psutil.wait_procs([orphan], timeout=PATIENCE)
    assert not orphan.is_running()
