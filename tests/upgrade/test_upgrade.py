"""The version before works on today's schema, beside today's processes, and leaves under load: nothing lost or doubled.

`make rehearse-upgrade` tells the whole story: it begins on the old schema, and goes back.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import backends
from tests.faults.report import as_table
from tests.real.fleet import PROCESSES, ROOT
from tests.upgrade.rehearsal import Plan, open_rehearsal, rehearse
from tests.upgrade.versions import NoHistory, before_last_migration, take_out

pytestmark = pytest.mark.xdist_group("fleet")
SHORT = Plan(bookings=300, per_second=15, deeds_each_phase=25, there_and_back=False, processes=PROCESSES)


@pytest.fixture
def version_before(tmp_path: Path, record_property: Callable[[str, object], None]) -> Path:
    """Its tree; where the history of the repository is cut off, today's own, which the last lines of the run say."""
    try:
        return take_out(before_last_migration(), tmp_path / "old")
    except NoHistory as error:
        record_property("said", f"No version before to rehearse an update from ({error}): today's stood in for it.")
        return ROOT


def test_versions_change_under_load_without_a_booking_refused_or_lost(
    rabbitmq: None, postgres: None, version_before: Path, tmp_path: Path
) -> None:
    with (
        backends.new_queue_prefix() as prefix,
        open_rehearsal(version_before, tmp_path, prefix, migrated_by=ROOT) as rehearsal,
    ):
        report = rehearse(rehearsal, "A short rehearsal", SHORT)
    assert report.held, as_table(report)
