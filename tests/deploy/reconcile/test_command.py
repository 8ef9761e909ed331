"""`python -m deploy.reconcile`, as an operator types it."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from deploy.reconcile import __main__ as command
from shared.contracts.routes import SERVICES
from shared.ledger.text import write
from tests.deploy.reconcile.conftest import Story
from tests.stories.house import environment

KEYS = "another-key-for-tests-of-enough-characters"


@pytest.fixture(autouse=True)
def _leave_logs_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The logs of this process belong to all tests."""
    monkeypatch.setattr("deploy.reconcile.__main__.configure_logs", lambda **_: None)


def reconcile(*words: str, env: dict[str, str] | None = None) -> tuple[int, str]:
    """The exit status and what was printed."""
    set_here: dict[str, str | None] = {name: None for name in os.environ if name.endswith("_DATABASE_URL")}
    answer = CliRunner().invoke(command.reconcile, words, env=set_here | (env or {}), catch_exceptions=False)
    return answer.exit_code, answer.output


def env_of(story: Story) -> dict[str, str]:
    urls = {name: str(part.settings.database_url) for name, part in story.house.parts.items()}
    return environment(urls)


def print_ledgers(story: Story, folder: Path) -> list[str]:
    for name, part in story.house.parts.items():
        with part.ledger() as ledger:
            (folder / name).write_text("".join(f"{text}\n" for text in write(ledger)))
    return [str(folder / name) for name in SERVICES]


def test_it_reads_the_databases_of_the_environment(story: Story) -> None:
    code, text = reconcile(env=env_of(story))
    assert code == 0
    assert text.startswith("Compared ") and text.endswith("Nothing differs.\n")


def test_it_says_what_differs_and_ends_with_one(story: Story) -> None:
    story.change("notifications", "known_sitting", {"id": story.lunch}, menu="Soup")
    code, text = reconcile(env=env_of(story))
    assert code == 1
    said = f"sitting {story.lunch}: menu: capacity: Velouté de potimarron; notifications: Soup\n"
    assert text.startswith(said) and text.endswith("\n1 difference.\n")


def test_it_looks_twice_and_says_what_stays(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    story.change("notifications", "known_sitting", {"id": story.lunch}, menu="Soup")
    story.change("booking", "sitting", {"id": story.lunch}, menu="Soup")

    def the_notice_arrives(_seconds: float) -> None:
        story.change("booking", "sitting", {"id": story.lunch}, menu="Velouté de potimarron")

    monkeypatch.setattr("deploy.reconcile.__main__.time.sleep", the_notice_arrives)
    code, text = reconcile("--again", "5", env=env_of(story))
    assert (code, text.splitlines()[-1]) == (1, "1 difference.")


def test_it_compares_what_was_printed_elsewhere(story: Story, tmp_path: Path) -> None:
    files = print_ledgers(story, tmp_path)
    assert reconcile(*files)[0] == 0
    story.change("booking", "sitting", {"id": story.lunch}, menu="Soup")
    assert reconcile(*print_ledgers(story, tmp_path))[0] == 1


def test_no_personal_data_is_printed(story: Story, tmp_path: Path) -> None:
    printed = "".join(Path(file).read_text() for file in print_ledgers(story, tmp_path)).lower()
    assert "velouté" in printed
    for personal in ("example.org", "grew", "unlucky", "/b/", "+336"):
        assert personal not in printed


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda text: text[:-20], "is no whole ledger: line"),
        (lambda text: text.rsplit("\n", 2)[0] + "\n", "is no whole ledger: its end is missing."),
        (lambda text: text.split("\n")[0] + '\n{"end": 3}\n', "is no whole ledger: lines are missing."),
        (lambda text: "", "is no whole ledger: its first line does not say whose ledger it is."),
        (lambda text: text.replace('"format": 1', '"format": 2'), "is no whole ledger: another version wrote it."),
        (lambda text: text.replace('"ledger": "booking"', '"ledger": "capacity"'), "is the ledger of capacity, not"),
        (lambda text: text.replace('"key": "', '"key": "0'), "different SECRET_KEYS"),
    ],
)
def test_what_is_no_ledger_is_one_clear_sentence(story: Story, tmp_path: Path, spoil: object, sentence: str) -> None:
    assert callable(spoil)
    files = print_ledgers(story, tmp_path)
    Path(files[0]).write_text(spoil(Path(files[0]).read_text()))
    code, text = reconcile(*files)
    assert code == 2
    assert sentence in text and text.startswith("Error: ") and text.count("\n") == 1


def test_lines_out_of_order_are_not_compared(story: Story, tmp_path: Path) -> None:
    files = print_ledgers(story, tmp_path)
    head, *lines, end = Path(files[1]).read_text().splitlines()
    Path(files[1]).write_text("\n".join([head, *reversed(lines), end]))
    code, text = reconcile(*files)
    assert code == 2 and "out of order" in text


def test_a_missing_setting_is_one_clear_sentence() -> None:
    code, text = reconcile()
    assert (code, text) == (2, "Error: BOOKING_DATABASE_URL is not set. See .env.example for what it means.\n")


def test_a_database_that_is_away_is_one_clear_sentence(tmp_path: Path) -> None:
    code, text = reconcile(env=environment(dict.fromkeys(SERVICES, "postgresql://u:secret@127.0.0.1:1/d")))
    assert code == 2
    assert text.startswith("Error: The database cannot be used: ") and "secret" not in text


@pytest.mark.parametrize("words", [["/no/such/file"], ["setup.cfg", "README.md"], ["README.md"]])
def test_anything_but_three_files_is_refused(words: list[str]) -> None:
    assert reconcile(*words)[0] == 2
