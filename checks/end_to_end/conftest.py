"""The compiled models, for what is said of a company of one account."""

from __future__ import annotations

from checks.definitions.conftest import model_graph

__all__ = ["model_graph"]
