"""One engine for all threads of a process."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from shared.database import Database

THREADS = 8


def test_threads_that_ask_first_at_the_same_moment_share_one_engine(tmp_path: Path) -> None:
    for number in range(20):
        database, together = Database(f"sqlite:///{tmp_path}/{number}.db"), Barrier(THREADS)

        def ask(_: int, database: Database = database, together: Barrier = together) -> int:
            together.wait(timeout=10)
            return id(database.engine)

        with ThreadPoolExecutor(THREADS) as threads:
            assert len(set(threads.map(ask, range(THREADS)))) == 1
        database.dispose()
