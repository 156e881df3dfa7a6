"""Sixty-odd hostile picture files, made here byte by byte: what a catalogue, and a stranger in Slack, may send.

`hostile_pictures()` gives them: a name, bytes, and whether it is a readable picture after all.
"""

import base64
import io
import random
import re
import resource
import struct
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, PngImagePlugin


@dataclass(frozen=True, slots=True)
class HostilePicture:
    """A file that may be meant to do harm, or is only unusual."""

    name: str
    """What its sender calls it; the suffix may lie."""
    data: bytes
    is_readable: bool
    """True where a picture comes out of it; else it is refused with a sentence."""


MOST_BYTES = 1_500_000_000
"""What a process and its children may hold while they deal with them."""


class MemoryWatch:
    """What this process takes from now on, beside what the tests before it left there, and what its children take."""

    def __init__(self) -> None:
        for process in _family():
            with suppress(OSError):
                (process / "clear_refs").write_text("5")
        self._held = _peak(Path("/proc/self"))
        self._ended = _largest_that_ended()

    def most(self) -> int:
        """Bytes that this process took at most, and beside it its living children together or the largest that ended.

        A child that ended counts where it was larger than any before: smaller ones are not told apart.
        """
        own, *living = (_peak(process) for process in _family())
        ended = _largest_that_ended()
        return own - self._held + max(sum(living), ended if ended > self._ended else 0)


def _largest_that_ended() -> int:
    return 1024 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def _family() -> list[Path]:
    """Where Linux tells of this process and of its children."""
    listed = [task.read_text() for task in Path("/proc/self/task").glob("*/children")]
    return [Path("/proc/self"), *(Path("/proc") / child for line in listed for child in line.split())]


def _peak(process: Path) -> int:
    try:
        status = (process / "status").read_text()
    except OSError:
        return 0  # it ended meanwhile, and counts as such
    found = re.search(r"VmHWM:\s*(\d+) kB", status)
    return 1024 * int(found.group(1)) if found else 0


def hostile_names() -> tuple[str, ...]:
    """Their names, without making them."""
    return tuple(name for name, _, _ in _MAKERS)


def hostile_picture(name: str) -> HostilePicture:
    """One of them, by its name."""
    return next(picture for picture in hostile_pictures() if picture.name == name)


@cache
def hostile_pictures() -> tuple[HostilePicture, ...]:
    """All of them, made once a process (a few seconds, 36 MB)."""
    return tuple(HostilePicture(name, make(), is_readable) for name, make, is_readable in _MAKERS)


_MAKERS: list[tuple[str, Callable[[], bytes], bool]] = []


def _readable(name: str, make: Callable[[], bytes]) -> None:
    _MAKERS.append((name, make, True))


def _refused(name: str, make: Callable[[], bytes]) -> None:
    _MAKERS.append((name, make, False))


