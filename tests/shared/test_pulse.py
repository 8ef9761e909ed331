"""A process without a port shows that it lives."""

import threading
from pathlib import Path

import pytest

from shared.pulse import QUIET_FOR, beat, still


def test_without_a_folder_nothing_is_touched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PULSE_FOLDER", raising=False)
    monkeypatch.chdir(tmp_path)
    beat("relay")
    assert list(tmp_path.iterdir()) == []


def test_who_moves_is_well_and_who_stopped_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PULSE_FOLDER", str(tmp_path))
    assert still(tmp_path, 0.0) == {"nothing": 0.0}
    beat("relay")
    beat("timers")
    now = (tmp_path / "relay.pulse").stat().st_mtime
    assert still(tmp_path, now + 1) == {}
    assert set(still(tmp_path, now + QUIET_FOR + 5)) == {"relay", "timers"}


def test_a_folder_that_is_gone_stops_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PULSE_FOLDER", str(tmp_path / "nowhere"))
    beat("relay")


def test_timers_and_relay_beat(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from services.capacity.bootstrap import assemble
    from tests.real.fleet import until
    from tests.stories.house import environment

    monkeypatch.setenv("PULSE_FOLDER", str(tmp_path))
    env = environment({name: f"sqlite:///{tmp_path}/{name}.db" for name in ("booking", "capacity", "notifications")})
    part = assemble(env)
    part.migrate()
    stop = threading.Event()
    loops = [part.run_timers, part.make_relay(part.make_celery()).run]
    threads = [threading.Thread(target=loop, args=(stop,)) for loop in loops]
    for thread in threads:
        thread.start()
    try:
        until(
            lambda: {file.stem for file in tmp_path.glob("*.pulse")} == {"relay", "timers"},
            what="both beat",
        )
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=20)
        part.service.database.dispose()
