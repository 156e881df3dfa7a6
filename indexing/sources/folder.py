"""A folder of pictures in, a product for each picture out: the folder's name is its label."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from indexing.product import Product
from indexing.sources.pictures import PictureFolder
from indexing.sources.source import Listed, SourceDescription, SourceRow
from indexing.sources.text import unslugged


@dataclass(frozen=True, kw_only=True)
class PicturesOnly:
    """A `Source` without a listing: the id of a product is the relative path of its picture."""

    pictures: PictureFolder
    location: str
    notes: tuple[str, ...] = ()

    @property
    def folder(self) -> Path | None:
        return self.pictures.root

    def expected_rows(self) -> int | None:
        return len(self.pictures.paths)

    def describe(self) -> SourceDescription:
        notes = [*self.notes, "Each picture is a product; the name of its folder is its title and category."]
        if self.pictures.held_out:
            notes.append(f"Left out as test pictures of a data set: {', '.join(self.pictures.held_out)}.")
        return SourceDescription(kind="folder of pictures", location=self.location, notes=tuple(notes))

    def rows(self) -> Iterator[SourceRow]:
        for number, path in enumerate(self.pictures.paths, 1):
            place = PurePosixPath(path)
            label = place.parent.name
            title = label.replace("_", " ") or unslugged(place.stem)
            yield Listed(row=number, product=Product(id=path, title=title, category=label, pictures=(path,)))
