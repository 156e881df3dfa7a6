"""Pictures are fetched from public addresses and from under the source's folder, and from nowhere else."""

import email.utils
import os
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from indexing import addresses
from indexing.addresses import PublicTransport, is_public
from indexing.fetch import Fetcher, NotFetched
from indexing.settings import FetchSettings
from tests.indexing.shop_server import ShopServer, shop_server

HERE = FetchSettings(allow_private_addresses=True, timeout_s=2, longest_pause_s=1)
"""Lets tests ask their own server."""


@pytest.fixture
def shop() -> Iterator[ShopServer]:
    with shop_server() as server:
        yield server


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(HERE) as fetcher:
        yield fetcher


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.9.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "168.63.129.16",
        "100.64.0.1",
        "100.100.100.200",
        "192.0.0.170",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1%eth0",
        "fec0::1",
        "fd00:ec2::254",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::a9fe:a9fe",
        "2001:0:4136:e378:8000:63bf:f5ff:fffe",
    ],
)
def test_every_other_address_is_not(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
        "https://10.0.0.1/",
        "http://0/",
    ],
)
def test_a_link_to_a_private_address_is_refused_however_it_is_written(url: str) -> None:
    with Fetcher(FetchSettings(attempts=1)) as fetcher, pytest.raises(NotFetched, match="not public"):
        fetcher.fetch_url(url)


def test_our_own_server_is_refused_unless_private_addresses_are_allowed(shop: ShopServer, fetcher: Fetcher) -> None:
    link = shop.serve("/mug.png", b"mug")
    with Fetcher() as strict, pytest.raises(NotFetched, match=r"not public \(127\.0\.0\.1\)"):
        strict.fetch_url(link)
    assert not shop.asked
    assert fetcher.fetch_url(link).data == b"mug"


def named(monkeypatch: pytest.MonkeyPatch, names: dict[str, list[list[str]]]) -> None:
    """Let names resolve to these addresses, one list after the other."""
    real = socket.getaddrinfo

    def resolve(host: str, port: int, *args: object, **kwargs: object) -> list[tuple[object, ...]]:
        if host not in names:
            return real(host, port, *args, **kwargs)  # type: ignore[arg-type, return-value]
        answers = names[host]
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