def _scene(width: int = 120, height: int = 90) -> Image.Image:
    """A red disc on white with a blue bar: something to recognise."""
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    draw.ellipse((width * 0.25, height * 0.15, width * 0.75, height * 0.85), fill=(220, 30, 30))
    draw.rectangle((0, 0, width // 10, height), fill=(30, 70, 220))
    return image


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def _jpeg(**options: object) -> bytes:
    return _saved(_scene(), "JPEG", **options)


def _png(**options: object) -> bytes:
    return _saved(_scene(), "PNG", **options)


def _noise_jpeg(width: int = 400, height: int = 300) -> bytes:
    values = np.random.default_rng(0).integers(0, 255, (height, width, 3), dtype=np.uint8)
    return _saved(Image.fromarray(values), "JPEG", quality=90)


# --- cut off, damaged, empty ------------------------------------------------------------------------------------------

_refused("empty.jpg", lambda: b"")
_refused("one-byte.jpg", lambda: b"\xff")
_refused("zeros.jpg", lambda: bytes(4096))
_refused("random.jpg", lambda: random.Random(1).randbytes(4096))
_refused("only-the-start.jpg", lambda: _jpeg()[:3])
_refused("header-only.jpg", lambda: _jpeg()[:200])
_refused("cut-in-half.jpg", lambda: _noise_jpeg()[: len(_noise_jpeg()) // 2])
_refused("cut-in-half.png", lambda: _png()[: len(_png()) // 2])
_refused("header-only.png", lambda: _png()[:33])
_refused("cut-in-half.webp", lambda: _saved(_scene(), "WEBP")[:150])
_refused("cut-in-half.avif", lambda: _saved(_scene(), "AVIF")[:300])
_refused("cut-in-half.heic", lambda: _HEIC[:500])
_refused("cut-header.gif", lambda: _saved(_scene(), "GIF")[:10])
_refused("wrong-checksum.png", lambda: _with_broken_checksum(_png()))
_refused("bytes-flipped.avif", lambda: _flipped(_saved(_scene(), "AVIF"), 40, 4))
_refused("bytes-flipped-header.heic", lambda: _flipped(_HEIC, 40, 3))
_refused("no-data-chunk.png", lambda: _png_of(64, 64, idat=b""))
_refused("garbage-data-chunk.png", lambda: _png_of(64, 64, idat=b"not zlib at all"))
_refused("no-size.png", lambda: _png_of(0, 0, idat=zlib.compress(b"")))
_refused("negative-size.bmp", lambda: _bmp(-64, -64))

# --- not pictures, or not by their name -------------------------------------------------------------------------------

_refused("readme.jpg", lambda: b"This is a text file that somebody renamed.\n" * 20)
_refused("page.png", lambda: b"<!doctype html><html><body><img src=x onerror=alert(1)></body></html>")
_refused(
    "drawing.svg",
    lambda: (
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><text>&x;</text></svg>'
    ),
)
_refused("document.pdf", lambda: b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF")
_refused("script.eps", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 90 90\n(x) run\nshowpage\n%%EOF")
_refused("archive.jpg", lambda: b"PK\x03\x04" + bytes(200))
_refused("program.png", lambda: b"\x7fELF\x02\x01\x01" + bytes(200))
_refused("picture.ico", lambda: _saved(_scene(32, 32), "ICO"))
_refused("video.heic", lambda: struct.pack(">I4s4sI4s", 20, b"ftyp", b"isom", 512, b"mp42") + bytes(500))
_refused("json.webp", lambda: b'{"error": "not found"}')
_readable("really-a-png.jpg", _png)
_readable("really-a-jpeg.png", _jpeg)
_readable("really-a-webp.gif", lambda: _saved(_scene(), "WEBP"))
_readable("no-suffix", _jpeg)
_readable("../../etc/passwd", _jpeg)
_readable("javascript-at-the-end.jpg", lambda: _jpeg() + b"<script>alert(1)</script>")
_readable("zip-at-the-end.jpg", lambda: _jpeg() + b"PK\x05\x06" + bytes(18))
_readable("html-in-the-comment.jpg", lambda: _jpeg(comment=b"<script>alert(1)</script>"))
_readable("ten-megabytes-behind-the-end.png", lambda: _png() + bytes(10_000_000))

# --- bombs ------------------------------------------------------------------------------------------------------------

_refused("200-megapixels.jpg", lambda: _jpeg_of_size(14_142, 14_142))
_refused("200-megapixels.png", lambda: _png_of(20_000, 10_000, idat=zlib.compress(bytes(1000))))
_refused("4-gigapixels.jpg", lambda: _jpeg_of_size(65_500, 65_500))
_refused("largest-size.png", lambda: _png_of(2**31 - 1, 2**31 - 1, idat=zlib.compress(bytes(1000))))
_refused("268-megapixels.webp", lambda: _webp_of_size(16_384, 16_384))
_refused("65535-squared.gif", lambda: _gif_of_size(65_535, 65_535))
_refused("huge.tiff", lambda: _tiff_of_size(60_000, 60_000))
_refused("huge.bmp", lambda: _bmp(100_000, 100_000))
_refused("really-225-megapixels.png", lambda: _saved(Image.new("1", (15_000, 15_000)), "PNG", compress_level=1))
_refused("45-megapixels-in-few-bytes.jpg", lambda: _saved(Image.new("L", (7_500, 6_000)), "JPEG", quality=10))
_refused("24-megabytes.bmp", lambda: _saved(Image.new("RGB", (3_000, 2_700)), "BMP"))
_refused("text-chunk-bomb.png", lambda: _png(pnginfo=_text_bomb()))
_readable(
    "39-megapixels-of-one-colour.png", lambda: _saved(Image.new("RGB", (6_500, 6_000), "red"), "PNG", compress_level=1)
)
_readable(
    "39-megapixels-see-through.webp",
    lambda: _saved(Image.new("RGBA", (6_500, 6_000), (220, 30, 30, 90)), "WEBP", lossless=True, method=0, quality=0),
)
_readable("a-hair-across.png", lambda: _saved(Image.new("RGB", (60_000, 1), "blue"), "PNG"))
_readable("a-hair-down.png", lambda: _saved(Image.new("RGB", (1, 60_000), "blue"), "PNG"))
_readable("one-pixel.png", lambda: _saved(Image.new("RGB", (1, 1), "green"), "PNG"))

# --- unusual, and pictures all the same -------------------------------------------------------------------------------

_readable("cmyk.jpg", lambda: _saved(_scene().convert("CMYK"), "JPEG"))
_readable("cmyk.tiff", lambda: _saved(_scene().convert("CMYK"), "TIFF"))
_readable("grey.jpg", lambda: _saved(_scene().convert("L"), "JPEG"))
_readable("progressive.jpg", lambda: _jpeg(progressive=True))
_readable("16-bit-grey.png", lambda: _saved(_grey16(), "PNG"))
_readable("16-bit-grey.tiff", lambda: _saved(_grey16(), "TIFF"))
_readable("float.tiff", lambda: _saved(_scene().convert("F"), "TIFF"))
_readable("one-bit.png", lambda: _saved(_scene().convert("1"), "PNG"))
_readable("palette.png", lambda: _saved(_scene().quantize(16), "PNG"))
_readable("palette-see-through.png", lambda: _saved(_scene().quantize(16), "PNG", transparency=0))
_readable("see-through.png", lambda: _saved(_see_through(), "PNG"))
_readable("grey-see-through.png", lambda: _saved(_see_through().convert("LA"), "PNG"))
_readable("animated.gif", lambda: _animated("GIF"))
_readable("animated.webp", lambda: _animated("WEBP"))
_readable("animated.png", lambda: _animated("PNG"))
_readable("animated.avif", lambda: _animated("AVIF"))
_readable("photo.avif", lambda: _saved(_scene(), "AVIF"))
_readable("photo.heic", lambda: _HEIC)
_readable("plain.bmp", lambda: _saved(_scene(), "BMP"))
_readable("many-pages.tiff", lambda: _animated("TIFF"))
_readable("on-its-side.jpg", lambda: _jpeg(exif=_orientation(6)))
_readable("mirrored.png", lambda: _png(exif=_orientation(2)))
_readable("orientation-that-is-none.jpg", lambda: _jpeg(exif=_orientation(99)))
_readable("broken-exif.jpg", lambda: _jpeg(exif=b"Exif\x00\x00II*\x00\xff\xff\xff\xff" + bytes(40)))
_readable("endless-exif.jpg", lambda: _jpeg(exif=b"Exif\x00\x00MM\x00*\x00\x00\x00\x08" + b"\xff" * 60_000))
_readable("junk-profile.jpg", lambda: _jpeg(icc_profile=random.Random(2).randbytes(50_000)))
_readable("junk-profile.png", lambda: _png(icc_profile=b"\x00" * 3000))


# --- how they are made ------------------------------------------------------------------------------------------------


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _png_of(width: int, height: int, *, idat: bytes) -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + (_chunk(b"IDAT", idat) if idat else b"") + _chunk(b"IEND", b"")


def _with_broken_checksum(png: bytes) -> bytes:
    place = png.index(b"IHDR") + 17
    return png[:place] + b"\x00\x00\x00\x00" + png[place + 4 :]


def _flipped(data: bytes, start: int, every: int) -> bytes:
    changed = bytearray(data)
    for place in range(start, len(changed), every):
        changed[place] ^= 0xFF
    return bytes(changed)


def _jpeg_of_size(width: int, height: int) -> bytes:
    """A small JPEG whose header claims a size."""
    data = bytearray(_jpeg())
    place = data.index(b"\xff\xc0") + 5
    data[place : place + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def _webp_of_size(width: int, height: int) -> bytes:
    """An extended WebP whose canvas is of a size and whose frame is small."""
    frame = _saved(_scene(), "WEBP")[12:]
    canvas = struct.pack("<I", 0) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + canvas + frame
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _gif_of_size(width: int, height: int) -> bytes:
    data = bytearray(_saved(_scene(), "GIF"))
    data[6:10] = struct.pack("<HH", width, height)
    return bytes(data)


def _tiff_of_size(width: int, height: int) -> bytes:
    entries = [(256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 8), (277, 3, 1)]
    table = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    return b"II*\x00" + struct.pack("<IH", 8, len(entries)) + table + bytes(4)


def _bmp(width: int, height: int) -> bytes:
    info = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + info


def _text_bomb() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    for number in range(70):
        info.add_text(f"bomb{number}", "x" * 1_000_000, zip=True)
    return info


def _grey16() -> Image.Image:
    values = np.asarray(_scene().convert("L")).astype(np.uint16) * 257
    return Image.fromarray(values)


def _see_through() -> Image.Image:
    image = _scene().convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    return image


def _animated(kind: str) -> bytes:
    frames = [Image.new("RGB", (60, 60), (40 * number, 30, 220 - 40 * number)) for number in range(5)]
    return _saved(_scene(60, 60), kind, save_all=True, append_images=frames)


def _orientation(value: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = value
    return exif


# 64 x 48: a red disc on white with a blue bar, in HEVC, which no encoder here can make.
_HEIC: bytes = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAX1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAA"
    "AAAERAAAEAAQAAAAABoQABAAAAAAAAAWMAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA/WlwcnAA"
    "AADdaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkA"
    "AAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAA"
    "AAAoY2xhcAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAAW"
    "ttZGF0AAABXygBr1iYo0HLo1k4/+1OsBkW2mbpfVwnBSw8tlvbEWgf2owXwB51utSJXjEh3PEm5b6ke6OSbdblPUj8Ihp0tbdVRFENQbJPn+m+"
    "1dNWixLWQE6VEHv7DTm9SvA/bSt2l/kYIiCDzFPXuga1kHAongkQAYA1ad/vW0ENsab6L9of9GPmLv4gwcR2FXGFRoVUYkokRoESmML+Md5CCj"
    "G8n1iT3boo7hDYOnRMis7zUmPCYbzCAQTL1xL6mv8uqZRZMj6KMUTMiwR2i59idm5/tj33fJ7RzrQjl4Z/kCXZGWjlXSv/q/EopijPxDD8mNuC"
    "USLfT9z3AKUBCv7coRBzSkUZ4HWUCkBmi/DLEioOVnub5mgKW5eU3MHra4lGGM5MDN1eDFcR8NddPe5hxLKUHoGb8S+5kOsTsPwW8rwF6Eyqud"
    "E4BNAgvAW7cYPawZz1EiFM7xS5T/XFwdoAyUBi+A=="
)
