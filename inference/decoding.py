"""Strangers' picture files -> `Pixels` and thumbnails, decoded in child processes with limits on memory and time.

Whatever a file does to its decoder (crash, hang, take all memory) costs that file only; the child is replaced.
"""

import subprocess
import sys
import threading
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import numpy as np

from inference.ahead import ahead
from inference.deadlines import Deadlines
from inference.decoder_child import (
    OK,
    PREPARE,
    READY,
    REPLY,
    REQUEST,
    SHRINK,
    THUMBNAIL,
    UNREADABLE,
    VIEWS,
    with_zooms,
)
from inference.encoder import Pixels
from inference.images import UnreadablePhoto, check_bytes

LONGEST_REPLY = 64 * 1024 * 1024
"""Bytes; a child that says more has been taken over by its picture."""
START_TIMEOUT_S = 60.0
"""A child needs a fraction of a second; on a machine that swaps, more."""


_deadlines = Deadlines()


class DecoderUnavailable(Exception):
    """No child process can be started on this machine; the message says what it said."""


class PictureDecoder:
    """Children that decode pictures, one picture at a time each. Thread-safe; close it, or use it in a `with`.

    Children start when they are first needed, or at `warm`.
    """

    def __init__(self, workers: int = 1, *, timeout_s: float = 10.0, max_memory_bytes: int = 640 * 1024 * 1024) -> None:
        """Keep the limits; start nothing.

        Args:
            workers: children at most, so pictures decoded at once.
            timeout_s: seconds that one picture may take.
            max_memory_bytes: memory that one child may take for pictures (Linux; elsewhere only time is limited).
        """
        self._timeout_s = timeout_s
        self._max_memory_bytes = max_memory_bytes
        self._free = threading.BoundedSemaphore(workers)
        self._lock = threading.Lock()
        self._idle: list[_Child] = []
        self._busy = 0
        self._workers = workers
        self._is_closed = False
        self._finalizer = weakref.finalize(self, _stop_all, self._idle)  # also where nobody calls `close`

    def prepare(self, data: bytes, px: int) -> Pixels:
        """See `images.prepare`; a crash, a timeout or too much memory is `UnreadablePhoto` too.

        Raises:
            UnreadablePhoto: not a picture, damaged, or over a limit.
            DecoderUnavailable: no child process can be started here.
        """
        pixels = self._ask(PREPARE, data, px)
        return np.frombuffer(pixels, dtype=np.uint8).reshape(px, px, 3).copy()  # writable, as other pixels are

    def views(self, data: bytes, px: int, zooms: Sequence[float]) -> list[Pixels]:
        """See `images.views`; errors as in `prepare`."""
        check_bytes(data)
        pixels = self._ask(VIEWS, with_zooms(data, zooms), px)
        return list(np.frombuffer(pixels, dtype=np.uint8).reshape(len(zooms), px, px, 3).copy())

    def prepare_many(self, pictures: Iterable[bytes | UnreadablePhoto], px: int) -> Iterator[Pixels | UnreadablePhoto]:
        """Prepare pictures on all children, some ahead of the caller, in the order given.

        One that is unreadable comes back as its error; one that has failed before it came here is passed on.
        """

        def outcome(data: bytes | UnreadablePhoto) -> Pixels | UnreadablePhoto:
            if isinstance(data, UnreadablePhoto):
                return data
            try:
                return self.prepare(data, px)
            except UnreadablePhoto as error:
                return error

        return ahead(outcome, pictures, threads=self._workers)

    def thumbnail(self, data: bytes, px: int) -> bytes:
        """See `images.thumbnail`; errors as in `prepare`."""
        return self._ask(THUMBNAIL, data, px)

    def shrink(self, data: bytes, max_bytes: int) -> bytes:
        """See `images.shrink`; errors as in `prepare`."""
        return data if len(data) <= max_bytes else self._ask(SHRINK, data, max_bytes)

    def warm(self) -> None:
        """Start all children now and wait for none, so that the first picture finds one ready."""
        with self._lock:
            while not self._is_closed and len(self._idle) + self._busy < self._workers:
                self._idle.append(self._child())

    def close(self) -> None:
        """End all children, each after the picture that it is at; later calls are refused."""
        with self._lock:
            self._is_closed = True
            _stop_all(self._idle)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _child(self) -> "_Child":
        try:
            return _Child(self._max_memory_bytes, self._timeout_s)
        except OSError as error:
            raise DecoderUnavailable(f"A process that decodes pictures cannot be started: {error}.") from error

    def _ask(self, step: int, data: bytes, number: int) -> bytes:
        check_bytes(data)  # not worth the pipe: the child would say the same
        with self._free:
            child = self._borrowed()
            try:
                return child.ask(step, data, number)
            finally:
                self._give_back(child)

    def _borrowed(self) -> "_Child":
        with self._lock:
            if self._is_closed:
                raise RuntimeError("this PictureDecoder is closed")
            child = self._idle.pop() if self._idle else self._child()
            if not child.is_alive:  # the system ended it while it was idle; no picture is to blame
                child.stop()
                child = self._child()
            self._busy += 1
            return child

    def _give_back(self, child: "_Child") -> None:
        with self._lock:
            self._busy -= 1
            if child.is_alive and not self._is_closed:
                self._idle.append(child)
                return
        child.stop()
        if child.was_ready:
            with suppress(DecoderUnavailable):  # the next picture's affair
                self.warm()  # its successor gets ready while nobody waits for it


