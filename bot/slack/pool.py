"""Jobs in, run on a few threads; a job that raises `Later` is run again then, and meanwhile its thread helps others."""

import heapq
import itertools
import logging
import threading
import time
from collections.abc import Callable

log = logging.getLogger(__name__)

Job = Callable[[], None]


class Later(Exception):
    """Slack, or an earlier question, wants us to wait: do this again after `after_s` seconds."""

    def __init__(self, after_s: float) -> None:
        super().__init__(f"again in {after_s:g} s")
        self.after_s = after_s


class Pool:
    """A bounded number of threads and of jobs that wait for them."""

    def __init__(self, workers: int, *, most_waiting: int = 1000) -> None:
        """Start the threads."""
        self._most_waiting = most_waiting
        self._waiting: list[tuple[float, int, Job]] = []
        self._number = itertools.count()
        self._changed = threading.Condition()
        self._is_closed = False
        self._threads = [
            threading.Thread(target=self._run, name=f"answer-{number}", daemon=True) for number in range(workers)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, job: Job) -> bool:
        """Run a job soon; False where too many wait already."""
        with self._changed:
            if self._is_closed or len(self._waiting) >= self._most_waiting:
                return False
            self._put(job, 0.0)
            return True

    @property
    def room(self) -> int:
        """How many more jobs may wait."""
        with self._changed:
            return 0 if self._is_closed else max(self._most_waiting - len(self._waiting), 0)

    def close(self, timeout_s: float = 5.0) -> None:
        """Let running jobs end, and drop those that wait."""
        with self._changed:
            self._is_closed = True
            self._waiting.clear()
            self._changed.notify_all()
        deadline = time.monotonic() + timeout_s
        for thread in self._threads:
            thread.join(max(deadline - time.monotonic(), 0.0))

    def _put(self, job: Job, after_s: float) -> None:
        heapq.heappush(self._waiting, (time.monotonic() + after_s, next(self._number), job))
        self._changed.notify()

    def _next(self) -> Job | None:
        with self._changed:
            while not self._is_closed:
                left_s = self._waiting[0][0] - time.monotonic() if self._waiting else None
                if left_s is not None and left_s <= 0:
                    return heapq.heappop(self._waiting)[2]
                self._changed.wait(left_s)
            return None

    def _run(self) -> None:
        while (job := self._next()) is not None:
            try:
                job()
            except Later as later:
                with self._changed:
                    if not self._is_closed:
                        self._put(job, later.after_s)
            except Exception:
                log.exception("a job failed")  # a bug; the thread goes on with the next one
