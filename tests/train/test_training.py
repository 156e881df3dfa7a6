"""A tiny model on coloured shapes: it is trained, goes on after kill -9, is tuned and exported."""

import json
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytestmark = [pytest.mark.live, pytest.mark.timeout(600)]
torch = pytest.importorskip("torch")

from PIL import Image, ImageDraw  # noqa: E402

from inference import images  # noqa: E402
from inference.model import read_model  # noqa: E402
from inference.onnx import OnnxEncoder  # noqa: E402
from inference.tokenizer import Tokenizer, train_bpe  # noqa: E402
from inference.train.architecture import Clip, Sizes, state_dict  # noqa: E402
from inference.train.augment import PHONE, augment, plain  # noqa: E402
from inference.train.batches import Sampler  # noqa: E402
from inference.train.checkpoints import Checkpoint  # noqa: E402
from inference.train.examples import Example, Fact  # noqa: E402
from inference.train.loop import Run, Schedule  # noqa: E402
from inference.train.loss import contrastive, fits, one_of_all  # noqa: E402
from inference.train.training import Trained, prepare, take_over, train  # noqa: E402
from inference.train.tune import last_blocks, tune  # noqa: E402

TINY = Sizes(
    dim=32, picture_px=96, vision_layers=(1, 1, 1, 1), vision_width=8, vocabulary=800, text_width=64, text_layers=1
)
COLOURS = {"red": "#c4161c", "green": "#2f8a43", "blue": "#2260c4", "yellow": "#f6cf1c"}
SHAPES = {"ball": "ellipse", "box": "rectangle"}


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> list[Example]:
    """Six products of each colour and shape, of different sizes; every sixth is for dev."""
    folder = tmp_path_factory.mktemp("shapes")
    made = []
    for colour, paint in COLOURS.items():
        for kind, form in SHAPES.items():
            for n in range(6):
                path = folder / f"{colour}-{kind}-{n}.png"
                picture = Image.new("RGB", (160, 160), "#f4f4f3")
                half = 30 + 6 * n
                getattr(ImageDraw.Draw(picture), form)((80 - half, 80 - half, 80 + half, 80 + half), fill=paint)
                picture.save(path)
                facts = (Fact("kind", kind), Fact("colour", colour))
                made.append(Example(picture=path, group=path.stem, facts=facts, split="dev" if n == 5 else "train"))
    return made


SCHEDULE = Schedule(minutes=1, batch=32, averaged=0.9, checkpoint_s=2, measure_s=1000, learning_rate=2e-3)


def test_a_model_is_trained_exported_and_answers(examples: list[Example], tmp_path: Path) -> None:
    done = train(
        examples, tmp_path / "models" / "shapes", minutes=0.1, work=tmp_path / "work", sizes=TINY, schedule=SCHEDULE
    )

    assert done.parity.text > 0.999
    assert done.parity.image > 0.999
    assert done.steps > 0  # how well it learns depends on the clock: quality is measured in benchmarks/
    assert set(done.after) >= {"photo@1", "words@1", "dev"}
    model = read_model(tmp_path / "models" / "shapes")
    assert model.description.precision == "f16"
    assert "README.md" in model.description.files
    encoder = OnnxEncoder(model, threads=1)
    pixels = images.prepare(examples[0].picture.read_bytes(), 96)
    assert encoder.encode_pictures([pixels]).shape == encoder.encode_texts(["赤い ball"]).shape == (1, 32)
    assert json.loads((tmp_path / "models" / "shapes" / "model.json").read_text())["prompt"] == "{}"


RUN = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.train.test_training import SCHEDULE, TINY
from inference.train.examples import labelled_photos
from inference.train.training import train
done = train(labelled_photos(Path({photos!r})), Path({out!r}), minutes={minutes}, work=Path({work!r}), sizes=TINY,
             schedule=SCHEDULE, say=lambda line: print(line, flush=True))
