"""`python -m examples.catalogue COMMAND`: render, write listings, show contact sheets."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from examples.catalogue.records import Product, products_of
from examples.catalogue.specs import FIRST_KINDS, KINDS

HERE = Path(__file__).parent


def chosen(args: argparse.Namespace) -> list[Product]:
    """The products that the options name."""
    kinds = [k for k in KINDS.values() if not args.department or k.department in args.department]
    if args.kind:
        kinds = [KINDS[key] for key in args.kind]
    if args.first:
        return [p for key in FIRST_KINDS for p in products_of(KINDS[key])[: min(args.number or 10, 10)]]
    return [p for kind in kinds for p in products_of(kind)[: args.number]]


def main(argv: Sequence[str] | None = None) -> int:
    """Parse the arguments and do what they say."""
    parser = argparse.ArgumentParser(prog="python -m examples.catalogue", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in (("render", "render catalogue pictures not there yet"), ("sheet", "write a contact sheet")):
        command = commands.add_parser(name, help=text)
        command.add_argument("--department", action="append", choices=sorted({k.department for k in KINDS.values()}))
        command.add_argument("--kind", action="append", choices=sorted(KINDS))
        command.add_argument("--first", action="store_true", help="the first 150 products")
        command.add_argument("--number", type=int, default=None, help="only the first N products of each kind")
        command.add_argument("--folder", type=Path, default=HERE, help="where images/ lies")
        if name == "sheet":
            command.add_argument("--out", type=Path, required=True)
        else:
            command.add_argument("--main-only", action="store_true", help="no second views")
            command.add_argument("--px", type=int, default=224)
            command.add_argument("--samples", type=int, default=4)
    command = commands.add_parser("photos", help="render the phone photos of the questions not there yet")
    command.add_argument("--only", choices=("photo", "absent"), help="only those of one question set")
    command.add_argument("--folder", type=Path, default=HERE, help="where questions/ lies")
    command = commands.add_parser("training", help="render a larger catalogue to train on into a folder outside git")
    command.add_argument("--out", type=Path, default=Path("build/training"))
    command.add_argument("--views", type=int, default=6, help="pictures of each train product")
    command.add_argument("--further", type=int, default=60, help="products of each kind beyond the catalogue's")
    command.add_argument("--strangers", type=int, default=60, help="things of no kind, of each way to make one")
    command.add_argument("--folder", type=Path, default=HERE, help="where images/ lies")
    command = commands.add_parser("questions", help="write the questions; photos that are not there are left out")
    command.add_argument("--folder", type=Path, default=HERE, help="where questions/ lies")
    command = commands.add_parser(
        "write", help="write listings of what is rendered, images.csv.gz, attributes and split"
    )
    command.add_argument("--folder", type=Path, default=HERE, help="where images/ lies")
    args = parser.parse_args(argv)
    if args.command == "render":
        from examples.catalogue.renders import render_all

        print(f"rendered {render_all(chosen(args), args.folder, args.px, args.samples, args.main_only)}")
    elif args.command == "sheet":
        from examples.catalogue.sheets import contact_sheet, picture_path

        contact_sheet([picture_path(args.folder, p.pictures[0]) for p in chosen(args)], args.out)
    elif args.command == "write":
        print(write(args.folder))
    elif args.command == "questions":
        from examples.catalogue.questions import write_questions

        for name, number in write_questions(carried(args.folder), args.folder / "questions").items():
            print(f"{name}: {number}")
    elif args.command == "photos":
        print(f"rendered {photos(args.folder, args.only)}")
    elif args.command == "training":
        from examples.catalogue.training_set import render_training_set

        print(f"rendered {render_training_set(args.folder, args.out, args.views, args.further, args.strangers)}")
    return 0


def carried(folder: Path) -> list[Product]:
    """The products whose pictures are all there."""
    from examples.catalogue.records import all_products
    from examples.catalogue.sheets import picture_path

    return [p for p in all_products() if all(picture_path(folder, i).exists() for i in p.pictures)]


def photos(folder: Path, only: str | None) -> int:
    """Render the phone photos that are missing; returns how many were."""
    import random

    from examples.catalogue.photos import absent_photo, product_photo
    from examples.catalogue.questions import absent_jobs, photo_jobs
    from examples.catalogue.records import all_products

    out = folder / "questions" / "photos"
    jobs = photo_jobs(list(all_products())) if only != "absent" else []
    strange = absent_jobs() if only != "photo" else []
    done = 0
    for first in (True, False):  # one photo of each product before the second ones
        for name, _, product, number in jobs:
            if (number == 0) is first and not (out / f"{name}.jpg").exists():
                product_photo(product, random.Random(name), out / f"{name}.jpg")
                done += 1
                print(name, flush=True)
        for name, _, key in strange[::2] if first else strange:
            if not (out / f"{name}.jpg").exists():
                absent_photo(key, random.Random(name), out / f"{name}.jpg")
                done += 1
                print(name, flush=True)
    return done


def write(folder: Path) -> str:
    """Write the metadata of every department whose pictures are all there, and of the first lot."""
    from examples.catalogue import abo
    from examples.catalogue.sheets import picture_path

    first = [p for key in FIRST_KINDS for p in products_of(KINDS[key])[:10]]
    lots = {"first": first}
    known = {p.id for p in first}
    for kind in KINDS.values():
        lots.setdefault(kind.department, []).extend(p for p in products_of(kind) if p.id not in known)
    carried: list[Product] = []
    said = []
    for name, products in lots.items():
        missing = sum(not picture_path(folder, i).exists() for p in products for i in p.pictures)
        if missing:
            said.append(f"{name}: {missing} pictures missing, left out")
            continue
        said.append(f"{name}: {abo.write_listings(folder, name, products)} products")
        carried += products
    said.append(f"images: {abo.write_images(folder, carried)}")
    abo.write_attributes(folder, carried)
    abo.write_split(folder, carried)
    return "\n".join(said)


if __name__ == "__main__":
    sys.exit(main())
