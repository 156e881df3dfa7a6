import io
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.adapters import encoder_of
from bot.catalogue import Catalogue, Catalogues, Opened
from bot.settings import BotSettings
from bot.thumbnails import OwnPictures
from indexing.embedded import EmbeddedGenerations
from indexing.product import Product
from indexing.settings import FetchSettings
from inference.decoding import PictureDecoder
from tests.shelf import ENCODER

BASE = "https://looksee.example"


@pytest.fixture
def catalogues(shop: Path, tmp_path: Path) -> Iterator[Catalogues]:
    find = encoder_of(BotSettings(data_dir=tmp_path), ENCODER)
    made = Catalogues(Catalogue("default", EmbeddedGenerations(shop), find))
    yield made
    made.close()


@pytest.fixture
def pictures(catalogues: Catalogues, tmp_path: Path) -> Iterator[OwnPictures]:
    with PictureDecoder() as decoder:
        yield made(catalogues, decoder, tmp_path)


def made(catalogues: Catalogues, decoder: PictureDecoder, folder: Path, *, url: str = BASE) -> OwnPictures:
    return OwnPictures(catalogues, decoder, FetchSettings(), public_url=url, key_file=folder / "thumbnails.key")


def mug(catalogues: Catalogues) -> tuple[Opened, Product]:
    opened = catalogues.default.opened()
    return opened, opened.store.products(["mug-blue"])["mug-blue"]


def test_a_signed_url_gives_a_small_jpeg(catalogues: Catalogues, pictures: OwnPictures) -> None:
    url = pictures.url(*mug(catalogues), 0)
    assert url.startswith(f"{BASE}/thumbnails/default/")

    with TestClient(Starlette(routes=pictures.routes())) as client:
        response = client.get(url.removeprefix(BASE))

    assert response.headers["content-type"] == "image/jpeg"
    assert "immutable" in response.headers["cache-control"]
    with Image.open(io.BytesIO(response.content)) as picture:
        assert max(picture.size) <= 512


def test_a_url_stays_the_same_over_restarts_and_names_no_address(
    catalogues: Catalogues, pictures: OwnPictures, tmp_path: Path
) -> None:
    with PictureDecoder() as decoder:
        again = made(catalogues, decoder, tmp_path)

        assert again.url(*mug(catalogues), 0) == pictures.url(*mug(catalogues), 0)
    assert stat.S_IMODE((tmp_path / "thumbnails.key").stat().st_mode) == 0o600
    assert "mug-blue.png" not in pictures.url(*mug(catalogues), 0)


@pytest.mark.parametrize(
    "spoil", [lambda url: url[:-2] + "AA", lambda url: url.replace("/0-", "/1-"), lambda url: url.split("?")[0]]
)
def test_a_url_that_was_changed_gives_nothing(catalogues: Catalogues, pictures: OwnPictures, spoil: object) -> None:
    url = pictures.url(*mug(catalogues), 0).removeprefix(BASE)
    assert callable(spoil)

    with TestClient(Starlette(routes=pictures.routes())) as client:
        assert client.get(spoil(url)).status_code == 403


def test_a_product_that_is_gone_gives_404(catalogues: Catalogues, pictures: OwnPictures) -> None:
    opened, _ = mug(catalogues)
    gone = Product(id="gone/../?x", title="Gone", pictures=("gone.png",))

    with TestClient(Starlette(routes=pictures.routes())) as client:
        assert client.get(pictures.url(opened, gone, 0).removeprefix(BASE)).status_code == 404


@pytest.mark.parametrize(
    ("uri", "is_own"),
    [
        ("https://shop.example/a.jpg", True),
        ("https://shop.example/a.PNG?v=2", True),
        ("https://shop.example/a.webp", False),
        ("https://shop.example/a", False),
        ("https://127.0.0.1/a.jpg", False),
        ("https://10.0.0.1/a.jpg", False),
        ("https://shop.internal/a.jpg", False),
        ("https://localhost/a.jpg", False),
        ("s3://bucket/a.jpg", False),
        ("folder/a.jpg", False),
    ],
)
def test_only_a_public_jpeg_or_png_is_shown_from_where_it_is(
    catalogues: Catalogues, pictures: OwnPictures, uri: str, is_own: bool
) -> None:
    opened, _ = mug(catalogues)
    product = Product(id="p", title="P", pictures=(uri,))

    assert (pictures.url(opened, product, 0) == uri) is is_own
    assert pictures.url(opened, product, 1) == ""


def test_without_a_public_address_there_is_no_url(catalogues: Catalogues, tmp_path: Path) -> None:
    with PictureDecoder() as decoder:
        assert made(catalogues, decoder, tmp_path, url="").url(*mug(catalogues), 0) == ""
