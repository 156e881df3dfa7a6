"""Seconds and what to do then in; it is done unless the work inside the `with` has ended before.

One thread looks after all of them. A `threading.Timer` each would start and join a thread a picture, which costs a good
part of what decoding a small one does.
"""

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Deadlines:
    """Thread-safe; its thread starts when it is first needed, and ends with the process."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._due: dict[object, tuple[float, Callable[[], None]]] = {}
        self._next = math.inf
        self._thread: threading.Thread | None = None

    @contextmanager
    def after(self, seconds: float, call: Callable[[], None]) -> Iterator[None]:
        """Call it once the seconds are over; after the `with` it is not called, nor still at work.

        Args:
            seconds: from now.
            call: quick, and raises nothing; others wait meanwhile.
        """
        entry, when = object(), time.monotonic() + seconds
        with self._changed:
            self._due[entry] = (when, call)
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, name="deadlines", daemon=True)
                self._thread.start()
            elif when < self._next:
                self._changed.notify()
        try:
            yield
        finally:
            with self._changed:
                self._due.pop(entry, None)

    def _watch(self) -> None:
        with self._changed:
            while True:
                now = time.monotonic()
                for entry, (when, call) in list(self._due.items()):
                    if when <= now:
                        del self._due[entry]
                        call()
                self._next = min((when for when, _ in self._due.values()), default=math.inf)
                self._changed.wait(None if self._next == math.inf else max(0.0, self._next - time.monotonic()))
