"""A build accounts for every row, encodes only what is new, and leaves the live generation alone until it is sound."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from indexing.build import BuildFailed, BuildInterrupted, NothingIndexed, build
from indexing.embedded import EmbeddedGenerations
from indexing.generation import BuildRefused
from indexing.settings import FetchSettings
from indexing.sources import BadSource, open_source
from indexing.store import Probe, VectorProbe
from inference.encoder import Embeddings, EncoderUnavailable, Pixels
from tests.indexing.builds import CountingEncoder, Shop
from tests.indexing.catalogues import abo, picture, read_csv, shop, write_csv
from tests.indexing.shop_server import ShopServer, shop_server
from tests.toys import product_picture


@pytest.fixture
def index(tmp_path: Path) -> Shop:
    return Shop(tmp_path / "data")


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """Six products, eight pictures."""
    return shop(tmp_path / "shop")


def test_a_first_build_indexes_every_row_and_is_live(index: Shop, catalogue: Path) -> None:
    report = index.index(catalogue)
    live = index.generations.live()
    assert (report.read, report.indexed, report.unchanged, report.rejected) == (6, 6, 0, 0)
    assert live is not None
    assert (live.name, live.products, live.vectors) == (report.generation, 6, 8 + 6)
    assert live.source == str(catalogue)


def test_what_was_indexed_is_found_by_its_own_picture_and_words(index: Shop, catalogue: Path) -> None:
    index.index(catalogue)
    store = index.generations.open()
    own = store.vectors(["p2"])["p2"][0]
    words = index.encoder.encode_texts(["this is a green mug 2"])[0]
    probes = (VectorProbe(vector=own, against="picture"), VectorProbe(vector=words, against="words"))
    candidates = store.candidates(Probe(vectors=probes, k=3))
    assert [near[0].product_id for near in candidates.vectors] == ["p2", "p2"]
    assert candidates.vectors[0][0].score == pytest.approx(1.0, abs=1e-3)
    store.close()


def test_the_same_again_encodes_nothing_and_leaves_the_live_generation(index: Shop, catalogue: Path) -> None:
    first = index.index(catalogue)
    pictures, texts = index.encoder.pictures, index.encoder.texts
    again = index.index(catalogue)
    assert (again.indexed, again.unchanged, again.generation) == (0, 6, first.generation)
    assert (index.encoder.pictures, index.encoder.texts) == (pictures, texts) == (8, 6)
    assert [generation.name for generation in index.generations.all()] == [first.generation]


def test_a_new_price_encodes_nothing(index: Shop, catalogue: Path) -> None:
    index.index(catalogue)
    rows = read_csv(catalogue / "products.csv")
    rows[1]["price"] = "99.00"
    write_csv(catalogue / "products.csv", rows)
    report = index.index(catalogue)
    assert (report.indexed, report.unchanged) == (1, 5)
    assert (index.encoder.pictures, index.encoder.texts) == (8, 6)
    assert "minor=9900" in index.held()["p1"][0]


def test_only_a_new_picture_is_encoded_again(index: Shop, catalogue: Path) -> None:
    index.index(catalogue)
    before = index.held()
    picture(catalogue / "pictures" / "p0_2.png", "purple", px=60)
    report = index.index(catalogue)
    assert (report.indexed, report.unchanged, report.pictures_encoded) == (1, 5, 1)
    assert (index.encoder.pictures, index.encoder.texts) == (9, 6)
    changed = [product_id for product_id, held in index.held().items() if held != before[product_id]]
    assert changed == ["p0"]


def test_a_file_that_was_only_touched_is_read_and_not_encoded(index: Shop, catalogue: Path) -> None:
    index.index(catalogue)
    path = catalogue / "pictures" / "p1.png"
    path.write_bytes(path.read_bytes())
    assert index.index(catalogue).unchanged == 6
    assert index.encoder.pictures == 8


def test_equal_pictures_and_texts_are_encoded_once(index: Shop, tmp_path: Path) -> None:
    for i in range(10):
        picture(tmp_path / "shop" / "red mug" / f"{i}.png", "red")
    assert index.index(tmp_path / "shop").indexed == 10
    assert (index.encoder.pictures, index.encoder.texts) == (1, 1)


def test_rows_that_are_gone_or_went_bad_leave_the_index(index: Shop, catalogue: Path) -> None:
    index.index(catalogue)
    rows = read_csv(catalogue / "products.csv")
    rows[4]["price"] = "a lot"
    write_csv(catalogue / "products.csv", rows[1:])
    report = index.index(catalogue)
    assert (report.read, report.unchanged, report.rejected, report.deleted) == (5, 4, 1, 2)
    assert sorted(index.held()) == ["p1", "p2", "p3", "p5"]


def test_every_reject_is_in_the_file_with_its_reason(index: Shop, catalogue: Path) -> None:
    rows = read_csv(catalogue / "products.csv")
    rows[2]["price"] = "a lot"
    write_csv(catalogue / "products.csv", [*rows, rows[0]])
    (catalogue / "pictures" / "p1.png").write_bytes(b"not a picture")
    (catalogue / "pictures" / "p0_2.png").unlink()
    report = index.index(catalogue)
    lines = [json.loads(line) for line in Path(report.rejects_file).read_text().splitlines()]
    assert sorted((line["row"], line["product_id"], line["picture"]) for line in lines) == [
        (1, "p0", "pictures/p0_2.png"),
        (2, "p1", "pictures/p1.png"),
        (3, "p2", ""),
        (7, "p0", ""),
    ]
    assert all(line["reason"].endswith(".") for line in lines)
    assert (report.indexed, report.rejected, report.picture_rejects) == (5, 2, 2)
    assert "none/" in index.held()["p1"][1]  # found by its words still


@pytest.mark.parametrize("is_there", [False, True])
def test_rows_of_which_no_picture_can_be_read_are_counted_and_found_by_their_words(
    index: Shop, tmp_path: Path, *, is_there: bool
) -> None:
    catalogue = shop(tmp_path / "shop", 3)
    for file in (catalogue / "pictures").iterdir():
        file.write_bytes(b"no picture") if is_there else file.unlink()
    report = index.index(catalogue)
    again = index.index(catalogue)

    assert (report.read, report.indexed, report.words_only, report.picture_rejects) == (3, 3, 3, 4)
    assert (again.unchanged, again.words_only) == (3, 3)


def test_pictures_that_the_source_itself_does_not_find_count_as_well(index: Shop, tmp_path: Path) -> None:
    listings = [{"item_id": name, "item_name": [{"value": name}], "main_image_id": name} for name in ("seen", "not")]
    report = index.index(abo(tmp_path / "abo", listings, {"seen": "red"}))

    assert (report.indexed, report.picture_rejects, report.words_only) == (2, 1, 1)


def test_a_build_that_keeps_no_row_leaves_what_is_live_and_nothing_of_itself(index: Shop, catalogue: Path) -> None:
    first = index.index(catalogue)
    before = index.held()
    rows = [{**row, "price": "-1.50"} for row in read_csv(catalogue / "products.csv")]
    write_csv(catalogue / "products.csv", rows)

    with pytest.raises(NothingIndexed, match=r"all 6 rows were rejected; reasons are in .+ What was live before"):
        index.index(catalogue)
    assert [generation.name for generation in index.generations.all()] == [first.generation]
    assert index.held() == before


def test_a_limit_indexes_the_first_rows(index: Shop, catalogue: Path) -> None:
    assert index.index(catalogue, limit=2).read == 2
    assert sorted(index.held()) == ["p0", "p1"]


def test_another_catalogue_takes_the_place_of_the_first(index: Shop, catalogue: Path, tmp_path: Path) -> None:
    index.index(catalogue)
    index.index(shop(tmp_path / "other", 3))
    assert sorted(index.held()) == ["p0", "p1", "p2"]


def test_a_source_that_breaks_off_leaves_what_is_live(index: Shop, tmp_path: Path) -> None:
    item = "<item><id>{0}</id><title>mug {0}</title><image_link>x.png</image_link><price>1 USD</price></item>"
    feed = tmp_path / "feed.xml"
    feed.write_text(f"<rss><channel>{''.join(item.format(i) for i in range(50))}</channel></rss>")
    first = index.index(feed)
    feed.write_text(feed.read_text()[:2500])
    with pytest.raises(BadSource, match="not well-formed"):
        index.index(feed)
    live = index.generations.live()
    assert live is not None
    assert (live.name, live.products) == (first.generation, 50)


def test_two_builds_at_once_are_refused(index: Shop, catalogue: Path) -> None:
    writer = index.generations.begin(model_id="m", dim=3, prompt="{}", source="other", update=False)
    with pytest.raises(BuildRefused, match="is running"):
        index.index(catalogue)
    writer.close()
    assert index.index(catalogue).indexed == 6


class Interrupting(CountingEncoder):
    """Stops the build, as a person or a failure would, after some pictures."""

    def __init__(self, after: int, error: type[BaseException]) -> None:
        super().__init__()
        self.after, self.error = after, error

    def encode_pictures(self, pictures: Sequence[Pixels]) -> Embeddings:
        if self.pictures >= self.after:
            raise self.error
        return super().encode_pictures(pictures)


def test_ctrl_c_leaves_a_state_that_the_same_command_resumes(index: Shop, catalogue: Path) -> None:
    index.encoder = Interrupting(4, KeyboardInterrupt)
    with pytest.raises(BuildInterrupted, match="the same command goes on"):
        index.index(catalogue)
    assert index.generations.live() is None
    index.encoder = CountingEncoder()
    assert index.index(catalogue).read == 6
    assert index.encoder.pictures == 4


def test_an_encoder_that_stays_away_fails_the_build_with_a_sentence(
    index: Shop, catalogue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tenacity.wait_random_exponential.__call__", lambda *_: 0.0)
    index.encoder = Interrupting(0, EncoderUnavailable)
    with pytest.raises(BuildFailed, match="The same command goes on where this one ended"):
        index.index(catalogue)


class Blind(CountingEncoder):
    """Sees nothing in red pictures, as a broken model might."""

    def encode_pictures(self, pictures: Sequence[Pixels]) -> Embeddings:
        vectors = super().encode_pictures(pictures)
        vectors[[bool(p[16, 16, 0] > 200 and p[16, 16, 1] < 100) for p in pictures]] = np.nan
        return vectors


def test_a_picture_that_the_model_cannot_place_costs_that_picture(index: Shop, catalogue: Path) -> None:
    index.encoder = Blind()
    report = index.index(catalogue)
    assert (report.indexed, report.picture_rejects) == (6, 2)  # p0 has two
    assert index.held()["p0"][1].startswith("none/")


def test_a_generation_that_is_not_sound_is_not_promoted(
    index: Shop, catalogue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EmbeddedGenerations, "verify", lambda *_, **__: ["Product p1 does not find itself."])
    with pytest.raises(BuildFailed, match="stays unused: Product p1 does not find itself"):
        index.index(catalogue)
    assert index.generations.live() is None


def test_calibration_is_measured_on_the_finished_generation(index: Shop, catalogue: Path) -> None:
    report = build(open_source(catalogue), index.generations, index.encoder, settings=index.settings)
    live = index.generations.live()
    assert live is not None
    assert live.name == report.generation
    assert live.calibration.measured["sample"] == 6


@pytest.fixture
def online(tmp_path: Path) -> Iterator[tuple[ShopServer, Path, Shop]]:
    """Three products with pictures on a server, two of which it gives an ETag."""
    with shop_server() as server:
        rows = []
        for i, colour in enumerate(("red", "blue", "green")):
            etag = f'"{colour}"' if i else ""
            link = server.serve(f"/{colour}.png", product_picture(colour), etag=etag)
            rows.append({"id": colour, "title": f"{colour} mug", "image_url": link})
        fetch = FetchSettings(allow_private_addresses=True, attempts=1, timeout_s=2)
        yield server, write_csv(tmp_path / "list.csv", rows), Shop(tmp_path / "data", fetch=fetch)


def test_pictures_on_a_server_are_not_sent_again_where_it_gives_etags(online: tuple[ShopServer, Path, Shop]) -> None:
    server, listing, index = online
    assert index.index(listing).indexed == 3
    assert index.index(listing).unchanged == 3
    assert server.statuses == {200: 3 + 1, 304: 2}
    assert index.encoder.pictures == 3


def test_a_server_that_is_down_takes_no_picture_out_of_the_index(online: tuple[ShopServer, Path, Shop]) -> None:
    server, listing, index = online
    index.index(listing)
    before = index.held()
    server.pages["/blue.png"] = (503, {}, b"")
    server.pages["/green.png"] = (404, {}, b"")
    report = index.index(listing)
    assert (report.unchanged, report.indexed, report.picture_rejects) == (2, 1, 2)
    after = index.held()
    assert after["blue"] == before["blue"]
    assert after["green"][1].startswith("none/")
    reasons = [json.loads(line)["reason"] for line in Path(report.rejects_file).read_text().splitlines()]
    assert any("The picture of the last time stays." in reason for reason in reasons)
