"""Full-size checkpoints with random weights in OpenAI's format, against the public `clip` package."""

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

pytestmark = [pytest.mark.live, pytest.mark.timeout(1800)]
torch = pytest.importorskip("torch")

from PIL import Image  # noqa: E402

from inference import images  # noqa: E402
from inference.model import IMAGE_ONNX, TEXT_ONNX  # noqa: E402
from inference.quantise import quantised  # noqa: E402
from inference.train import checkpoints  # noqa: E402
from inference.train.architecture import Clip, Sizes, build, sizes_of, state_dict  # noqa: E402
from inference.train.checkpoints import BadCheckpoint  # noqa: E402
from inference.train.export import run_onnx, worst_cosine  # noqa: E402

FULL = {
    "RN50": Sizes(dim=1024, picture_px=224, vision_layers=(3, 4, 6, 3), vision_width=64),
    "ViT-B-32": Sizes(dim=512, picture_px=224, vision_layers=12, vision_width=768, patch_px=32),
}
TINY = Sizes(dim=64, picture_px=96, vision_layers=(1, 1, 1, 1), vision_width=16, text_width=64, text_layers=2)
COUNT = 100


@pytest.fixture(scope="module")
def clip() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # clip imports the deprecated pkg_resources
        return pytest.importorskip("clip")


def random_weights(sizes: Sizes) -> dict[str, Any]:
    """A state dict as a trained model has it: norms with the statistics of pictures.

    With others the signal dies on its way up, all pictures get one vector, and parity means nothing.
    """
    torch.manual_seed(7)
    model = Clip(sizes)
    for name, parameter in model.named_parameters():
        if name.endswith("bn3.weight"):
            parameter.data.uniform_(0.1, 0.3)  # branches as loud as what they join make a net that doubles any error
        elif name.endswith(("bn1.weight", "bn2.weight", "downsample.1.weight")):
            parameter.data.uniform_(0.3, 0.9)
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.momentum = None  # the mean over all batches
            module.reset_running_stats()
    coarse = torch.rand(6, 3, 7, 7) * 4 - 2
    with torch.no_grad():
        model.train().encode_image(torch.nn.functional.interpolate(coarse, size=sizes.picture_px, mode="bicubic"))
    return state_dict(model.eval())


