"""How srsly, and with it spaCy, writes annotations in documents. It is found by entry points, without spaCy being imported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytoponym._native import Annotations, annotations_from_state

_KEY = "__toponym__"


def encode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """Annotations as what msgpack knows; other values as the next encoder has them."""
    if isinstance(value, Annotations):
        _, (state,) = value.__reduce__()
        return {_KEY: state}
    return value if chain is None else chain(value)


def decode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """The annotations that ``encode`` wrote; other values as the next decoder has them."""
    if isinstance(value, dict) and _KEY in value:
        return annotations_from_state(value[_KEY])
    return value if chain is None else chain(value)
