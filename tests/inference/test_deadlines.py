"""Deadlines are called when they are due, in whatever order they come, and not once the work has ended."""

import threading
import time

from inference.deadlines import Deadlines


def test_what_is_due_is_called_once_and_an_earlier_one_does_not_wait_for_a_later() -> None:
    deadlines, called, both = Deadlines(), [], threading.Barrier(3)

    def work(seconds: float) -> None:
        done = threading.Event()

        def end() -> None:
            called.append(seconds)
            done.set()

        with deadlines.after(seconds, end):
            both.wait(10)
            assert done.wait(10)

    threads = [threading.Thread(target=work, args=(seconds,)) for seconds in (0.4, 0.1)]
    for thread in threads:
        thread.start()
    both.wait(10)
    for thread in threads:
        thread.join(20)
    assert called == [0.1, 0.4]


def test_work_that_ends_before_is_left_alone() -> None:
    deadlines, called = Deadlines(), threading.Event()
    for _ in range(100):
        with deadlines.after(0.05, called.set):
            pass
    time.sleep(0.15)
    assert not called.is_set()


def test_the_next_deadline_is_kept_after_one_that_was_not_needed() -> None:
    deadlines, called = Deadlines(), threading.Event()
    with deadlines.after(0.2, lambda: None):
        pass
    with deadlines.after(0.3, called.set):
        assert called.wait(10)
