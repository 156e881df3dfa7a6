"""The process in which strangers' pictures are decoded: requests on stdin, pixels or a sentence on stdout.

It serves one parent, `inference.decoding.PictureDecoder`, and ends when the parent closes the pipe or dies.
"""

import os
import struct
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

from inference import images

REQUEST = struct.Struct("<BIQ")
"""What to do, its number (px or bytes), and the length of the file that follows."""
REPLY = struct.Struct("<BQ")
"""`OK` or `UNREADABLE`, and the length of the pixels, the file or the sentence (UTF-8) that follows."""
READY = b"R"

PREPARE, THUMBNAIL, SHRINK, VIEWS = range(4)
OK, UNREADABLE = range(2)

_STEPS: dict[int, Callable[[bytes, int], bytes]] = {
    PREPARE: lambda data, px: images.prepare(data, px).tobytes(),
    THUMBNAIL: images.thumbnail,
    SHRINK: images.shrink,
    VIEWS: lambda data, px: _views(data, px),
}


def with_zooms(data: bytes, zooms: Sequence[float]) -> bytes:
    """The file as `VIEWS` takes it: how many zooms, the zooms, the file."""
    return struct.pack(f"<B{len(zooms)}f", len(zooms), *zooms) + data


def _views(data: bytes, px: int) -> bytes:
    zooms = struct.unpack_from(f"<{data[0]}f", data, 1)
    seen = images.views(data[1 + 4 * len(zooms) :], px, zooms)
    return b"".join(pixels.tobytes() for pixels in seen)


def serve(max_memory_bytes: int, timeout_s: float) -> None:
    """Answer requests until stdin ends.

    Args:
        max_memory_bytes: address space that the process may take beyond what it has once it is ready.
        timeout_s: seconds of CPU time that one request may take; the parent's clock is the stricter one.
    """
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    _limit(max_memory_bytes)
    replies.write(READY)
    replies.flush()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):  # a decoder that prints must not speak in our name
        os.dup2(nowhere, descriptor)
    while len(head := requests.read(REQUEST.size)) == REQUEST.size:
        step, number, length = REQUEST.unpack(head)
        data = requests.read(length)
        if len(data) < length:
            return  # the parent died while it asked
        _limit_cpu(timeout_s)
        status, body = _answer(step, number, data)
        replies.write(REPLY.pack(status, len(body)))
        replies.write(body)
        replies.flush()


def _answer(step: int, number: int, data: bytes) -> tuple[int, bytes]:
    try:
        return OK, _STEPS[step](data, number)
    except images.UnreadablePhoto as error:
        return UNREADABLE, str(error).encode()


def _limit(max_memory_bytes: int) -> None:
    """One thread a decoder, bounded memory, no files, no core dumps; first to go when memory runs out."""
    import pi_heif.options  # options of the plugins that only this process sets
    from PIL import AvifImagePlugin, Image

    pi_heif.options.DECODE_THREADS = 1
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    warnings.simplefilter("ignore")
    warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
    if sys.platform == "linux":
        import resource  # not there on Windows

        Path("/proc/self/oom_score_adj").write_text("1000")
        size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (size + max_memory_bytes,) * 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _limit_cpu(timeout_s: float) -> None:
    """An orphan that hangs ends by itself: when the parent was killed, nobody else looks at the clock."""
    if sys.platform == "linux":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        until = int(used.ru_utime + used.ru_stime + timeout_s) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))