def only_ours_is_public(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let 127.0.0.1 stand for the internet: a test has no other server."""
    monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.1" or is_public(address))


def test_a_redirect_to_a_private_address_is_refused(shop: ShopServer, monkeypatch: pytest.MonkeyPatch) -> None:
    only_ours_is_public(monkeypatch)
    for number, target in enumerate(["http://10.0.0.1/x", "http://[::1]/x", "http://169.254.169.254/", "//127.0.0.2/"]):
        shop.pages[f"/{number}"] = (302, {"Location": target}, b"")
        with Fetcher() as fetcher, pytest.raises(NotFetched, match="not public"):
            fetcher.fetch_url(f"{shop.url}/{number}")


def test_a_redirect_to_another_scheme_is_refused(shop: ShopServer, fetcher: Fetcher) -> None:
    shop.pages["/a"] = (302, {"Location": "file:///etc/passwd"}, b"")
    with pytest.raises(NotFetched, match="redirects to something else"):
        fetcher.fetch_url(f"{shop.url}/a")


def test_redirects_are_followed_up_to_a_bound(shop: ShopServer, fetcher: Fetcher) -> None:
    mug = shop.serve("/mug.png", b"mug")
    shop.pages["/short"] = (301, {"Location": "/mug.png"}, b"")
    shop.pages["/loop"] = (302, {"Location": "/loop"}, b"")
    assert fetcher.fetch_url(f"{shop.url}/short").final_url == mug
    with pytest.raises(NotFetched, match="redirects more than 5 times"):
        fetcher.fetch_url(f"{shop.url}/loop")


def test_a_name_that_changes_its_address_after_the_check_wins_nothing(
    shop: ShopServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_ours_is_public(monkeypatch)
    names = {"shop.example": [["127.0.0.1"], ["10.0.0.1"]]}
    named(monkeypatch, names)
    shop.serve("/mug.png", b"mug")
    link = shop.url.replace("127.0.0.1", "shop.example") + "/mug.png"
    with Fetcher(FetchSettings(attempts=1)) as fetcher:
        assert fetcher.fetch_url(link).data == b"mug"  # resolved once: checked and connected to the same address
    with Fetcher(FetchSettings(attempts=1)) as fetcher, pytest.raises(NotFetched, match="not public"):
        fetcher.fetch_url(link)


def test_a_name_with_one_private_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    named(monkeypatch, {"shop.example": [["8.8.8.8", "10.0.0.1"]]})
    with Fetcher(FetchSettings(attempts=1)) as fetcher, pytest.raises(NotFetched, match="not public"):
        fetcher.fetch_url("https://shop.example/mug.png")


def test_the_host_header_keeps_the_name(shop: ShopServer, monkeypatch: pytest.MonkeyPatch) -> None:
    only_ours_is_public(monkeypatch)
    named(monkeypatch, {"shop.example": [["127.0.0.1"]]})
    shop.pages["/host"] = lambda headers: (200, {}, headers["Host"].encode())
    with Fetcher() as fetcher:
        fetched = fetcher.fetch_url(shop.url.replace("127.0.0.1", "shop.example") + "/host")
    assert fetched.data.startswith(b"shop.example:")


def test_the_transport_serves_any_httpx_client() -> None:
    with httpx.Client(transport=PublicTransport()) as client, pytest.raises(addresses.PrivateAddress):
        client.get("http://127.0.0.1:9/")


def test_a_file_that_is_too_large_is_refused_before_and_while_it_comes(shop: ShopServer) -> None:
    shop.pages["/announced"] = (200, {}, b"x" * 2000)
    chunks = b"".join(b"400\r\n" + b"x" * 1024 + b"\r\n" for _ in range(4)) + b"0\r\n\r\n"
    shop.pages["/hidden"] = (200, {"Transfer-Encoding": "chunked"}, chunks)
    with Fetcher(replace(HERE, max_bytes=1500)) as fetcher:
        for path in ("/announced", "/hidden"):
            with pytest.raises(NotFetched, match="larger than 0 MB"):
                fetcher.fetch_url(shop.url + path)


def test_a_picture_that_is_still_the_same_is_not_sent_again(shop: ShopServer, fetcher: Fetcher) -> None:
    link = shop.serve("/mug.png", b"mug", etag='"v1"')
    first = fetcher.fetch_url(link)
    again = fetcher.fetch_url(link, etag=first.etag)
    assert (first.etag, first.content_type) == ('"v1"', "image/png")
    assert (again.is_unchanged, again.data, again.etag) == (True, b"", '"v1"')
    shop.serve("/mug.png", b"other mug", etag='"v2"')
    assert fetcher.fetch_url(link, etag=first.etag).data == b"other mug"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_asked_again(shop: ShopServer, fetcher: Fetcher, status: int) -> None:
    shop.pages["/mug.png"] = lambda _: (200, {}, b"mug") if shop.asked["/mug.png"] > 2 else (status, {}, b"")
    assert fetcher.fetch_url(f"{shop.url}/mug.png").data == b"mug"
    assert shop.asked["/mug.png"] == 3


@pytest.mark.parametrize("written", ["1", "date"])
def test_retry_after_is_honoured(shop: ShopServer, fetcher: Fetcher, written: str) -> None:
    after = email.utils.formatdate(time.time() + 2, usegmt=True) if written == "date" else written
    shop.pages["/a"] = lambda _: (200, {}, b"a") if shop.asked["/a"] > 1 else (429, {"Retry-After": after}, b"")
    started = time.monotonic()
    with Fetcher(replace(HERE, longest_pause_s=3)) as patient:
        assert patient.fetch_url(f"{shop.url}/a").data == b"a"
    assert time.monotonic() - started > 0.9


def test_a_server_that_wants_an_hour_is_given_up_at_once(shop: ShopServer, fetcher: Fetcher) -> None:
    shop.pages["/a"] = (503, {"Retry-After": "3600"}, b"")
    with pytest.raises(NotFetched, match="answered with status 503") as caught:
        fetcher.fetch_url(f"{shop.url}/a")
    assert caught.value.is_temporary
    assert shop.asked["/a"] == 1


def test_what_is_not_there_is_asked_once(shop: ShopServer, fetcher: Fetcher) -> None:
    with pytest.raises(NotFetched, match="answered with status 404") as caught:
        fetcher.fetch_url(f"{shop.url}/gone.png")
    assert not caught.value.is_temporary
    assert shop.asked["/gone.png"] == 1


@pytest.mark.parametrize("url", ["http://", "http://[", "http://a b/", "http://x\x00.example/", "http://" + "a" * 300])
def test_a_link_that_is_none_is_refused_with_a_sentence(url: str) -> None:
    with Fetcher(replace(HERE, attempts=1)) as fetcher, pytest.raises(NotFetched, match=r"\.$"):
        fetcher.fetch_url(url)


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    (tmp_path / "secret.png").write_bytes(b"secret")
    folder = tmp_path / "pictures"
    (folder / "inner").mkdir(parents=True)
    (folder / "mug.png").write_bytes(b"mug")
    (folder / "link.png").symlink_to(folder / "mug.png")
    (folder / "escape.png").symlink_to(tmp_path / "secret.png")
    (folder / "out").symlink_to(tmp_path)
    (folder / "loop.png").symlink_to(folder / "loop.png")
    os.mkfifo(folder / "pipe.png")
    return folder


@pytest.mark.parametrize("uri", ["mug.png", "./mug.png", "inner/../mug.png", "link.png"])
def test_a_file_under_the_folder_is_read(pictures: Path, uri: str) -> None:
    with Fetcher(folder=pictures) as fetcher:
        fetched = fetcher.fetch(uri)
        assert fetched.data == b"mug"
        assert fetcher.fetch(uri, etag=fetched.etag).is_unchanged


@pytest.mark.parametrize(
    ("uri", "sentence"),
    [
        ("../secret.png", "outside the picture folder"),
        ("escape.png", "outside the picture folder"),
        ("out/secret.png", "outside the picture folder"),
        ("/etc/passwd", "outside the picture folder"),
        ("nothing.png", "is not there"),
        ("inner", "not a file"),
        (".", "outside the picture folder"),
        ("pipe.png", "not a file"),
        ("loop.png", r"\.$"),
        ("zero\x00byte.png", "cannot be read: embedded null byte"),
        ("a" * 5000, r"\.$"),
        ("file:///etc/passwd", "file: addresses cannot be read"),
        ("s3://bucket/key", "s3: addresses cannot be read"),
        ("data:image/png;base64,AAAA", "data: addresses cannot be read"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(pictures: Path, uri: str, sentence: str) -> None:
    with Fetcher(folder=pictures) as fetcher:
        with pytest.raises(NotFetched, match=sentence):
            fetcher.fetch(uri)
        assert fetcher.problem_of(uri)
        assert fetcher.file_tag(uri) == ""


def test_a_setting_lets_files_lie_outside(pictures: Path) -> None:
    with Fetcher(FetchSettings(allow_outside_files=True), folder=pictures) as fetcher:
        assert fetcher.fetch("escape.png").data == b"secret"


def test_a_file_that_is_too_large_is_not_read(pictures: Path) -> None:
    with Fetcher(FetchSettings(max_bytes=2), folder=pictures) as fetcher, pytest.raises(NotFetched, match="larger"):
        fetcher.fetch("mug.png")


def test_without_a_folder_only_links_are_pictures() -> None:
    with Fetcher() as fetcher, pytest.raises(NotFetched, match="has no picture folder"):
        fetcher.fetch("mug.png")


def test_objects_are_read_from_the_installations_own_bucket_only() -> None:
    with Fetcher(FetchSettings(picture_bucket="ours")) as fetcher:
        with pytest.raises(NotFetched, match="Pictures from s3: addresses cannot be read"):
            fetcher.fetch("s3://theirs/a.jpg")
        with pytest.raises(NotFetched, match="Pictures from s3: addresses cannot be read"):
            fetcher.fetch("s3://ours-too/a.jpg")
        assert fetcher.file_tag("s3://theirs/a.jpg") == ""


def test_what_was_seen_in_our_own_bucket_is_not_read_again() -> None:
    with Fetcher(FetchSettings(picture_bucket="ours")) as fetcher:
        tag = fetcher.file_tag("s3://ours/a.0123456789abcdef.jpg")
        assert fetcher.fetch("s3://ours/a.0123456789abcdef.jpg", etag=tag).is_unchanged
