"""A model and examples it was not trained on -> how often words and photos find what they should."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from inference.tokenizer import Tokenizer
from inference.train.architecture import Clip
from inference.train.augment import PHONE, augment, normalised, plain
from inference.train.captions import full_caption
from inference.train.examples import Example
from inference.train.pictures import Rows

AT_MOST = 600
QUESTIONS_A_GROUP = 4


def picture_embeddings(model: Clip, pictures: Tensor, *, batch: int = 64) -> Tensor:
    """float32 (N, 3, px, px), 0 to 1 -> float32 (N, dim), unit length."""
    device = model.logit_scale.device
    with torch.inference_mode():
        parts = [model.encode_image(normalised(part).to(device)).float() for part in pictures.split(batch)]
        return functional.normalize(torch.cat(parts), dim=-1).cpu()


def text_embeddings(model: Clip, tokens: Tensor, *, batch: int = 256) -> Tensor:
    """int64 (N, T) -> float32 (N, dim), unit length."""
    device = model.logit_scale.device
    with torch.inference_mode():
        parts = [model.encode_text(part.to(device)).float() for part in tokens.split(batch)]
        return functional.normalize(torch.cat(parts), dim=-1).cpu()


class DevSet:
    """Dev examples as questions: photos that must find their product, words that must find a picture they fit."""

    def __init__(
        self, examples: Sequence[Example], rows_of: Sequence[int], rows: Rows, tokenizer: Tokenizer, prompt: str = "{}"
    ) -> None:
        """Choose the questions, the same at each call.

        Args:
            examples: of the dev split; the first that is no photo stands for its group, the others are questions.
            rows_of: for each, the row of its picture.
            rows: the kept pictures.
            tokenizer: makes token ids of captions.
            prompt: how words become a text for the model.
        """
        groups: dict[str, list[int]] = {}
        for index, example in enumerate(examples):
            groups.setdefault(example.group, []).append(index)
        chosen = list(groups.values())[:: max(1, len(groups) // AT_MOST)]
        shop = [min(members, key=lambda i: (examples[i].photo, i)) for members in chosen]
        asked = [
            (place, member)
            for place, (members, own) in enumerate(zip(chosen, shop, strict=True))
            for member in ([m for m in members if m != own] or [own])[:QUESTIONS_A_GROUP]
        ][: AT_MOST * 2]
        self._gallery = torch.from_numpy(np.stack([rows[rows_of[i]] for i in shop]))
        self._photos = torch.from_numpy(np.stack([rows[rows_of[i]] for _, i in asked]))
        self._is_photo = torch.tensor([examples[i].photo for _, i in asked])
        self._answers = np.array([place for place, _ in asked])
        self._questions: dict[str, tuple[Tensor, NDArray[np.bool_]]] = {}
        for language in ("en", "ja"):
            captions = {c.text: c for c in (full_caption(examples[i], language) for i in shop) if c.text and c.names}
            if not captions:
                continue
            keys = [{fact.key for fact in examples[i].facts} for i in shop]
            fit = np.array([[c.names <= has for has in keys] for c in captions.values()])
            self._questions[language] = (
                torch.from_numpy(tokenizer.encode([prompt.format(text) for text in captions])),
                fit,
            )

    def __call__(self, model: Clip) -> dict[str, float]:
        """`photo@1`, `photo@5`, `words@1`, `words_ja@1`, and `dev`, the mean of `photo@1` and `words@1`: 0 to 1."""
        px = model.sizes.picture_px
        gallery = picture_embeddings(model, plain(self._gallery, px))
        seen = augment(
            self._photos, px, PHONE, torch.zeros(len(self._photos), dtype=torch.bool), torch.Generator().manual_seed(0)
        )
        asked = torch.where(self._is_photo[:, None, None, None], plain(self._photos, px), seen)
        ranks = ranks_of(picture_embeddings(model, asked) @ gallery.T, self._answers)
        figures = {"photo@1": float((ranks < 1).mean()), "photo@5": float((ranks < 5).mean())}
        for language, (tokens, fit) in self._questions.items():
            best = (text_embeddings(model, tokens) @ gallery.T).argmax(1).numpy()
            figures["words@1" if language == "en" else f"words_{language}@1"] = float(
                fit[np.arange(len(best)), best].mean()
            )
        figures["dev"] = (figures["photo@1"] + figures.get("words@1", figures["photo@1"])) / 2
        return figures


def ranks_of(scores: Tensor, answers: NDArray[np.int64]) -> NDArray[np.int64]:
    """The place, from 0, of each row's true column; float32 (Q, N) and int64 (Q,) -> int64 (Q,)."""
    own = scores.gather(1, torch.from_numpy(answers)[:, None])
    ranks: NDArray[np.int64] = (scores > own).sum(1).numpy()
    return ranks
