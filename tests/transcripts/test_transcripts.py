"""Every conversation in this folder goes as its file says, over the first 150 products of the sample catalogue."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.conversation import lexicon_of
from bot.grammar_words import Lexicon
from examples.catalogue.records import products_of
from examples.catalogue.specs import FIRST_KINDS, KINDS
from indexing.build import build
from indexing.embedded import EmbeddedGenerations
from indexing.embedded_store import EmbeddedStore
from indexing.product import Product
from indexing.settings import IndexSettings
from indexing.sources import open_source
from indexing.sources.source import Listed, Source, SourceDescription, SourceRow
from inference.encoder import Encoder
from inference.model import NoSuchModel, find_model
from inference.onnx import OnnxEncoder
from tests.toys import PaletteEncoder
from tests.transcripts.conversation import Talk, read_transcript

FOLDER = Path(__file__).parent
CATALOGUE = FOLDER.parent.parent / "examples" / "catalogue"
FILES = sorted(FOLDER.glob("??/*.yaml"))
FIRST_150 = frozenset(product.id for kind in FIRST_KINDS for product in products_of(KINDS[kind])[:10])


class First150:
    """The sample catalogue without the products that came later: these 150 never change."""

    def __init__(self, whole: Source) -> None:
        self._whole = whole
        self.folder = whole.folder

    def describe(self) -> SourceDescription:
        return self._whole.describe()

    def expected_rows(self) -> int | None:
        return len(FIRST_150)

    def rows(self) -> Iterator[SourceRow]:
        yield from (row for row in self._whole.rows() if isinstance(row, Listed) and row.product.id in FIRST_150)

    def products(self) -> list[Product]:
        return [row.product for row in self.rows() if isinstance(row, Listed)]


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The bundled model; where none is there, the toy, which understands as well but finds by colour only."""
    try:
        return OnnxEncoder(find_model())
    except NoSuchModel:
        return PaletteEncoder()


@pytest.fixture(scope="session")
def source() -> First150:
    return First150(open_source(str(CATALOGUE)))


@pytest.fixture(scope="session")
def store(encoder: Encoder, source: First150, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    folder = tmp_path_factory.mktemp("first-150")
    generations = EmbeddedGenerations(folder)
    build(source, generations, encoder, settings=IndexSettings(data_dir=folder), show_progress=False)
    opened = generations.open()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def lexicon(store: EmbeddedStore) -> Lexicon:
    return lexicon_of(store)


@pytest.mark.parametrize("file", FILES, ids=[f"{file.parent.name}/{file.stem}" for file in FILES])
def test_a_conversation_goes_as_its_file_says(
    file: Path, encoder: Encoder, store: EmbeddedStore, lexicon: Lexicon, source: First150
) -> None:
    transcript = read_transcript(file)
    talk = Talk(
        encoder=encoder,
        store=store,
        lexicon=lexicon,
        products=source.products(),
        pictures=CATALOGUE,
        language=transcript.language,
        judges_products=not isinstance(encoder, PaletteEncoder),
    )

    complaints = [
        f"turn {n}: {complaint}" for n, turn in enumerate(transcript.turns, 1) for complaint in talk.hold(turn)
    ]

    assert not complaints, "\n".join(complaints)


def test_there_are_conversations_in_both_languages() -> None:
    assert {file.parent.name for file in FILES} == {"en", "ja"}
    assert all(2 <= len(read_transcript(file).turns) <= 8 for file in FILES)
