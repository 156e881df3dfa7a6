"""Counts of a build in, a bar on the terminal out: rows, rows a second, time left; elsewhere a line at each end."""

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


class BuildProgress:
    """A bar on stderr while it is entered; where stderr is no terminal, a line when it begins and one when it ends."""

    def __init__(self, total: int | None, show: bool | None = None) -> None:
        """Prepare the bar.

        Args:
            total: rows expected, about; None shows a bar without an end.
            show: True or False; None shows the bar where stderr is a terminal, and the lines where it is not.
        """
        console = Console(stderr=True)
        self._total = total
        self._tells = show is None and not console.is_terminal
        self._counts = {"indexed": 0, "unchanged": 0, "rejected": 0}
        self._progress = Progress(
            TextColumn("Indexing"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[counts]}"),
            console=console,
            disable=not (console.is_terminal if show is None else show),
            speed_estimate_period=30,
        )
        self._task = self._progress.add_task("", total=total, rate="", counts="")

    def advance(self, *, indexed: int = 0, unchanged: int = 0, rejected: int = 0) -> None:
        """Count rows that are done."""
        for name, count in (("indexed", indexed), ("unchanged", unchanged), ("rejected", rejected)):
            self._counts[name] += count
        if self._progress.disable:
            return
        self._progress.advance(self._task, indexed + unchanged + rejected)
        task = self._progress.tasks[0]
        total = max(task.total or 0, task.completed) if task.total is not None else None
        rate = f"{task.speed:,.0f} rows/s" if task.speed else ""
        self._progress.update(self._task, total=total, rate=rate, counts=self._told())

    def _told(self) -> str:
        return ", ".join(f"{count:,} {name}" for name, count in self._counts.items() if count)

    def __enter__(self) -> Self:
        if self._tells:
            print(
                f"Indexing about {self._total:,} rows ..." if self._total else "Indexing ...",
                file=sys.stderr,
                flush=True,
            )
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._progress.stop()
        if self._tells and error is None:
            print(f"All rows are read: {self._told() or 'there are none'}.", file=sys.stderr, flush=True)
