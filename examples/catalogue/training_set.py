"""Catalogue -> a larger one to train on, outside git: phone photos of train and dev products, and further products.

A kind's endless deal of products goes on where the catalogue stops, so thousands more cost rendering time only. None
of them has all the attributes of a dev or test product. Strangers, things of no kind at all, are dealt the same way.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from examples.catalogue import abo
from examples.catalogue.records import Product, all_products, products_of
from examples.catalogue.sheets import picture_path
from examples.catalogue.specs import KINDS
from examples.catalogue.specs.strangers import STRANGERS

DEV_VIEWS = 2
FURTHER_VIEWS = 2
PLAIN = 0.35
"""Share of the views of train products that show another side on the catalogue's backdrop; the first never does."""
TRACED_PX = 160
"""As the questions' own photos are."""
PX = 144
SAID_EVERY = 200


@dataclass(frozen=True, slots=True)
class _Job:
    """One picture to render; a product is named by kind and place, for its record holds what no process can be sent."""

    kind: str
    count: int
    """Products of the kind that its deal is made for: the deal of a kind is kept, so all jobs say the same."""
    index: int
    number: int | None
    """Of the view; None is the shop's own picture."""
    plain: float
    path: Path


def further_products(number: int) -> Iterator[Product]:
    """Up to `number` more products of each kind than the catalogue has, the kinds in turn, no two that look alike."""
    seen = {_look(p) for p in all_products() if abo.split_of(p) != "train"}
    more = [products_of(replace(k, count=k.count + number))[k.count :] for k in KINDS.values()]
    for place in range(number):
        for products in more:
            look = _look(products[place])
            if look not in seen:
                seen.add(look)
                yield products[place]


def strangers(number: int) -> list[Product]:
    """`number` things of each way to make one, the ways in turn."""
    made = [products_of(replace(kind, count=number)) for kind in STRANGERS.values()]
    return [product for same in zip(*made, strict=True) for product in same]


def render_training_set(catalogue: Path, out: Path, views: int, further: int, strange: int) -> int:
    """Render whatever is not there yet under `out`, in ABO's layout with `views/ITEM_ID/N.jpg` beside it, and list it.

    Each core renders in a process of its own: of pictures this small the tracing is the lesser part.

    Args:
        catalogue: the sample catalogue, whose train and dev pictures are copied.
        out: the folder to write.
        views: pictures of each train product.
        further: products of each kind beyond the catalogue's.
        strange: things of each way to make a stranger.

    Returns:
        How many pictures were rendered.
    """
    known = [p for p in all_products() if abo.split_of(p) != "test" and _is_rendered(catalogue, p)]
    new = [*further_products(further), *strangers(strange)]
    for product in known:
        for image_id in product.pictures:
            path = picture_path(out, image_id)
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(picture_path(catalogue, image_id), path)
    jobs = [job for job in _jobs(out, known, new, views) if not job.path.exists()]
    # Spawned, not forked: Blender does not survive a fork.
    with multiprocessing.get_context("spawn").Pool(os.cpu_count()) as pool:
        for done, _ in enumerate(pool.imap_unordered(_render, jobs, chunksize=4), start=1):
            if done % SAID_EVERY == 0:
                print(f"{done} of {len(jobs)} pictures", flush=True)
    write_training_set(out, known, new)
    return len(jobs)


def _jobs(out: Path, known: Sequence[Product], new: Sequence[Product], views: int) -> Iterator[_Job]:
    """Every picture of the set, the most useful first: a set that is cut short is a set still."""

    def view(product: Product, number: int, plain: float) -> _Job:
        path = out / "views" / product.id / f"{number}.jpg"
        return _Job(product.kind.key, product.kind.count, product.index, number, plain if number else 0.0, path)

    for number in range(max(views, DEV_VIEWS)):
        for product in known:
            is_train = abo.split_of(product) == "train"
            if number < (views if is_train else DEV_VIEWS):
                yield view(product, number, PLAIN if is_train else 0.0)
    for product in new:
        yield _Job(
            product.kind.key, product.kind.count, product.index, None, 0.0, picture_path(out, product.pictures[0])
        )
        for number in range(FURTHER_VIEWS):
            yield view(product, number, 0.0)


def _render(job: _Job) -> None:
    from examples.catalogue.photos import product_photo
    from examples.catalogue.renders import render_picture

    product = products_of(replace((KINDS | STRANGERS)[job.kind], count=job.count))[job.index]
    if job.number is None:
        render_picture(product, 0, job.path, px=144, samples=3)
    else:
        rng = random.Random(f"{product.id}/train/{job.number}")
        product_photo(product, rng, job.path, traced_px=TRACED_PX, px=PX, plain=job.plain)


def write_training_set(out: Path, known: Sequence[Product], new: Sequence[Product]) -> None:
    """Write listings, images.csv.gz and split.csv; every further product is for training, whatever its id says."""
    abo.write_listings(out, "known", known)
    abo.write_listings(out, "further", new)
    abo.write_images(out, [*known, *new])
    splits = [*((p.id, abo.split_of(p)) for p in known), *((p.id, "train") for p in new)]
    (out / "split.csv").write_text("item_id,split\n" + "".join(f"{item},{split}\n" for item, split in splits))


def _is_rendered(catalogue: Path, product: Product) -> bool:
    return all(picture_path(catalogue, image_id).exists() for image_id in product.pictures)


def _look(product: Product) -> tuple[object, ...]:
    """All that can be seen of a product, size apart."""
    options = tuple(sorted((name, option.key) for name, option in product.options.items()))
    look = (product.shape.key, product.material, product.colour, product.pattern, product.colour2)
    return (product.kind.key, *look, options)