def smooth_picture(seed: int, size: tuple[int, int]) -> Image.Image:
    coarse = np.random.default_rng(seed).integers(0, 255, (9, 7, 3), dtype=np.uint8)
    return Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC)


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Pictures of different sizes; below a megapixel, so that nothing but decoding is compared."""
    folder = tmp_path_factory.mktemp("photos")
    paths = []
    for n in range(COUNT):
        paths.append(folder / f"{n}.jpg")
        smooth_picture(n, (230 + 3 * n, 330 + 2 * (n % 7))).save(paths[-1], quality=95)
    return paths


TEXTS = [
    f"{opening} {size} {thing} no. {n}"
    for n, (opening, size, thing) in enumerate(
        (o, s, t)
        for o in ("a photo of a", "this is a", "LOOK:", "&amp; the", "I'd like")
        for s in ("small", "very, very large", "naïve", "12.5 cm")
        for t in ("red mug", "chair (wooden)", "café table", "snow-white vase", "赤い mug")
    )
]


@pytest.fixture(params=sorted(FULL))
def full(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"{request.param}-random.pt"
    torch.save(random_weights(FULL[request.param]), path)
    return path


def test_a_full_size_checkpoint_gives_clips_own_vectors(
    full: Path, tmp_path: Path, photos: list[Path], clip: Any
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # clip says that the file is a state dict
        theirs, transform = clip.load(str(full), device="cpu")
    theirs = theirs.float()
    theirs.load_state_dict(torch.load(full, weights_only=True))  # clip.load rounds to half precision
    tokens = clip.tokenize(TEXTS, truncate=True)
    opened = [Image.open(path) for path in photos]
    with torch.inference_mode():
        expected_texts = theirs.encode_text(tokens).numpy()
        expected = np.concatenate(
            [
                theirs.encode_image(torch.stack([transform(p) for p in opened[i : i + 20]])).numpy()
                for i in range(0, COUNT, 20)
            ]
        )

    f32, parity = checkpoints.get(str(full), parent=tmp_path / "models", downloads=tmp_path)
    int8 = quantised(f32, "int8", parent=tmp_path / "models")

    assert spread(expected) > 0.01
    assert spread(expected_texts) > 0.01
    assert min(parity.text, parity.image) > 0.9999
    ours = checkpoints.read_tokenizer(None).encode(TEXTS)
    pixels = images.normalise(
        [images.prepare(p.read_bytes(), 224) for p in photos], f32.description.mean, f32.description.std
    )
    for model, least in ((f32, 0.9999), (int8, 0.99)):
        assert worst_cosine(expected_texts, run_onnx(model.file(TEXT_ONNX), ours)) >= least
        assert worst_cosine(expected, _in_parts(model.file(IMAGE_ONNX), pixels)) >= least


def spread(rows: NDArray[np.float32]) -> float:
    """How far apart the vectors of different things are: one minus their median cosine."""
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return 1 - float(np.median(unit @ unit.T))


def _in_parts(path: Path, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.concatenate([run_onnx(path, pixels[i : i + 25]) for i in range(0, len(pixels), 25)])


def test_our_own_small_model_loads_in_the_public_clip_package(tmp_path: Path, clip: Any) -> None:
    path = tmp_path / "weights.pt"
    weights = random_weights(TINY)
    torch.save(weights, path)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs, _ = clip.load(str(path), device="cpu")
    theirs = theirs.float()
    theirs.load_state_dict(weights)
    ours = build(weights)

    tokens = torch.tensor([[5, 9, 11, 49407] + [0] * 73])
    pixels = torch.randn(3, 3, 96, 96)
    with torch.inference_mode():
        assert worst_cosine(ours.encode_text(tokens).numpy(), theirs.encode_text(tokens).numpy()) > 0.999999
        assert worst_cosine(ours.encode_image(pixels).numpy(), theirs.encode_image(pixels).numpy()) > 0.999999


def test_every_size_is_read_from_the_weights() -> None:
    for sizes in (*FULL.values(), TINY):
        with torch.device("meta"):
            weights = Clip(sizes).state_dict()
        assert sizes_of(weights) == sizes


def test_an_archive_with_code_needs_trust(tmp_path: Path) -> None:
    path = tmp_path / "archive.pt"
    _save_as_archive(build(random_weights(TINY)), path)

    with pytest.raises(BadCheckpoint, match="--trust"):
        checkpoints.read(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch.jit is deprecated; OpenAI's files are what they are
        trusted = checkpoints.read(path, trust=True)
    assert sizes_of(trusted.weights) == TINY


def _save_as_archive(model: Clip, path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        given = {"encode_image": torch.rand(1, 3, 96, 96), "encode_text": torch.ones(1, 77, dtype=torch.int64)}
        torch.jit.trace_module(model, given).save(str(path))


def test_open_clips_safetensors_bring_their_activation(tmp_path: Path) -> None:
    from safetensors.torch import save_file

    save_file(random_weights(TINY), tmp_path / "open_clip_model.safetensors")
    (tmp_path / "open_clip_config.json").write_text(
        '{"model_cfg": {"embed_dim": 64}, "preprocess_cfg": {"mean": [0.5, 0.5, 0.5]}}'
    )

    found = checkpoints.read(tmp_path / "open_clip_model.safetensors")

    assert found.activation == "gelu"
    assert found.mean == (0.5, 0.5, 0.5)
    assert build(found.weights, found.activation).sizes.activation == "gelu"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ({"state_dict": "none"}, "holds no state dict"),
        ({"weight": torch.zeros(2)}, "not in OpenAI's CLIP format"),
    ],
)
def test_what_is_no_clip_is_refused_in_one_sentence(content: Any, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.pt"
    torch.save(content, path)

    with pytest.raises(BadCheckpoint, match=sentence):
        checkpoints.get(str(path), parent=tmp_path, downloads=tmp_path)


def test_a_pickle_that_would_run_code_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "evil.pt"
    path.write_bytes(b"cos\nsystem\n(S'touch owned'\ntR.")

    with pytest.raises(BadCheckpoint, match="not a state dict"):
        checkpoints.read(path)


def test_a_model_that_is_not_there_is_said_with_the_names_of_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(BadCheckpoint, match="RN50, RN101, ViT-B-32"):
        checkpoints.locate("RN51", tmp_path)
