"""What can be wrong before the demo starts is told in one sentence."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.demo.place import Place, Unusable
from tests.demo import PATIENCE, ROOT


def demo(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "deploy.demo", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        tried = demo("--port", str(port), "--data", str(tmp_path))
    assert tried.returncode == 1
    assert f"Port {port} cannot be used: Address already in use." in tried.stderr
    assert "Traceback" not in tried.stderr


def test_a_port_that_is_none(tmp_path: Path) -> None:
    tried = demo("--port", "99999", "--data", str(tmp_path))
    assert tried.returncode == 1
    assert "Port 99999 cannot be used: it is not a port." in tried.stderr


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    tried = demo("--data", str(tmp_path / "file" / "data"))
    assert tried.returncode == 1
    assert "cannot write to" in tried.stderr
    assert "Traceback" not in tried.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_read_only(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    tried = demo("--data", str(tmp_path / "data"))
    assert (tried.returncode, "cannot write to" in tried.stderr) == (1, True)


def test_one_demo_at_a_time(tmp_path: Path) -> None:
    with Place.open(tmp_path), pytest.raises(Unusable, match="already running"), Place.open(tmp_path):
        pass


def test_the_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    with Place.open(tmp_path) as place:
        key = place.environment("http://127.0.0.1:8000")["SECRET_KEYS"]
        assert len(key) >= 32
        assert place.environment("http://127.0.0.1:8000")["SECRET_KEYS"] == key
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_reset_forgets_the_demo_and_nothing_else(tmp_path: Path) -> None:
    with Place.open(tmp_path / "data") as place:
        place.environment("http://127.0.0.1:8000")
    (tmp_path / "data" / "booking.db").touch()
    (tmp_path / "data" / "photo.jpg").touch()
    tried = demo("--reset", "--data", str(tmp_path / "data"))
    assert tried.returncode == 0
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["photo.jpg"]
    (tmp_path / "data" / "photo.jpg").unlink()
    demo("--reset", "--data", str(tmp_path / "data"))
    assert not (tmp_path / "data").exists()
