"""A folder in, its picture files out: by path, by the name of the file, by the name of the folder they lie in."""

import os
import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path, PurePosixPath

PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".heic", ".heif", ".bmp", ".tif", ".tiff")
HELD_OUT = frozenset({"val", "valid", "validation", "test", "testing"})
_VIEW = re.compile(
    r"^(?P<id>.+?)[-_. (]+(?:\d{1,3}|[a-z]|main|front|back|side|top|left|right|alt|detail|iconic)\)?$", re.IGNORECASE
)


def folded_name(name: str) -> str:
    """A name as names are compared: case, spaces, hyphens and underscores make no difference."""
    return re.sub(r"[\s_-]+", "-", unicodedata.normalize("NFKC", name).casefold().strip())


def natural(path: str) -> list[tuple[int, int | str]]:
    """A sort key that puts `photo2` before `photo10`."""
    return [(0, int(part)) if part.isdigit() else (1, part) for part in re.split(r"(\d+)", path) if part]


class PictureFolder:
    """The pictures under a folder, listed when first asked for. Paths are relative to it, with `/`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def held_out(self) -> tuple[str, ...]:
        """Folders that a data set keeps for testing (`val` beside `train`): their photos are no catalogue pictures."""
        try:
            folders = sorted(entry.name for entry in os.scandir(self.root) if entry.is_dir())
        except OSError:
            return ()
        if "train" not in {name.casefold() for name in folders}:
            return ()
        return tuple(name for name in folders if name.casefold() in HELD_OUT)

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """All pictures, hidden and held-out ones left out; `photo2` before `photo10`."""
        found = []
        for folder, inner, files in os.walk(self.root):
            is_top = Path(folder) == self.root
            inner[:] = sorted(d for d in inner if not d.startswith(".") and not (is_top and d in self.held_out))
            relative = Path(folder).relative_to(self.root)
            found += [
                (relative / name).as_posix()
                for name in files
                if name.lower().endswith(PICTURE_SUFFIXES) and not name.startswith(".")
            ]
        return tuple(sorted(found, key=natural))

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        return _grouped((PurePosixPath(path).name.casefold(), path) for path in self.paths)

    @cached_property
    def _by_stem(self) -> dict[str, list[str]]:
        return _grouped((PurePosixPath(path).stem.casefold(), path) for path in self.paths)

    @cached_property
    def _by_view(self) -> dict[str, list[str]]:
        views = ((_VIEW.match(PurePosixPath(path).stem), path) for path in self.paths)
        return _grouped((view["id"].casefold(), path) for view, path in views if view)

    @cached_property
    def _by_folder(self) -> dict[str, list[str]]:
        return _grouped((folded_name(PurePosixPath(path).parent.name), path) for path in self.paths)

    def place(self, path: str, *, may_look: bool = True) -> str:
        """A path as a listing writes it -> the path under this folder; as it is where there is no such file.

        A leading slash and backslashes are tolerated; with `may_look`, its name is looked for in all folders.
        """
        tidy = path.replace("\\", "/").strip().removeprefix("./").lstrip("/")
        if not may_look or ".." in tidy.split("/") or (self.root / tidy).is_file():
            return tidy
        same_name = self._by_name.get(PurePosixPath(tidy).name.casefold(), [])
        return same_name[0] if len(same_name) == 1 else tidy

    def named(self, product_id: str, other_ids: frozenset[str]) -> list[str]:
        """Pictures named by an id: `12.webp`, then `12_2.webp`, unless `12_2` is another product's id."""
        key = product_id.casefold()
        views = [path for path in self._by_view.get(key, []) if PurePosixPath(path).stem.casefold() not in other_ids]
        return [*self._by_stem.get(key, []), *views]

    def in_folder_named(self, names: Iterable[str]) -> list[str]:
        """Pictures that lie directly in a folder with one of these names."""
        keys = dict.fromkeys(folded_name(name) for name in names if name.strip())
        return [path for key in keys for path in self._by_folder.get(key, [])]


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for key, path in pairs:
        groups.setdefault(key, []).append(path)
    return groups