class _Child:
    """One process and its pipes; used by one thread at a time."""

    def __init__(self, max_memory_bytes: int, timeout_s: float) -> None:
        path = [*sys.path, str(Path(__file__).parents[1])]  # `-S` skips .pth files, and an editable install is one
        code = (
            f"import sys; sys.path[:] = {path!r}\n"
            f"from inference import decoder_child; decoder_child.serve({max_memory_bytes}, {timeout_s})"
        )
        self._timeout_s = timeout_s
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and code
            [sys.executable, "-I", "-S", "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # No secret of ours reaches a decoder; a BLAS pool or malloc's arenas would count against its memory.
            env={"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"},
            start_new_session=True,  # Ctrl-C is for the parent, which ends its children itself
        )
        self.was_ready = False
        self._is_spent = False

    @property
    def is_alive(self) -> bool:
        """True where it can be asked."""
        return not self._is_spent and self._process.poll() is None

    def ask(self, step: int, data: bytes, number: int) -> bytes:
        """One request, one answer; afterwards `is_alive` says whether it can be asked again."""
        self._is_spent = True  # until it has answered in full
        if not self.was_ready:
            self._wait_until_ready()
        request = REQUEST.pack(step, number, len(data))
        with self._killed_after(self._timeout_s) as is_out_of_time:
            head = self._exchange(request, data, REPLY.size)
            status, length = REPLY.unpack(head) if len(head) == REPLY.size else (UNREADABLE, 0)
            body = self._read(min(length, LONGEST_REPLY))
        if len(head) == REPLY.size and len(body) == length:
            self._is_spent = is_out_of_time.is_set()
            if status == OK:
                return body
            raise UnreadablePhoto(body.decode(errors="replace"))
        if is_out_of_time.is_set():
            raise UnreadablePhoto(f"The picture takes more than {self._timeout_s:g} seconds to read.")
        raise UnreadablePhoto("The picture breaks its decoder, or takes more memory than there is for one.")

    def stop(self) -> None:
        """End the process and reap it. Never raises."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            with suppress(OSError):  # what was still to be written has no reader any more
                _open(pipe).close()

    def _wait_until_ready(self) -> None:
        with self._killed_after(START_TIMEOUT_S):
            said = self._read(len(READY))
        if said != READY:
            self._process.kill()
            *_, why = [f"no answer in {START_TIMEOUT_S:g} s", *_open(self._process.stderr).read().decode().splitlines()]
            raise DecoderUnavailable(f"A process that decodes pictures cannot be started: {why}")
        self.was_ready = True

    def _exchange(self, request: bytes, data: bytes, length: int) -> bytes:
        """Send, then read up to `length` bytes; fewer where the process ended."""
        pipe = _open(self._process.stdin)
        try:
            pipe.write(request)
            pipe.write(data)
            pipe.flush()
        except OSError:
            return b""
        return self._read(length)

    def _read(self, length: int) -> bytes:
        return _open(self._process.stdout).read(length)

    @contextmanager
    def _killed_after(self, seconds: float) -> Iterator[threading.Event]:
        """A clock over blocking pipes: at the end of time the process is killed, and reads and writes return."""
        is_out_of_time = threading.Event()

        def end() -> None:
            is_out_of_time.set()
            self._process.kill()

        with _deadlines.after(seconds, end):
            yield is_out_of_time


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise RuntimeError("the process has no such pipe")
    return pipe


def _stop_all(children: list[_Child]) -> None:
    while children:
        children.pop().stop()
