"""The model folder: `model.json`, two ONNX towers and a tokenizer, written whole and read with their sha256 checked."""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

Precision: TypeAlias = Literal["f32", "f16", "int8"]

MODEL_JSON = "model.json"
TEXT_ONNX = "text.onnx"
IMAGE_ONNX = "image.onnx"
TOKENIZER_JSON = "tokenizer.json"
NEEDED = (TEXT_ONNX, IMAGE_ONNX, TOKENIZER_JSON)

BUNDLED = Path(__file__).parent / "models"
DEFAULT_MODEL = "looksee-small"

CLIP_MEAN = (0.48145466, 0.4578275, 0.40821073)
CLIP_STD = (0.26862954, 0.26130258, 0.27577711)


class BrokenModel(Exception):
    """A model folder is incomplete or altered; the message is one sentence that says what to do."""


class NoSuchModel(Exception):
    """No model of that name is here; the message is one sentence that says what to do."""


class ModelDescription(msgspec.Struct, frozen=True, kw_only=True):
    """What `model.json` says."""

    name: str
    """Lower-case letters, digits, dots, hyphens: `looksee-small`, `rn50`."""
    dim: int
    """Length of an embedding."""
    picture_px: int
    """Side of the square pictures it takes."""
    mean: tuple[float, float, float] = CLIP_MEAN
    """RGB, on a scale of 0 to 1; subtracted before `image.onnx`."""
    std: tuple[float, float, float] = CLIP_STD
    """RGB, on a scale of 0 to 1; divided by before `image.onnx`."""
    prompt: str = "this is a {}"
    """How words become a text: a format string with one `{}`."""
    context_length: int = 77
    """Tokens a text has at most, start and end included."""
    precision: Precision = "f32"
    """What the weights are stored in; inputs and outputs are float32 always."""
    licence: str = ""
    """SPDX id or a sentence."""
    source: str = ""
    """Where the weights come from: trained on what, or published where."""
    hints: Mapping[str, float] = {}
    """Weights of ranking that were tuned for it, which a build starts from; see `indexing/hints.py`."""
    files: Mapping[str, str] = {}
    """File name -> sha256 (hex); `write_model` fills it."""
    model_id: str = ""
    """`name` and six hex digits of what decides its vectors; `write_model` fills it."""

    def computed_model_id(self) -> str:
        """The name, and a digest over weights, tokenizer, precision, preprocessing and prompt."""
        decides = [
            [self.files[name] for name in NEEDED],
            [self.dim, self.picture_px, self.mean, self.std, self.prompt, self.context_length, self.precision],
        ]
        return f"{self.name}-{hashlib.sha256(msgspec.json.encode(decides)).hexdigest()[:6]}"


@dataclass(frozen=True, slots=True)
class Model:
    """A model folder whose description has been read and whose files are there."""

    folder: Path
    description: ModelDescription

    @property
    def model_id(self) -> str:
        return self.description.model_id

    @property
    def size_bytes(self) -> int:
        """Of all its files."""
        return sum((self.folder / name).stat().st_size for name in self.description.files)

    def file(self, name: str) -> Path:
        """The path of one file, after its sha256 has been checked.

        Raises:
            BrokenModel: it is missing or not the file that `model.json` names.
        """
        path, expected = self.folder / name, self.description.files.get(name)
        try:
            with path.open("rb") as opened:
                found = hashlib.file_digest(opened, "sha256").hexdigest()
        except OSError as error:
            raise BrokenModel(f"{path} cannot be read; get or export the model again.") from error
        if found != expected:
            raise BrokenModel(f"{path} is damaged (its sha256 is not the one in {MODEL_JSON}); get the model again.")
        return path

    def verify(self) -> None:
        """Check every file's sha256.

        Raises:
            BrokenModel: one is missing or altered.
        """
        for name in self.description.files:
            self.file(name)


def read_model(folder: Path) -> Model:
    """Read a model folder's description; a file's sha256 is checked by `Model.file`, when it is needed.

    Raises:
        BrokenModel: no or an unreadable `model.json`, a file is missing, or what decides the vectors was edited.
    """
    try:
        description = msgspec.json.decode((folder / MODEL_JSON).read_bytes(), type=ModelDescription)
    except OSError as error:
        raise BrokenModel(f"{folder} holds no readable {MODEL_JSON}; name a folder made by `looksee model`.") from error
    except msgspec.MsgspecError as error:
        raise BrokenModel(f"{folder / MODEL_JSON} is not a model description: {error}.") from error
    for name in sorted({*NEEDED, *description.files}):
        if Path(name).name != name:
            raise BrokenModel(f"{folder / MODEL_JSON} names a file outside its folder: {name!r}.")
        if name not in description.files or not (folder / name).is_file():
            raise BrokenModel(f"{folder} lacks {name}; get or export the model again.")
    if description.model_id != description.computed_model_id():
        raise BrokenModel(f"{folder / MODEL_JSON} was edited after export; export the model again.")
    return Model(folder, description)


