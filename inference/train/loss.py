"""Embeddings of a batch -> the contrastive loss, with every pair that truly fits counted as one."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

ALL_SCALE = 20.0
"""One over the temperature of `one_of_all`, the paper's."""


def fits(named: Tensor, has: Tensor) -> Tensor:
    """Which caption is true of which picture.

    Args:
        named: float32, shape (T, F): 1 where a caption names a fact.
        has: float32, shape (N, F): 1 where a picture has it.

    Returns:
        bool, shape (T, N): the picture has everything that the caption names.
    """
    return named @ (1 - has).T < 0.5


def contrastive(rows: Tensor, columns: Tensor, true: Tensor, scale: Tensor) -> Tensor:
    """Cross-entropy of each row over all columns, the weight spread over the columns that fit it.

    Args:
        rows: float32, shape (T, dim), unit length.
        columns: float32, shape (N, dim), unit length.
        true: bool, shape (T, N); a row without a fit is left out.
        scale: one over the temperature.

    Returns:
        The mean over rows with a fit, a scalar.
    """
    log_p = functional.log_softmax(scale * rows @ columns.T, dim=1)
    weight = true.float()
    number = weight.sum(1)
    each = -(log_p * weight).sum(1) / number.clamp(min=1)
    return each.sum() / (number > 0).sum().clamp(min=1)


def words_and_pictures(texts: Tensor, pictures: Tensor, true: Tensor, scale: Tensor) -> Tensor:
    """Both ways: words find pictures, pictures find words."""
    return (contrastive(texts, pictures, true, scale) + contrastive(pictures, texts, true.T, scale)) / 2


def pictures_and_pictures(first: Tensor, second: Tensor, same: Tensor, scale: Tensor) -> Tensor:
    """A photo finds the other pictures of its product among all of the batch; (N, dim) twice, bool (N, N)."""
    return (contrastive(first, second, same, scale) + contrastive(second, first, same.T, scale)) / 2


def one_of_all(pictures: Tensor, proxies: Tensor, groups: Tensor) -> Tensor:
    """Cross-entropy of telling a picture's group among all there are, not only among those of the batch.

    Each group has a learnt direction that its pictures are drawn to (normalised softmax: Zhai and Wu, "Classification
    is a Strong Baseline for Deep Metric Learning", 2018).

    Args:
        pictures: float32, shape (N, dim), unit length.
        proxies: float32, shape (G, dim), of any length.
        groups: int64, shape (N,).

    Returns:
        float32, shape (N,), of each picture.
    """
    scores = ALL_SCALE * pictures @ functional.normalize(proxies, dim=-1).T
    return functional.cross_entropy(scores, groups, reduction="none")


def named_values(scores: Sequence[Tensor], values: Tensor) -> Tensor:
    """Cross-entropy of naming each fact's value, over the facts that the pictures have.

    Args:
        scores: for each fact, float32, shape (N, how many values it has).
        values: int64, shape (N, len(scores)): the true value's number, -1 where there is none.

    Returns:
        The mean over pictures and facts, a scalar.
    """
    lost = [
        functional.cross_entropy(own, values[:, i], ignore_index=-1, reduction="sum") for i, own in enumerate(scores)
    ]
    total: Tensor = torch.stack(lost).sum() / (values >= 0).sum().clamp(min=1)
    return total
