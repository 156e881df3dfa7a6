"""Steps done in, a bar on stderr out, where that is a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn


class Bar:
    """One bar; see `bar`."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress, self._task = progress, task

    def more(self) -> None:
        """One more step is done."""
        self._progress.advance(self._task)

    def is_at(self, done: int) -> None:
        """So many are."""
        self._progress.update(self._task, completed=done)


@contextmanager
def bar(what: str, total: int | None) -> Iterator[Bar]:
    """Show it while the block runs.

    Args:
        what: is being done.
        total: steps; None where nobody knows.
    """
    console = Console(stderr=True)
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        yield Bar(progress, progress.add_task("", total=total))