def write_model(
    description: ModelDescription, files: Mapping[str, bytes | Path], *, parent: Path, folder_name: str = ""
) -> Model:
    """Write a model folder, in one atomic step.

    Args:
        description: `files` and `model_id` of it are computed here.
        files: contents or paths by file name; `text.onnx`, `image.onnx`, `tokenizer.json`, and any others.
        parent: the folder that holds models; made if it is not there.
        folder_name: the folder's name; the model_id by default. One that is there already is replaced.

    Raises:
        ValueError: a needed file is missing, or the name or the prompt has a wrong form.
    """
    if missing := set(NEEDED) - set(files):
        raise ValueError(f"a model needs {', '.join(sorted(missing))}")
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", description.name):
        raise ValueError(f"a model's name is lower-case letters, digits, dots and hyphens, not {description.name!r}")
    if description.prompt.count("{}") != 1:
        raise ValueError(f"a prompt has one {{}}, not {description.prompt!r}")
    parent.mkdir(parents=True, exist_ok=True)
    pending = Path(tempfile.mkdtemp(prefix=".writing-", dir=parent))
    try:
        sums = {name: _write(pending / name, content) for name, content in files.items()}
        described = msgspec.structs.replace(description, files=dict(sorted(sums.items())))
        described = msgspec.structs.replace(described, model_id=described.computed_model_id())
        _write(pending / MODEL_JSON, msgspec.json.format(msgspec.json.encode(described), indent=2) + b"\n")
        pending.chmod(0o755)
        folder = parent / (folder_name or described.model_id)
        if folder.exists():
            folder.rename(pending.with_name(f"{pending.name}-old"))
        pending.rename(folder)
    finally:
        shutil.rmtree(pending, ignore_errors=True)
        shutil.rmtree(pending.with_name(f"{pending.name}-old"), ignore_errors=True)
    return Model(folder, described)


def keep_hints(model: Model, hints: Mapping[str, float]) -> Model:
    """Write what was tuned for a model into its `model.json`, in one atomic step; its model_id stays."""
    described = msgspec.structs.replace(model.description, hints=dict(hints))
    pending = model.folder / f".{MODEL_JSON}.writing"
    _write(pending, msgspec.json.format(msgspec.json.encode(described), indent=2) + b"\n")
    pending.replace(model.folder / MODEL_JSON)
    return Model(model.folder, described)


def list_models(folders: Sequence[Path]) -> list[Model]:
    """The sound models in these folders of models, in the order of the folders, then by name; broken ones left out."""
    found = []
    for parent in folders:
        for path in sorted(parent.glob(f"[!.]*/{MODEL_JSON}")):  # a dot: one that is being written
            try:
                found.append(read_model(path.parent))
            except BrokenModel:
                continue  # `find_model` says what is wrong with it when it is asked for
    return found


def find_model(name_or_path: str = DEFAULT_MODEL, data_dir: Path | None = None) -> Model:
    """The model that a person means: a model_id, a name (its newest), or a path to a model folder.

    Args:
        name_or_path: `looksee-small`, `rn50-3f2a91`, `./my-model`.
        data_dir: the data folder, whose `models/` comes before the bundled ones.

    Raises:
        BrokenModel: it is there, and incomplete or altered.
        NoSuchModel: it is not there; the sentence lists those that are.
    """
    parents = [*([data_dir / "models"] if data_dir else []), BUNDLED]
    models = list_models(parents)
    if exact := [model for model in models if model.model_id == name_or_path]:
        return exact[0]
    for parent in parents:
        named = [model for model in models if model.folder.parent == parent and model.description.name == name_or_path]
        if named:
            return max(named, key=lambda model: (model.folder / MODEL_JSON).stat().st_mtime_ns)
    places = [Path(name_or_path).expanduser()]
    if re.fullmatch(r"[\w.-]+", name_or_path):
        places += [parent / name_or_path for parent in parents]
    for place in places:
        if name_or_path and place.is_dir():
            return read_model(place)
    here = ", ".join(dict.fromkeys(model.model_id for model in models)) or "none yet"
    raise NoSuchModel(f"There is no model {name_or_path!r}; here: {here} (`looksee model get` fetches others).")


def _write(path: Path, content: bytes | Path) -> str:
    """Write or copy a file durably; its sha256."""
    if isinstance(content, Path):
        shutil.copyfile(content, path)
    else:
        path.write_bytes(content)
    with path.open("rb") as written:
        os.fsync(written.fileno())
        return hashlib.file_digest(written, "sha256").hexdigest()
