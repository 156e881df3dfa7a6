"""Items and a slow step in, its outcomes out in the order of the items; threads work a bounded number of them ahead."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


def ahead(step: Callable[[Item], Outcome], items: Iterable[Item], *, threads: int, most: int = 64) -> Iterator[Outcome]:
    """Do a step on each item while the caller is busy with outcomes before it.

    Args:
        step: called on another thread; what it raises is raised where its outcome would have come.
        items: read on the caller's thread, no further than needed.
        threads: steps at once.
        most: outcomes that wait for the caller, so what is in memory is bounded.
    """
    with ThreadPoolExecutor(threads, "ahead") as pool:
        waiting: deque[Future[Outcome]] = deque()
        for item in items:
            waiting.append(pool.submit(step, item))
            if len(waiting) > most:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
