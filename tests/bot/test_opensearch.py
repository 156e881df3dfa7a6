"""A bot over a real OpenSearch: it starts before there is a catalogue, answers words and photos, and says why not."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec
import pytest
from opensearchpy import OpenSearch

from bot import doctor
from bot.app import CannotStart, build_app
from bot.manifest import manifest
from bot.settings import BotSettings, SlackSettings
from bot.store_at_start import notes, refusal
from bot.web import bind
from indexing.generation import Calibration, Generation
from indexing.opensearch import OpenSearchGenerations
from indexing.opensearch_client import connect
from indexing.opensearch_index import Analysis, index_body, meta_of
from indexing.opensearch_settings import OpenSearchSettings
from indexing.settings import FetchSettings
from inference.decoding import PictureDecoder
from playground import LocalSlack
from tests.bot.conftest import Talk, hits, jpeg, understood, wares
from tests.indexing.opensearch_server import local_settings
from tests.indexing.test_opensearch_check import INFO, answering
from tests.shelf import ENCODER, row
from tests.toys import product_picture

TOKENS = SlackSettings(bot_token="xoxb-1", app_token="xapp-1", base_url="http://127.0.0.1:9/api/")
live = pytest.mark.live
slow = pytest.mark.timeout(600)


@pytest.fixture
def catalogue() -> str:
    return f"bot-{uuid.uuid4().hex[:12]}"


@pytest.fixture
def opensearch(opensearch_urls: tuple[str, ...]) -> OpenSearchSettings:
    return local_settings(opensearch_urls)


@pytest.fixture
def client(opensearch: OpenSearchSettings) -> Iterator[OpenSearch]:
    connected = connect(opensearch)
    yield connected
    connected.close()


def stocked(opensearch: OpenSearchSettings, catalogue: str, pictures: Path, **changed: Any) -> Generation:
    """Make the toy shop live."""
    generations = OpenSearchGenerations(opensearch, catalogue)
    begun: dict[str, Any] = {"model_id": ENCODER.model_id, "dim": ENCODER.dim, "prompt": ENCODER.prompt}
    writer = generations.begin(
        **(begun | changed), source="tests", update=False, pictures_folder=str(pictures.absolute())
    )
    assert writer.write([row(product) for product in wares()]) == []
    built = writer.finish(Calibration())
    writer.close()
    return generations.promote(built.name)


def index_finding(settings: BotSettings) -> doctor.Finding:
    """What `looksee doctor` says of the index; its other looks are tested elsewhere."""
    return next(finding for finding in doctor._index(settings) if finding.name == "index")


def told(settings: BotSettings) -> tuple[str, str]:
    """What the doctor says of the index, and why the bot does not start; each is empty where all is well."""
    found = index_finding(settings)
    try:
        build_app(settings, encoder=ENCODER).close()
    except CannotStart as error:
        return found.said, str(error)
    return found.said if found.state != "well" else "", ""


@live
@slow
def test_a_bot_waits_for_a_catalogue_and_answers_from_it_as_soon_as_it_is_there(
    opensearch: OpenSearchSettings, catalogue: str, tmp_path: Path, decoder: PictureDecoder
) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    for product in wares():
        (pictures / product.pictures[0]).write_bytes(product_picture(product.color))
    with ExitStack() as parts:
        listener = bind("127.0.0.1", 0)
        public_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        slack = parts.enter_context(LocalSlack(manifest=manifest(), public_base=public_url))
        settings = BotSettings(
            data_dir=tmp_path / "data",
            catalogue=catalogue,
            public_url=public_url,
            slack=SlackSettings(bot_token=slack.bot_token, app_token=slack.app_token, base_url=slack.base_url),
            fetch=FetchSettings(allow_private_addresses=True, timeout_s=2, deadline_s=2, attempts=1),
            opensearch=opensearch,
        )
        assert f"`looksee index SOURCE --catalogue {catalogue}` makes one" in next(notes(settings))
        talk = Talk(slack=slack, settings=settings, parts=parts)
        talk.bot = parts.enter_context(build_app(settings, encoder=ENCODER, decoder=decoder))
        talk.bot.start(listener)
        slack.wait_for_bot()

        assert "`looksee index SOURCE`" in talk.ask("@looksee blue mug").text

        stocked(opensearch, catalogue, pictures)
        assert not any("no catalogue" in note for note in notes(settings))
        in_words = talk.ask("@looksee blue mug")
        assert (hits(in_words)[0], understood(in_words)) == ("mug-blue", "blue mug")
        photo = [("photo.jpg", jpeg("green"))]
        assert {name.partition("-")[2] for name in hits(talk.ask("@looksee", files=photo))[:3]} == {"green"}
        assert hits(talk.ask("@looksee this, but as a chair", files=photo))[0] == "chair-green"
        cheap = talk.ask("@looksee mug under $15")
        assert all(name.startswith("mug-") for name in hits(cheap))


def without_alias(client: OpenSearch, opensearch: OpenSearchSettings, catalogue: str, tmp_path: Path) -> None:
    """Nothing is made: the bot starts, and the doctor says what to do."""


def an_index_in_its_place(client: OpenSearch, _: OpenSearchSettings, catalogue: str, __: Path) -> None:
    client.indices.create(index=f"looksee.{catalogue}")


def two_at_once(client: OpenSearch, opensearch: OpenSearchSettings, catalogue: str, tmp_path: Path) -> None:
    first, _ = (stocked(opensearch, catalogue, tmp_path) for _ in range(2))
    client.indices.put_alias(index=f"looksee.{catalogue}.{first.name}", name=f"looksee.{catalogue}")


def read_only(client: OpenSearch, opensearch: OpenSearchSettings, catalogue: str, tmp_path: Path) -> None:
    built = stocked(opensearch, catalogue, tmp_path)
    block = {"index.blocks.read_only_allow_delete": True}
    client.indices.put_settings(index=f"looksee.{catalogue}.{built.name}", body=block)


def another_model(_: OpenSearch, opensearch: OpenSearchSettings, catalogue: str, tmp_path: Path) -> None:
    stocked(opensearch, catalogue, tmp_path, model_id="rn50-ffffff")


def another_dimension(client: OpenSearch, opensearch: OpenSearchSettings, catalogue: str, tmp_path: Path) -> None:
    """An index that says one number and holds another, as a hand that edits it would leave it."""
    says = msgspec.structs.replace(stocked(opensearch, catalogue, tmp_path), name="20990101-000000-hand")
    body = index_body(opensearch, msgspec.structs.replace(says, dim=64), Analysis(english=False))
    index, alias = f"looksee.{catalogue}.{says.name}", f"looksee.{catalogue}"
    client.indices.create(index=index, body=body)
    client.indices.put_mapping(index=index, body={"_meta": meta_of(says)})
    moves = [{"remove": {"index": f"{alias}.*", "alias": alias}}, {"add": {"index": index, "alias": alias}}]
    client.indices.update_aliases(body={"actions": moves})


def red(client: OpenSearch, _: OpenSearchSettings, catalogue: str, __: Path) -> None:
    body = {"settings": {"index.routing.allocation.require._name": "no such node", "number_of_replicas": 0}}
    client.indices.create(index=f"red-{catalogue}", body=body, params={"wait_for_active_shards": "0"})


Spoil = Callable[[OpenSearch, OpenSearchSettings, str, Path], None]


@live
@slow
@pytest.mark.parametrize(
    ("spoil", "sentence", "does_it_start"),
    [
        (without_alias, "no live index of the catalogue", True),
        (an_index_in_its_place, "is an index where Looksee needs an alias", False),
        (two_at_once, "points at", False),
        (read_only, "read-only, most often because a disk is full", False),
        (another_dimension, "holds vectors of 64 numbers", False),
        (red, "is red", False),
    ],
)
def test_what_is_wrong_is_told_by_the_doctor_and_by_the_bot_at_its_start(
    spoil: Spoil,
    sentence: str,
    does_it_start: bool,
    client: OpenSearch,
    opensearch: OpenSearchSettings,
    catalogue: str,
    tmp_path: Path,
) -> None:
    spoil(client, opensearch, catalogue, tmp_path)
    try:
        settings = BotSettings(data_dir=tmp_path, catalogue=catalogue, slack=TOKENS, opensearch=opensearch)
        by_doctor, by_bot = told(settings)
    finally:
        client.indices.delete(index=f"red-{catalogue}", params={"ignore_unavailable": "true"})

    assert sentence in by_doctor
    assert by_bot == "" if does_it_start else sentence in by_bot


@live
@slow
def test_an_index_of_a_model_that_is_not_here_is_told(
    client: OpenSearch, opensearch: OpenSearchSettings, catalogue: str, tmp_path: Path
) -> None:
    another_model(client, opensearch, catalogue, tmp_path)
    settings = BotSettings(data_dir=tmp_path, catalogue=catalogue, slack=TOKENS, opensearch=opensearch)

    assert "built by the model rn50-ffffff, which is not here" in refusal(settings)
    assert f"the encoder is {ENCODER.model_id}" in refusal(settings, ENCODER)
    with pytest.raises(CannotStart, match="rn50-ffffff"):
        build_app(settings)
    found = index_finding(settings)
    assert (found.state, found.said) == ("ill", "Its model rn50-ffffff is not here.")


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"/": (401, {"error": "unauthorized"})}, "refused the credentials"),
        ({"/": (200, INFO), "/_cat/plugins": (200, [{"component": "analysis-icu"}])}, "no k-NN plugin"),
        (
            {
                "/": (200, INFO),
                "/_cat/plugins": (200, [{"component": "opensearch-knn"}]),
                "/_cluster/health": (200, {"status": "red"}),
            },
            "is red",
        ),
    ],
)
def test_a_server_that_cannot_serve_is_told_by_the_doctor_and_by_the_bot_at_its_start(
    answers: dict[str, tuple[int, object]], sentence: str, tmp_path: Path
) -> None:
    with answering(answers) as urls:
        settings = BotSettings(data_dir=tmp_path, slack=TOKENS, opensearch=local_settings(urls))
        by_doctor, by_bot = told(settings)

    assert sentence in by_doctor
    assert sentence in by_bot
