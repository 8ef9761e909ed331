"""Campaign 11 small: four senders are killed while three hundred letters fall due."""

import random
from pathlib import Path

import pytest

from tests import backends
from tests.faults.report import as_table
from tests.faults.timers import SMALL, strike

pytestmark = pytest.mark.xdist_group("timers")


def test_no_letter_is_lost_and_no_reminder_doubled_whoever_is_killed(postgres: None, tmp_path: Path) -> None:
    with backends.new_database("postgres", tmp_path, "notifications") as url:
        report = strike(url, SMALL, random.Random(1))
    assert report.held, as_table(report)
