import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from inference.train.download import DownloadFailed, fetch
from inference.train.published import PUBLISHED, published

CONTENT = bytes(range(256)) * 8000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


class _Shop(BaseHTTPRequestHandler):
    """Serves one file with Range, and breaks off as often as it is told to."""

    breaks = 0
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        if self.path != "/model.pt":
            self.send_error(404)
            return
        wanted = self.headers.get("Range", "bytes=0-")
        type(self).asked.append(wanted)
        start = int(wanted.removeprefix("bytes=").rstrip("-"))
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(CONTENT) - start))
        self.end_headers()
        if type(self).breaks:
            type(self).breaks -= 1
            self.wfile.write(CONTENT[start : start + 500_000])
            self.wfile.flush()
            self.connection.close()
            return
        self.wfile.write(CONTENT[start:])

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def shop() -> Iterator[str]:
    _Shop.breaks, _Shop.asked = 0, []
    with ThreadingHTTPServer(("127.0.0.1", 0), _Shop) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_a_download_that_breaks_off_goes_on_where_it_stopped(shop: str, tmp_path: Path) -> None:
    _Shop.breaks = 2
    seen: list[tuple[int, int | None]] = []

    path = fetch(f"{shop}/model.pt", tmp_path / "m.pt", sha256=SHA256, progress=lambda d, t: seen.append((d, t)))

    assert path.read_bytes() == CONTENT
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert len(_Shop.asked) == 3
    assert _Shop.asked[-1] != "bytes=0-"


def test_what_is_there_already_is_not_fetched_again(shop: str, tmp_path: Path) -> None:
    fetch(f"{shop}/model.pt", tmp_path / "m.pt", sha256=SHA256)
    fetch(f"{shop}/model.pt", tmp_path / "m.pt", sha256=SHA256)

    assert len(_Shop.asked) == 1


def test_a_file_with_another_sha256_is_thrown_away(shop: str, tmp_path: Path) -> None:
    with pytest.raises(DownloadFailed, match="thrown away"):
        fetch(f"{shop}/model.pt", tmp_path / "m.pt", sha256="0" * 64)

    assert list(tmp_path.iterdir()) == []


def test_a_wrong_address_is_said_in_one_sentence(shop: str, tmp_path: Path) -> None:
    with pytest.raises(DownloadFailed, match="answers 404; check the address"):
        fetch(f"{shop}/none.pt", tmp_path / "m.pt", sha256=None)


@pytest.mark.parametrize("name", ["ViT-B/32", "vit-b-32", "ViT-B-32"])
def test_a_published_checkpoint_goes_by_the_names_people_write(name: str) -> None:
    found = published(name)

    assert found is PUBLISHED["ViT-B-32"]
    assert found.sha256 in found.url
