"""The checkpoints that OpenAI published: names, addresses, sha256."""

from __future__ import annotations

from dataclasses import dataclass

HOST = "https://openaipublic.azureedge.net/clip/models"


@dataclass(frozen=True, slots=True)
class Published:
    """A checkpoint of OpenAI's, a TorchScript archive in half precision."""

    name: str
    sha256: str
    dim: int
    picture_px: int
    size_mb: int
    """Of the download."""

    @property
    def file_name(self) -> str:
        return f"{self.name}.pt"

    @property
    def url(self) -> str:
        """The published address; it holds the sha256."""
        return f"{HOST}/{self.sha256}/{self.file_name}"


PUBLISHED = {
    entry.name: entry
    for entry in (
        Published("RN50", "afeb0e10f9e5a86da6080e35cf09123aca3b358a0c3e3b6c78a7b63bc04b6762", 1024, 224, 256),
        Published("RN101", "8fa8567bab74a42d41c5915025a8e4538c3bdbe8804a470a72f30b0d94fab599", 512, 224, 292),
        Published("ViT-B-32", "40d365715913c9da98579312b702a82c18be219cc2a73407c4526f58eba950af", 512, 224, 354),
        Published("ViT-B-16", "5806e77cd80f8b59890b7e101eabd078d9fb84e6937f9e85e4ecb61988df416f", 512, 224, 351),
        Published("ViT-L-14", "b8cca3fd41ae0c99ba7e8951adf17d267cdb84cd88be6f7c2e0eca1737a03836", 768, 224, 932),
    )
}


def published(name: str) -> Published | None:
    """The entry of a name as people write it: `RN50`, `rn50`, `ViT-B/32`."""
    wanted = name.replace("/", "-").casefold()
    return next((entry for entry in PUBLISHED.values() if entry.name.casefold() == wanted), None)


def published_with(sha256: str) -> Published | None:
    """The entry whose file has this sha256."""
    return next((entry for entry in PUBLISHED.values() if entry.sha256 == sha256), None)
