"""A picture that breaks its decoder costs itself and nothing else."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from inference.decoding import DecoderUnavailable, PictureDecoder
from inference.encoder import Pixels
from inference.images import UnreadablePhoto, prepare, shrink, thumbnail, views
from tests.hostile import hostile_names, hostile_picture, hostile_pictures
from tests.toys import COLOURS, picture_of

linux = pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")


@pytest.fixture(scope="module")
def decoder() -> Iterator[PictureDecoder]:
    with PictureDecoder(1) as ready:
        yield ready


def children(decoder: PictureDecoder) -> list[int]:
    return [child._process.pid for child in decoder._idle]


def peak_memory_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def test_there_are_sixty_hostile_pictures_and_more() -> None:
    assert len(set(hostile_names())) == len(hostile_names()) >= 60


@pytest.mark.parametrize("name", hostile_names())
def test_a_hostile_picture_is_read_or_refused_with_a_sentence(decoder: PictureDecoder, name: str) -> None:
    picture = hostile_picture(name)
    if picture.is_readable:
        pixels = decoder.prepare(picture.data, 96)
        assert pixels.shape == (96, 96, 3)
        assert decoder.thumbnail(picture.data, 64)[:2] == b"\xff\xd8"
    else:
        for ask in (decoder.prepare, decoder.thumbnail):
            with pytest.raises(UnreadablePhoto) as caught:
                ask(picture.data, 96)
            sentence = str(caught.value)
            assert sentence.endswith(".")
            assert sentence.count("\n") == 0
            assert len(sentence) < 120


@linux
def test_all_hostile_pictures_leave_the_same_child_alive_and_small(decoder: PictureDecoder) -> None:
    before = [decoder.prepare(picture_of("red"), 8), *children(decoder)]
    outcomes = decoder.prepare_many([picture.data for picture in hostile_pictures()], 32)
    assert [isinstance(outcome, np.ndarray) for outcome in outcomes] == [p.is_readable for p in hostile_pictures()]
    assert children(decoder) == before[1:]
    assert peak_memory_mb(children(decoder)[0]) < 750


def test_the_child_gives_what_this_process_would(decoder: PictureDecoder) -> None:
    for colour in ("red", "teal"):
        data = picture_of(colour, px=300, kind="JPEG")
        np.testing.assert_array_equal(decoder.prepare(data, 32), prepare(data, 32))
        assert decoder.thumbnail(data, 40) == thumbnail(data, 40)
        assert decoder.shrink(data, 1000) == shrink(data, 1000)
    assert decoder.prepare(data, 32).flags.writeable


def test_views_are_the_same_as_in_this_process(decoder: PictureDecoder) -> None:
    data = picture_of("red")

    np.testing.assert_array_equal(decoder.views(data, 32, (1.0, 0.7)), views(data, 32, (1.0, 0.7)))


def test_many_come_back_in_order_with_errors_in_their_places(decoder: PictureDecoder) -> None:
    outcomes = decoder.prepare_many([picture_of("red"), b"no picture", picture_of("blue")], 8)
    red, refused, blue = outcomes
    assert isinstance(refused, UnreadablePhoto)
    assert [
        picture.mean(axis=(0, 1)).astype(int).tolist() for picture in (red, blue) if not isinstance(picture, Exception)
    ] == [
        list(COLOURS["red"]),
        list(COLOURS["blue"]),
    ]


def test_a_killed_child_costs_one_picture_and_is_replaced() -> None:
    with PictureDecoder(1, timeout_s=30) as decoder:
        decoder.prepare(picture_of("red"), 8)
        (first,) = children(decoder)
        os.kill(first, signal.SIGSTOP)  # it takes the next picture and hangs
        threading.Timer(0.2, os.kill, (first, signal.SIGKILL)).start()
        with pytest.raises(UnreadablePhoto, match="breaks its decoder"):
            decoder.prepare(picture_of("blue"), 8)
        assert decoder.prepare(picture_of("blue"), 8)[0, 0].tolist() == list(COLOURS["blue"])
        assert children(decoder) != [first]


def test_a_child_that_died_while_idle_costs_no_picture() -> None:
    with PictureDecoder(1) as decoder:
        decoder.prepare(picture_of("red"), 8)
        (first,) = children(decoder)
        os.kill(first, signal.SIGKILL)
        time.sleep(0.1)
        assert decoder.prepare(picture_of("red"), 8).shape == (8, 8, 3)


def test_a_picture_that_takes_too_long_is_given_up() -> None:
    with PictureDecoder(1, timeout_s=0.3) as decoder:
        decoder.prepare(picture_of("red"), 8)
        (first,) = children(decoder)
        os.kill(first, signal.SIGSTOP)
        began = time.monotonic()
        with pytest.raises(UnreadablePhoto, match=r"takes more than 0\.3 seconds to read\."):
            decoder.prepare(picture_of("red"), 8)
        assert time.monotonic() - began < 10
        assert decoder.prepare(picture_of("red"), 8).shape == (8, 8, 3)


@linux
def test_a_picture_that_takes_too_much_memory_is_refused_and_the_next_is_read() -> None:
    data = hostile_picture("39-megapixels-see-through.webp").data
    with PictureDecoder(1, max_memory_bytes=100_000_000) as decoder:
        with pytest.raises(UnreadablePhoto, match=r"memory|damaged"):  # libwebp tells it from damage by nothing
            decoder.prepare(data, 96)
        assert decoder.prepare(picture_of("red"), 8).shape == (8, 8, 3)
        assert peak_memory_mb(children(decoder)[0]) < 160


def test_eight_threads_share_two_children() -> None:
    colours = list(COLOURS)
    with PictureDecoder(2) as decoder:

        def ask(index: int) -> Pixels:
            if index % 5 == 0:
                with pytest.raises(UnreadablePhoto):
                    decoder.prepare(b"no picture", 8)
            return decoder.prepare(picture_of(colours[index % len(colours)]), 8)

        with ThreadPoolExecutor(8) as threads:
            for index, pixels in enumerate(threads.map(ask, range(80))):
                assert pixels[0, 0].tolist() == list(COLOURS[colours[index % len(colours)]])
        assert 1 <= len(children(decoder)) <= 2


def test_nothing_starts_before_it_is_needed_and_nothing_stays_after_the_end() -> None:
    decoder = PictureDecoder(2)
    assert children(decoder) == []
    decoder.warm()
    pids = children(decoder)
    assert len(pids) == 2
    decoder.prepare(picture_of("red"), 8)
    assert sorted(children(decoder)) == sorted(pids)
    decoder.close()
    for pid in pids:
        with pytest.raises(ProcessLookupError):  # reaped too: a zombie could still be signalled
            os.kill(pid, 0)
    with pytest.raises(RuntimeError, match="closed"):
        decoder.prepare(picture_of("red"), 8)


def test_a_decoder_that_nobody_closed_takes_its_children_along() -> None:
    decoder = PictureDecoder(1)
    decoder.prepare(picture_of("red"), 8)
    (pid,) = children(decoder)
    del decoder
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@linux
def test_a_child_holds_no_secret_of_ours_and_no_onnx_runtime(
    decoder: PictureDecoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    with PictureDecoder(1) as fresh:
        fresh.prepare(picture_of("red"), 8)
        (pid,) = children(fresh)
        assert b"SLACK" not in Path(f"/proc/{pid}/environ").read_bytes()
        assert "onnxruntime" not in Path(f"/proc/{pid}/maps").read_text()


def test_a_machine_where_no_child_can_start_is_not_blamed_on_the_picture(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\necho 'no such library' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(broken))
    with PictureDecoder(1) as decoder, pytest.raises(DecoderUnavailable, match="cannot be started: no such library"):
        decoder.prepare(picture_of("red"), 8)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nowhere"))
    with PictureDecoder(1) as decoder, pytest.raises(DecoderUnavailable, match="cannot be started"):
        decoder.prepare(picture_of("red"), 8)


def test_children_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT],
        stdout=subprocess.PIPE,
        cwd=tmp_path,
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert parent.stdout is not None
    with parent, parent.stdout:
        pid = int(parent.stdout.readline())
        os.kill(pid, 0)
        parent.kill()
    until = time.monotonic() + 20
    while _is_running(pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _is_running(pid)


PARENT = """
import io, time
from PIL import Image
from inference.decoding import PictureDecoder
file = io.BytesIO()
Image.new("RGB", (40, 40), "red").save(file, "PNG")
decoder = PictureDecoder(1)
decoder.prepare(file.getvalue(), 8)
print(decoder._idle[0]._process.pid, flush=True)
time.sleep(60)
"""


def _is_running(pid: int) -> bool:
    """False also for a process that has ended and waits for the system to reap it."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")
