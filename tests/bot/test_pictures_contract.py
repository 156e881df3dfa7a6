"""Every adapter of `Pictures` shows the same pictures: the bot's own address, and a bucket behind CloudFront."""

import io
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.adapters import encoder_of
from bot.catalogue import Catalogue, Catalogues, Opened
from bot.settings import BotSettings
from bot.thumbnails import OwnPictures, Pictures
from bot.thumbnails_s3 import GOOD_FOR_YEARS, BucketPictures, CloudFrontUrls
from indexing.embedded import EmbeddedGenerations
from indexing.product import Product
from indexing.settings import BadSetting, FetchSettings
from inference.decoding import PictureDecoder
from tests.parts.cloudfront import ADDRESS, KEY_ID, Distribution, key_pair
from tests.parts.moto_server import clients, moto_server
from tests.shelf import ENCODER

BASE = "https://looksee.example"
BUCKET = "looksee-pictures-123456789012-us-east-1"
DAY_S = 24 * 3600.0
pytestmark = pytest.mark.timeout(300)

pair = cache(key_pair)


@dataclass
class Clock:
    """A clock that the test moves."""

    now_s: float = 1_796_000_000.0  # the end of November 2026

    def __call__(self) -> float:
        return self.now_s


@dataclass
class Shown:
    """An adapter, how another process opens it again, and what Slack gets from a URL."""

    pictures: Pictures
    again: Callable[[], Pictures]
    load: Callable[[str], tuple[int, str, bytes]]
    opened: Opened

    def product(self, name: str = "mug-blue") -> Product:
        return self.opened.store.products([name])[name]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def s3() -> Iterator[Any]:
    with moto_server() as address:
        client = clients(address)("s3")
        client.create_bucket(Bucket=BUCKET)
        yield client
        client.close()


@pytest.fixture
def catalogues(shop: Path, tmp_path: Path) -> Iterator[Catalogues]:
    find = encoder_of(BotSettings(data_dir=tmp_path), ENCODER)
    made = Catalogues(Catalogue("default", EmbeddedGenerations(shop), find))
    yield made
    made.close()


@pytest.fixture(params=["own", pytest.param("bucket", marks=pytest.mark.live)])
def shown(
    request: pytest.FixtureRequest, catalogues: Catalogues, decoder: PictureDecoder, tmp_path: Path, clock: Clock
) -> Iterator[Shown]:
    key_file, opened = tmp_path / "thumbnails.key", catalogues.default.opened()
    if request.param == "own":

        def own() -> OwnPictures:
            return OwnPictures(catalogues, decoder, FetchSettings(), public_url=BASE, key_file=key_file)

        pictures = own()
        with TestClient(Starlette(routes=pictures.routes())) as client:
            yield Shown(pictures, own, lambda url: _answer(client.get(url.removeprefix(BASE))), opened)
        return
    s3 = request.getfixturevalue("s3")
    private, public = pair()
    made: list[BucketPictures] = []

    def bucket() -> BucketPictures:
        own = OwnPictures(catalogues, decoder, FetchSettings(), public_url="", key_file=key_file)
        urls = CloudFrontUrls(ADDRESS, key_id=KEY_ID, private_key=private, now_s=clock)
        made.append(BucketPictures(own, s3, BUCKET, urls, patience_s=20))
        return made[-1]

    distribution = Distribution(public, s3, BUCKET, now_s=clock)
    yield Shown(bucket(), bucket, distribution.get, opened)
    for each in made:
        each.close()
    for found in s3.list_objects_v2(Bucket=BUCKET).get("Contents", []):
        s3.delete_object(Bucket=BUCKET, Key=found["Key"])


def _answer(response: Any) -> tuple[int, str, bytes]:
    return response.status_code, response.headers.get("content-type", ""), response.content


def test_a_url_gives_a_small_jpeg(shown: Shown) -> None:
    status, kind, body = shown.load(shown.pictures.url(shown.opened, shown.product(), 0))

    assert (status, kind) == (200, "image/jpeg")
    with Image.open(io.BytesIO(body), formats=["JPEG"]) as picture:
        assert max(picture.size) <= 512


def test_a_picture_has_the_same_url_in_every_process(shown: Shown) -> None:
    url = shown.pictures.url(shown.opened, shown.product(), 0)

    assert shown.pictures.url(shown.opened, shown.product(), 0) == url
    assert shown.again().url(shown.opened, shown.product(), 0) == url
    assert len(url) < 3000, "Slack takes no longer ones"


def test_an_old_message_keeps_its_picture(shown: Shown, clock: Clock) -> None:
    url = shown.pictures.url(shown.opened, shown.product(), 0)
    clock.now_s += 3000 * DAY_S

    assert shown.load(url)[0] == 200


def test_other_pictures_have_other_urls_which_tell_no_address(shown: Shown) -> None:
    products = [
        shown.product(),
        shown.product("mug-red"),
        msgspec.structs.replace(shown.product(), pictures=("b.png",)),
    ]
    urls = {shown.pictures.url(shown.opened, shown.product(), 0)}
    urls |= {shown.pictures.url(shown.opened, shown.product("mug-red"), 0)}

    assert len(urls) == 2
    assert not any(product.pictures[0] in url for url in urls for product in products)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda url: url.replace("thumbnails/default/", "thumbnails/other/"),
        lambda url: url.partition("?")[0],
        lambda url: url.replace("?s=", "?s=A").replace("Signature=", "Signature=A"),
        lambda url: url.replace("?s=", "?s=A").replace("Expires=2", "Expires=3"),
    ],
)
def test_a_url_that_was_changed_gives_nothing(shown: Shown, spoil: Callable[[str], str]) -> None:
    url = shown.pictures.url(shown.opened, shown.product(), 0)

    assert spoil(url) != url
    assert shown.load(spoil(url))[0] == 403


