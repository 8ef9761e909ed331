"""What a log says of an error: where it happened and of what kind, never what it quotes."""

import io
import json
import logging
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
import structlog

from services.booking.store.tables import booking, metadata
from shared.database import Database
from shared.logs import configure_logs, get_logger

WHO = "Jeanne Exemple"  # not in the lines that raise, which a traceback shows


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What is logged as in production; afterwards logs are as they were."""
    root, written, before = logging.getLogger(), io.StringIO(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    monkeypatch.setattr("sys.stderr", written)
    configure_logs()
    yield written
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**before)


def test_a_row_that_the_database_refuses_is_not_quoted(new_database: Callable[[str], str], log: io.StringIO) -> None:
    database = Database(new_database("booking"))
    metadata.create_all(database.engine)
    try:
        with database.begin() as conn:
            conn.execute(sa.insert(booking).values(id="b", sitting="s", language="fr", name=WHO))
    except sa.exc.IntegrityError:
        get_logger("a-test").exception("An item raised.")
    database.dispose()
    assert WHO not in log.getvalue()
    assert "IntegrityError" in log.getvalue() and "test_logs.py" in log.getvalue()


def test_nor_is_what_another_error_says_or_what_caused_it(log: io.StringIO) -> None:
    try:
        try:
            raise ValueError(WHO)
        except ValueError as error:
            raise RuntimeError(WHO) from error
    except RuntimeError:
        get_logger("a-test").exception("An item raised.")
    said = log.getvalue()
    assert WHO not in said
    assert said.index("ValueError") < said.index("which led to") < said.index("RuntimeError")


def test_the_words_of_the_operating_system_stay(log: io.StringIO) -> None:
    try:
        raise OSError(28, "No space left on device")
    except OSError:
        get_logger("a-test").exception("A part raised.")
    assert "No space left on device" in log.getvalue()


def test_a_library_speaks_in_the_same_way(log: io.StringIO) -> None:
    logging.getLogger("a library").warning("It is %s.", "slow")
    get_logger("a-test").warning("So are we.")
    theirs, ours = map(json.loads, log.getvalue().splitlines())
    assert theirs.keys() == ours.keys() == {"event", "level", "timestamp"}


def test_what_cannot_be_told_is_told_of(log: io.StringIO) -> None:
    class Shy:
        def __repr__(self) -> str:
            raise ZeroDivisionError

    get_logger("a-test").info("It is done.", by=Shy())
    told = json.loads(log.getvalue())
    assert told["of"] == "It is done." and told["error"] == "ZeroDivisionError"


def test_each_line_is_whole_however_many_threads_write_long_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    read, write = os.pipe()
    before, root = structlog.get_config(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    with os.fdopen(write, "w") as pipe, os.fdopen(read) as reader:
        monkeypatch.setattr("sys.stderr", pipe)
        configure_logs()
        with ThreadPoolExecutor(5) as writers:
            lines = writers.submit(reader.readlines)
            speakers = [writers.submit(_speak, letter) for letter in "abc"]
            speakers.append(writers.submit(_murmur, root))
            for one in speakers:
                one.result(60)
            pipe.close()
            whole = [json.loads(line) for line in lines.result(60)]
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**before)
    assert len(whole) == 4 * 40


def _speak(letter: str) -> None:
    for _ in range(40):
        get_logger("a-test").info(letter, more=letter * 12_000)


def _murmur(library: logging.Logger) -> None:
    for _ in range(40):
        library.warning("l" * 12_000)


def test_a_log_that_cannot_be_written_stops_nobody(log: io.StringIO) -> None:
    told = get_logger("a-test")
    told.info("This can be.")
    log.close()
    told.info("This cannot.")
    with pytest.raises(ValueError):
        log.write("It is closed.")
