"""Sample questions and photos that the page offers to click."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from playground.errors import Json

_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp")
MOST_PHOTOS = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Samples:
    """Questions to click, and photos to click: each a file and what it shows."""

    questions: Sequence[str] = ()
    photos: Sequence[tuple[Path, str]] = ()

    @classmethod
    def from_folder(cls, folder: Path, questions: Sequence[str] = ()) -> Self:
        """Return the first pictures of a folder, named by their file names, and the questions."""
        files = sorted(path for path in folder.iterdir() if path.suffix.lower() in _PICTURES)
        photos = [(path, path.stem.replace("-", " ").replace("_", " ")) for path in files[:MOST_PHOTOS]]
        return cls(questions=tuple(questions), photos=tuple(photos))

    def wire(self) -> Json:
        """Return the samples as the page reads them."""
        photos = [
            {"url": f"/page/samples/{number}", "name": path.name, "alt": alt}
            for number, (path, alt) in enumerate(self.photos)
        ]
        return {"questions": list(self.questions), "photos": photos}