print("steps", done.steps)
"""


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    for split in ("train", "val"):
        for colour, paint in COLOURS.items():
            (tmp_path / "photos" / split / colour).mkdir(parents=True)
            for n in range(5):
                Image.new("RGB", (50, 50), paint).save(tmp_path / "photos" / split / colour / f"{n}.jpg")
    work, root = tmp_path / "work", str(Path(__file__).parents[2])
    told = {"root": root, "photos": str(tmp_path / "photos"), "out": str(tmp_path / "out"), "work": str(work)}
    code = RUN.format(**told, minutes=5)

    with subprocess.Popen([sys.executable, "-W", "ignore", "-c", code], stdout=subprocess.DEVNULL) as running:
        for _ in range(600):
            if (work / "checkpoint.pt").exists():
                break
            time.sleep(0.2)
        running.send_signal(signal.SIGKILL)
    kept = torch.load(work / "checkpoint.pt", weights_only=True)
    minutes = kept["seconds"] / 60 + 0.05
    again = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", RUN.format(**told, minutes=minutes)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert kept["step"] > 0
    assert f"Going on from step {kept['step']}" in again.stdout
    assert int(again.stdout.split("steps ")[1]) > kept["step"]


def test_tuning_the_last_blocks_leaves_the_others_alone(examples: list[Example], tmp_path: Path) -> None:
    start = train(examples, tmp_path / "models" / "a", minutes=0.02, work=tmp_path / "a", sizes=TINY, schedule=SCHEDULE)
    before = torch.load(tmp_path / "a" / "weights.pt", weights_only=True)
    tokenizer = Tokenizer.read(tmp_path / "a" / "tokenizer.json")

    done = tune(
        Checkpoint(name="a", weights=before), tokenizer, examples, tmp_path / "models" / "b", minutes=0.2,
        work=tmp_path / "b", schedule=Schedule(minutes=1, batch=32, learning_rate=1e-3, growing=(), averaged=0.9),
    )  # fmt: skip

    after = torch.load(tmp_path / "b" / "weights.pt", weights_only=True)
    assert torch.equal(before["visual.conv1.weight"], after["visual.conv1.weight"])
    assert torch.equal(before["visual.bn1.running_mean"], after["visual.bn1.running_mean"])
    assert torch.equal(before["token_embedding.weight"], after["token_embedding.weight"])
    assert not torch.equal(before["visual.attnpool.c_proj.weight"], after["visual.attnpool.c_proj.weight"])
    assert done.before["photo@1"] == pytest.approx(start.after["photo@1"])
    assert done.model.description.prompt == "this is a {}"


def test_the_last_blocks_of_a_vit_learn_too() -> None:
    sizes = Sizes(dim=32, picture_px=64, vision_layers=3, vision_width=64, patch_px=16, text_width=64, text_layers=3)
    learns = last_blocks(Clip(sizes), 2)

    named = [name for name in state_dict(Clip(sizes)) if learns(name)]
    blocks = {name.split(".mlp")[0] for name in named if ".mlp" in name}

    assert blocks == {
        f"{tower}transformer.resblocks.{n}" for tower in ("", "visual.") for n in (1, 2)
    }  # fmt: skip


def test_a_caption_fits_every_picture_that_has_what_it_names() -> None:
    named = torch.tensor([[1.0, 0.0, 0.0], [1.0, 1.0, 0.0]])
    has = torch.tensor([[1.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0]])

    assert fits(named, has).tolist() == [[True, True, False], [True, False, False]]


def test_the_loss_is_least_where_every_fit_is_found() -> None:
    units = torch.eye(4)
    true = torch.eye(4, dtype=torch.bool)
    scale = torch.tensor(20.0)

    assert contrastive(units, units, true, scale) < 1e-3 < contrastive(units, units.roll(1, 0), true, scale)


def test_a_picture_that_lies_with_its_own_group_among_all_costs_less_than_one_that_does_not() -> None:
    proxies = torch.eye(5, 8) * torch.arange(1.0, 6.0)[:, None]  # of any length
    pictures = torch.eye(5, 8)[:3]

    right, wrong = (one_of_all(pictures, proxies, torch.tensor(groups)).mean() for groups in ([0, 1, 2], [3, 4, 0]))

    assert right < 1e-3 < 10 < wrong


def test_the_kinds_that_are_hard_to_tell_come_more_often(examples: list[Example], tmp_path: Path) -> None:
    ready = prepare(examples, tmp_path)
    tokenizer = train_bpe(list(COLOURS), 300, 77)
    sampler = Sampler(ready.train, ready.train_rows, ready.rows, tokenizer)
    rng = random.Random(1)
    boxes = [("box" in e.group) for e in {e.group: e for e in ready.train}.values()]

    def share_of_boxes() -> float:
        drawn = torch.cat([sampler.draw(16, rng).groups for _ in range(100)])
        return float(torch.tensor(boxes)[drawn].float().mean())

    before = share_of_boxes()
    for _ in range(100):
        sampler.learn(torch.arange(len(boxes)), torch.tensor([3.0 if box else 1.0 for box in boxes]))

    assert 0.4 < before < 0.6
    assert 0.65 < share_of_boxes() < 0.9


def test_a_run_that_starts_from_another_ones_weights_keeps_its_words(examples: list[Example], tmp_path: Path) -> None:
    def run(name: str, learned: list[Example], start: Path | None = None) -> Trained:
        out, work = tmp_path / "models" / name, tmp_path / name
        return train(learned, out, minutes=0.02, work=work, sizes=TINY, schedule=SCHEDULE, start=start)

    run("a", examples)
    renamed = [replace(e, facts=(*e.facts, Fact("material", "papier-mache"))) for e in examples]

    done = run("b", renamed, start=tmp_path / "a" / "weights.pt")

    assert (tmp_path / "b" / "tokenizer.json").read_bytes() == (tmp_path / "a" / "tokenizer.json").read_bytes()
    assert done.before["dev"] > 0


def test_augmentation_keeps_the_shape_and_changes_at_each_call() -> None:
    kept = torch.from_numpy(np.random.default_rng(0).integers(0, 255, (8, 144, 144, 4), dtype=np.uint8))
    kept[:, :40, :40, 3] = 0
    generator = torch.Generator().manual_seed(1)
    flips = torch.ones(8, dtype=torch.bool)

    first, second = (augment(kept, 96, PHONE, flips, generator) for _ in range(2))

    assert first.shape == (8, 3, 96, 96) == plain(kept, 96).shape
    assert 0 <= float(first.min()) <= float(first.max()) <= 1
    assert not torch.equal(first, second)


def test_a_start_from_weights_of_another_side_stretches_the_places() -> None:
    small, large = Clip(TINY), Clip(replace(TINY, picture_px=128))
    places = "visual.attnpool.positional_embedding"

    taken = take_over(large, small.state_dict())

    before, after = small.state_dict()[places], large.state_dict()[places]
    assert taken == len(small.state_dict())
    assert (len(before), len(after)) == (10, 17)
    corners = torch.stack([after[1], after[4], after[13], after[16]])
    assert torch.allclose(corners, torch.stack([before[1], before[3], before[7], before[9]]))


def test_pictures_grow_with_the_time_that_is_over(tmp_path: Path) -> None:
    run = Run(Clip(TINY), replace(SCHEDULE, growing=((0.4, 32), (0.6, 64))), tmp_path)

    sides = []
    for done in (0.0, 0.39, 0.5, 0.7):
        run.state.seconds = done * 60
        sides.append(run._px())

    assert sides == [32, 32, 64, 96]
