"""Product record -> geometry: one module a department, one function a kind, named by the kind's key."""

from __future__ import annotations

from importlib import import_module

from examples.catalogue.records import Product


def build(product: Product) -> None:
    """Model a product under the current root, in units of its own (the stage scales it)."""
    module = import_module(f"examples.catalogue.kinds.{product.kind.department}")
    getattr(module, product.kind.key)(product)
