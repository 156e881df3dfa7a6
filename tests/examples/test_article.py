"""The notebook that goes the AWS article's way runs from its first cell to its last, against local stand-ins."""

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.infra.abo_slice import write_slice
from tests.infra.installed import PREFIX, deploy
from tests.parts.counting_server import Container, container
from tests.parts.local_aws import LocalAws, local_aws
from tests.parts.sdk import ROOT, sdk_python

pytestmark = [pytest.mark.live, pytest.mark.timeout(900)]
NOTEBOOK = ROOT / "examples" / "article.ipynb"
PHOTO = ROOT / "examples" / "catalogue" / "questions" / "photos" / "p-4fap2d39aj-0.jpg"


@pytest.fixture(scope="module")
def model() -> Iterator[Container]:
    with container() as made:
        yield made


@pytest.fixture(scope="module")
def aws(model: Container, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAws]:
    """An account in which the catalogue's bucket and an installation are."""
    with local_aws(model.address, {f"{PREFIX}-{model.model_id}": model.address}) as account:
        s3 = account.client("s3")

        def read(uri: str) -> bytes:
            bucket, key = uri.removeprefix("s3://").split("/", 1)
            try:
                content: bytes = s3.get_object(Bucket=bucket, Key=key)["Body"].read()
            except s3.exceptions.NoSuchKey as error:
                raise OSError("not there") from error
            return content

        model.readers.append(read)
        deploy(account, tmp_path_factory.mktemp("deployed"))
        abo = write_slice(tmp_path_factory.mktemp("abo"))
        s3.create_bucket(Bucket="amazon-berkeley-objects")
        for path in abo.root.rglob("*"):
            if path.is_file():
                key = path.relative_to(abo.root).as_posix()
                s3.put_object(Bucket="amazon-berkeley-objects", Key=key, Body=path.read_bytes())
        yield account


@pytest.fixture(scope="module")
def ran(aws: LocalAws, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """Each code cell and what it printed."""
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    folder = tmp_path_factory.mktemp("notebook")
    command = folder / "bin" / "looksee"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sdk_python()}" "{ROOT}/looksee.py" "$@"\n')
    command.chmod(0o755)
    env = {
        "PATH": f"{command.parent}:{os.environ['PATH']}",
        "HOME": str(folder),
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "ignore",
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "IPYTHONDIR": str(folder / "ipython"),
        "LOOKSEE_DATA": str(folder / "data"),
        "PREFIX": PREFIX,
        "ROWS": "80",
        "LOOK_AGAIN_S": "0.2",
        "PHOTO": str(PHOTO),
        **aws.env,
    }
    book: Any = nbformat.read(NOTEBOOK, as_version=4)
    client = nbclient.NotebookClient(book, timeout=600, kernel_name="python3", resources={"metadata": {"path": folder}})
    client.execute(env=env)
    return [(cell.source, _printed(cell)) for cell in book.cells if cell.cell_type == "code"]


def _printed(cell: Any) -> str:
    return "".join(output.get("text", "") for output in cell.outputs)


def printed_by(ran: list[tuple[str, str]], words: str) -> str:
    (found,) = [printed for source, printed in ran if words in source]
    return found


def test_the_catalogue_is_encoded_once_and_becomes_live(ran: list[tuple[str, str]], model: Container) -> None:
    assert "is live: " in printed_by(ran, "--here 2>&1")
    again = printed_by(ran, "--here --json")
    assert "pictures copied: 0 - sent to be encoded: 0" in again


def test_the_endpoint_answers_in_the_articles_own_forms(ran: list[tuple[str, str]], model: Container) -> None:
    told = printed_by(ran, "invoke_endpoint")
    assert f"words (2, {model.encoder.dim}) photo (1, {model.encoder.dim})" in told
    assert "[1. 1. 1.]" in told


def test_words_a_photo_and_both_find_products(ran: list[tuple[str, str]]) -> None:
    for words in ('search "a red mug"', 'search --photo "', 'search "but blue" --photo'):
        assert "USD" in printed_by(ran, words) or "$" in printed_by(ran, words), words


def test_nothing_of_a_run_is_kept_in_the_notebook() -> None:
    book = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
