"""The model folder is read only as it was written."""

from pathlib import Path

import msgspec
import pytest

from inference.model import BrokenModel, ModelDescription, NoSuchModel, find_model, list_models, read_model, write_model

FILES: dict[str, bytes | Path] = {"text.onnx": b"text", "image.onnx": b"image", "tokenizer.json": b"{}"}
TINY = ModelDescription(name="tiny", dim=8, picture_px=32, licence="Apache-2.0")


def test_a_model_is_read_as_it_was_written(tmp_path: Path) -> None:
    written = write_model(TINY, {**FILES, "card.md": b"# Tiny"}, parent=tmp_path)
    read = read_model(written.folder)
    read.verify()
    assert read == written
    assert read.folder.name == read.model_id
    assert read.model_id.startswith("tiny-")
    assert len(read.model_id) == len("tiny-") + 6
    assert read.size_bytes == 4 + 5 + 2 + 6
    assert [path.name for path in tmp_path.iterdir()] == [read.model_id]


def test_a_file_may_be_given_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "exported.onnx").write_bytes(b"text")
    by_path = write_model(TINY, {**FILES, "text.onnx": tmp_path / "exported.onnx"}, parent=tmp_path / "a")
    assert by_path.description == write_model(TINY, FILES, parent=tmp_path / "b").description


@pytest.mark.parametrize(
    "changed",
    [{"prompt": "{}"}, {"precision": "int8"}, {"mean": (0.5, 0.5, 0.5)}, {"picture_px": 64}, {"context_length": 16}],
)
def test_whatever_changes_vectors_changes_the_model_id(tmp_path: Path, changed: dict[str, object]) -> None:
    first = write_model(TINY, FILES, parent=tmp_path)
    second = write_model(msgspec.structs.replace(TINY, **changed), FILES, parent=tmp_path)
    assert first.model_id != second.model_id


def test_other_weights_change_the_model_id_and_a_licence_does_not(tmp_path: Path) -> None:
    first = write_model(TINY, FILES, parent=tmp_path / "a")
    licensed = write_model(msgspec.structs.replace(TINY, licence="MIT"), FILES, parent=tmp_path / "b")
    retrained = write_model(TINY, {**FILES, "image.onnx": b"other"}, parent=tmp_path / "c")
    assert first.model_id == licensed.model_id != retrained.model_id


def test_writing_to_the_same_folder_replaces_it(tmp_path: Path) -> None:
    write_model(TINY, FILES, parent=tmp_path, folder_name="small")
    second = write_model(TINY, {**FILES, "text.onnx": b"better"}, parent=tmp_path, folder_name="small")
    assert read_model(tmp_path / "small") == second
    assert len(list(tmp_path.iterdir())) == 1


def test_a_damaged_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    model = write_model(TINY, FILES, parent=tmp_path)
    (model.folder / "image.onnx").write_bytes(b"imagE")
    assert model.file("text.onnx").read_bytes() == b"text"
    with pytest.raises(BrokenModel, match=r"image\.onnx is damaged .*; get the model again\."):
        model.file("image.onnx")
    with pytest.raises(BrokenModel):
        model.verify()


def test_a_missing_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    model = write_model(TINY, FILES, parent=tmp_path)
    (model.folder / "text.onnx").unlink()
    with pytest.raises(BrokenModel, match=r"lacks text\.onnx"):
        read_model(model.folder)


def test_an_edited_description_is_refused(tmp_path: Path) -> None:
    model = write_model(TINY, FILES, parent=tmp_path)
    described = model.folder / "model.json"
    described.write_text(described.read_text().replace("this is a {}", "a photo of {}"))
    with pytest.raises(BrokenModel, match="was edited after export"):
        read_model(model.folder)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"name": 3}', "\x00"])
def test_nonsense_for_a_description_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "model.json").write_text(text)
    with pytest.raises(BrokenModel):
        read_model(tmp_path)


def test_a_description_cannot_name_files_outside_its_folder(tmp_path: Path) -> None:
    model = write_model(TINY, FILES, parent=tmp_path)
    described = model.folder / "model.json"
    described.write_text(described.read_text().replace('"files": {', '"files": {"../../etc/passwd": "00",'))
    with pytest.raises(BrokenModel, match="outside its folder"):
        read_model(model.folder)


@pytest.mark.parametrize("name", ["Small", "a b", "../up", ""])
def test_a_name_that_cannot_be_a_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        write_model(msgspec.structs.replace(TINY, name=name), FILES, parent=tmp_path)


def test_a_model_is_found_by_id_by_name_and_by_path(tmp_path: Path) -> None:
    first = write_model(TINY, FILES, parent=tmp_path / "models")
    second = write_model(TINY, {**FILES, "text.onnx": b"newer"}, parent=tmp_path / "models")
    assert find_model(first.model_id, tmp_path) == first
    assert find_model("tiny", tmp_path) == second
    assert find_model(str(first.folder), tmp_path) == first
    assert {model.model_id for model in list_models([tmp_path / "models"])} == {first.model_id, second.model_id}


def test_an_unknown_name_is_refused_with_those_that_are_there(tmp_path: Path) -> None:
    model = write_model(TINY, FILES, parent=tmp_path / "models")
    with pytest.raises(NoSuchModel, match=rf"no model 'huge'; here: {model.model_id}"):
        find_model("huge", tmp_path)


def test_a_broken_model_asked_for_by_name_says_what_is_wrong(tmp_path: Path) -> None:
    model = write_model(TINY, FILES, parent=tmp_path / "models", folder_name="tiny")
    (model.folder / "text.onnx").unlink()
    assert list_models([tmp_path / "models"]) == []
    with pytest.raises(BrokenModel, match="lacks"):
        find_model("tiny", tmp_path)
