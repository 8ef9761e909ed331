"""Alert rules and dashboard ask for what `/metrics` tells, and every alert has a page to read."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import urllib3
import yaml

from shared.clock import SetClock
from shared.contracts.party import Party
from tests.databases import ASSEMBLE
from tests.real.fleet import until
from tests.real.sink import free_port
from tests.stories.house import House, environment, open_house
from tests.stories.residents import lunch, reserve

ROOT = Path(__file__).parents[3]
RULES = ROOT / "deploy/monitoring/rules.yml"
ALERTS: list[dict[str, Any]] = yaml.safe_load(RULES.read_text())["groups"][0]["rules"]
DASHBOARD = json.loads((ROOT / "deploy/monitoring/dashboard.json").read_text())
ASKED = [rule["expr"] for rule in ALERTS] + [one["expr"] for panel in DASHBOARD["panels"] for one in panel["targets"]]


@pytest.fixture
def house(database_of: Callable[[str], str], clock: SetClock) -> Iterator[House]:
    with open_house(database_of, clock, METRICS="1") as opened:
        yield opened


def told_by(house: House) -> dict[str, str]:
    """What each service tells."""
    return {name: part.make_web().test_client().get("/metrics").text for name, part in house.parts.items()}


def test_the_business_is_told(house: House) -> None:
    meal = lunch(house, seats=3)
    house.settle()
    reserve(house, meal, Party(eaters=2))
    waiting = told_by(house)["booking"]
    assert 'tablee_outbox_items{receiver="capacity",service="booking"} 1.0' in waiting
    house.settle()
    reserve(house, meal, Party(eaters=2), name="Late")
    house.settle()
    told = told_by(house)
    assert 'tablee_seats{service="capacity"} 3.0' in told["capacity"]
    assert 'tablee_seats_held{service="capacity"} 2.0' in told["capacity"]
    assert 'tablee_waiting{service="capacity"} 1.0' in told["capacity"]
    assert 'tablee_bookings{service="booking",status="confirmed"} 1.0' in told["booking"]
    assert 'state="due"' in told["notifications"]
    everything = "".join(told.values())
    assert "@example.org" not in everything and "Late" not in everything


def test_every_question_is_about_what_is_told(house: House) -> None:
    lunch(house)
    told = "".join(told_by(house).values())
    names = set(re.findall(r"^# TYPE (\w+) ", told, re.MULTILINE)) | {"up", "tablee_broker_up", "tablee_queue_messages"}
    for question in ASKED:
        for name in re.findall(r"\b(tablee_\w+|up)\b", re.sub(r'"[^"]*"|by \([^)]*\)', "", question)):
            assert {name, name.removesuffix("_bucket")} & names, question


def test_every_alert_says_what_to_do() -> None:
    manual = (ROOT / "docs/operate.md").read_text()
    for rule in ALERTS:
        assert f"| `{rule['alert']}` |" in manual
        assert rule["labels"]["severity"] in {"page", "ticket", "info"} and rule["annotations"]["summary"]
    assert set(re.findall(r"^\| `(Tablee\w+)` \|", manual, re.MULTILINE)) == {rule["alert"] for rule in ALERTS}


def test_promtool_takes_the_rules() -> None:
    if not (program := shutil.which("promtool")):
        pytest.skip("promtool is not installed")
    done = subprocess.run([program, "check", "rules", str(RULES)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_all_processes_of_one_web_are_added_up(tmp_path: Path) -> None:
    port = free_port()
    urls = {name: f"sqlite:///{tmp_path}/{name}.db" for name in ASSEMBLE}
    env = os.environ | environment(urls, METRICS="1", DEMO="0", PUBLIC_URL=f"http://127.0.0.1:{port}")
    ASSEMBLE["booking"](env).migrate()
    web = subprocess.Popen(
        [sys.executable, "-m", "services.booking", "web", "--port", str(port), "--workers", "2"],
        cwd=ROOT,
        env=env,
        start_new_session=True,
        stderr=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        until(lambda: answers(f"{url}/healthz"), what="it answers")
        before = alive(url)
        for _ in range(40):  # each on a connection of its own, so that both processes have some
            urllib3.PoolManager().request("GET", f"{url}/healthz", headers={"Connection": "close"})
        assert alive(url) == before + 40
    finally:
        os.killpg(web.pid, signal.SIGTERM)
        web.wait(timeout=20)


def answers(url: str) -> bool:
    try:
        return urllib3.request("GET", url, retries=False, timeout=2).status == 200
    except urllib3.exceptions.HTTPError:
        return False


def alive(url: str) -> float:
    told = urllib3.PoolManager().request("GET", f"{url}/metrics", headers={"Connection": "close"}).data.decode()
    found = re.search(r'^tablee_requests_total\{route="/healthz",service="booking",status="200"\} (\S+)$', told, re.M)
    return float(found[1]) if found else 0.0