def test_all_pictures_of_an_answer_are_asked_for_at_once(shown: Shown) -> None:
    wanted = [(shown.product(name), 0) for name in ("mug-blue", "mug-red", "chair-green")]
    gone = Product(id="p", title="P", pictures=())

    urls = shown.pictures.urls(shown.opened, [*wanted, (gone, 0), (shown.product(), 7)])

    assert urls == [*(shown.pictures.url(shown.opened, *each) for each in wanted), "", ""]
    assert all(shown.load(url)[0] == 200 for url in urls[:3])


def test_a_public_picture_is_shown_from_where_it_is(shown: Shown) -> None:
    product = Product(id="p", title="P", pictures=("https://shop.example/a.jpg",))

    assert shown.pictures.url(shown.opened, product, 0) == "https://shop.example/a.jpg"


def test_a_thumbnail_has_the_size_that_was_asked_and_one_that_cannot_be_read_is_none(shown: Shown) -> None:
    jpeg = shown.pictures.thumbnail(shown.opened, shown.product(), 0, px=32)
    gone = Product(id="gone", title="Gone", pictures=("gone.png",))

    assert jpeg is not None
    with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as picture:
        assert max(picture.size) == 32
    assert shown.pictures.thumbnail(shown.opened, gone, 0, px=32) is None


# --- the bucket alone ------------------------------------------------------------------------------------------------


class Refusing:
    """S3 that is slow, or down."""

    def __init__(self, *, until: threading.Event | None = None) -> None:
        self.until = until
        self.asked = 0

    def head_object(self, **_: Any) -> None:
        from botocore.exceptions import EndpointConnectionError

        self.asked += 1
        if self.until is not None:
            self.until.wait(20)
            return
        raise EndpointConnectionError(endpoint_url="https://s3.example")


@pytest.fixture
def own(catalogues: Catalogues, decoder: PictureDecoder, tmp_path: Path) -> OwnPictures:
    return OwnPictures(catalogues, decoder, FetchSettings(), public_url="", key_file=tmp_path / "key")


def urls_of(clock: Clock) -> CloudFrontUrls:
    return CloudFrontUrls(ADDRESS, key_id=KEY_ID, private_key=pair()[0], now_s=clock)


def test_an_answer_does_not_wait_for_a_slow_bucket_and_the_next_one_has_the_picture(
    own: OwnPictures, catalogues: Catalogues, clock: Clock
) -> None:
    free = threading.Event()
    slow: Any = Refusing(until=free)
    opened = catalogues.default.opened()
    product = opened.store.products(["mug-blue"])["mug-blue"]
    pictures = BucketPictures(own, slow, BUCKET, urls_of(clock), patience_s=0.05)
    try:
        assert pictures.urls(opened, [(product, 0), (product, 0)]) == ["", ""]
        free.set()
        pictures.close()

        assert pictures.url(opened, product, 0).startswith(f"{ADDRESS}/thumbnails/default/")
        assert slow.asked == 1
    finally:
        free.set()
        pictures.close()


def test_a_bucket_that_is_down_costs_the_picture_and_not_the_answer(
    own: OwnPictures, catalogues: Catalogues, clock: Clock
) -> None:
    down: Any = Refusing()
    opened = catalogues.default.opened()
    pictures = BucketPictures(own, down, BUCKET, urls_of(clock))

    assert pictures.url(opened, opened.store.products(["mug-blue"])["mug-blue"], 0) == ""
    pictures.close()


def test_a_url_changes_once_a_year_and_lasts_nine_years_at_least(clock: Clock) -> None:
    urls, name = urls_of(clock), "thumbnails/default/a.jpg"
    first = urls.url(name)
    until_s = int(first.partition("Expires=")[2].partition("&")[0])
    assert until_s - clock.now_s > (GOOD_FOR_YEARS - 1) * 365 * DAY_S
    clock.now_s += 20 * DAY_S
    assert urls.url(name) == first
    clock.now_s += 30 * DAY_S
    assert urls.url(name) != first


def test_a_key_that_is_none_is_said_in_a_sentence() -> None:
    with pytest.raises(BadSetting, match="LOOKSEE_PICTURE_KEY is no PEM key"):
        CloudFrontUrls(ADDRESS, key_id=KEY_ID, private_key="x")


@pytest.mark.live
def test_a_stored_thumbnail_is_made_once_and_never_sent_again(shown: Shown, s3: Any) -> None:
    if not isinstance(shown.pictures, BucketPictures):
        pytest.skip("of the bucket")
    shown.pictures.url(shown.opened, shown.product(), 0)
    (stored,) = s3.list_objects_v2(Bucket=BUCKET)["Contents"]
    shown.again().url(shown.opened, shown.product(), 0)

    (kept,) = s3.list_objects_v2(Bucket=BUCKET)["Contents"]
    assert kept["LastModified"] == stored["LastModified"]
    head = s3.head_object(Bucket=BUCKET, Key=stored["Key"])
    assert (head["ContentType"], "immutable" in head["CacheControl"]) == ("image/jpeg", True)
