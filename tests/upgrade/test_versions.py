"""Where the version before comes from."""

import subprocess
from pathlib import Path

import pytest

from tests.upgrade import versions
from tests.upgrade.versions import NoHistory, before_last_migration, commit_of, take_out, title_of


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another repository, without a commit."""
    monkeypatch.setattr(versions, "ROOT", tmp_path)
    _git(tmp_path, "init", "-q")
    return tmp_path


def commit(repository: Path, said: str, *files: str) -> None:
    for name in files:
        (repository / name).parent.mkdir(parents=True, exist_ok=True)
        (repository / name).write_text(said)
    _git(repository, "add", "-A")
    _git(repository, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-q", "-m", said)


def _git(folder: Path, *command: str) -> None:
    subprocess.run(["git", *command], cwd=folder, check=True, capture_output=True)


def migration(number: int) -> str:
    return f"services/booking/migrations/versions/000{number}_step.py"


def test_it_is_the_newest_that_knows_an_older_schema(repository: Path, tmp_path: Path) -> None:
    commit(repository, "First", migration(1), "shared/one.py", "tests/one.py")
    commit(repository, "Wanted", "shared/two.py")
    commit(repository, "A step", migration(2))
    commit(repository, "Now", "shared/three.py", migration(1))  # an older step is said otherwise: it is no new one
    before = before_last_migration()
    assert title_of(before).endswith("“Wanted”")
    tree = take_out(before, tmp_path / "before")
    assert {path.name for path in tree.rglob("*.py")} == {"0001_step.py", "one.py", "two.py"}


def test_a_history_that_is_cut_off_is_told(repository: Path) -> None:
    with pytest.raises(NoHistory):
        before_last_migration()
    commit(repository, "All at once", migration(1))
    with pytest.raises(NoHistory, match="cut off"):
        before_last_migration()
    with pytest.raises(NoHistory):
        commit_of("v0.9")


def test_a_folder_without_a_history_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "ROOT", tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(NoHistory, match="not a git repository"):
        before_last_migration()
