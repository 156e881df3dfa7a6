"""A file in, its bytes or its text out, unpacked and decoded; what stops half way is a `BadSource`."""

import codecs
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from indexing.sources.source import BadSource

_KANA = re.compile(r"[\u3041-\u30ff]")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, gunzipped where it is gzip.

    Raises:
        BadSource: it cannot be read, or breaks off.
    """
    try:
        with path.open("rb") as raw:
            is_gzip = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            if not is_gzip:
                yield raw
                return
            with gzip.open(raw, "rb") as unpacked:
                yield io.BufferedReader(unpacked)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise BadSource(f"{path} is a damaged or cut-off gzip file; copy it again.") from error
    except OSError as error:
        raise BadSource(f"{path} cannot be read: {(error.strerror or str(error)).lower()}.") from error


def encoding_of(path: Path) -> str:
    """The encoding of a text file: by its mark, else UTF-8, else Japanese Windows, else Western."""
    with opened(path) as file:
        start = file.read(4)
    for mark, name in _BOMS:
        if start.startswith(mark):
            return name
    if _decodes(path, "utf-8"):
        return "utf-8"
    return "cp932" if _decodes(path, "cp932", needs=_KANA) else "latin-1"


def head(path: Path, size: int = 65536) -> str:
    """The beginning of a text file."""
    with opened(path) as file:
        return codecs.getincrementaldecoder(encoding_of(path))("replace").decode(file.read(size))


def count_lines(path: Path) -> int:
    """Lines of a file, about: newline bytes, and one where the last line ends without."""
    lines, last = 0, b"\n"
    with opened(path) as file:
        while block := file.read(1 << 20):
            lines, last = lines + block.count(b"\n"), block
    return lines + (not last.endswith(b"\n"))


def _decodes(path: Path, encoding: str, needs: re.Pattern[str] | None = None) -> bool:
    """True where the whole file is text in an encoding (and holds what `needs` looks for)."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    found = needs is None
    with opened(path) as file:
        try:
            while block := file.read(1 << 20):
                text = decoder.decode(block)
                found = found or (needs is not None and needs.search(text) is not None)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return found
