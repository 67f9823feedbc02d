"""The geoparser that frames use when they are given none."""

from __future__ import annotations

import functools

from pytoponym._native import Geoparser


@functools.cache
def default_geoparser() -> Geoparser:
    """A geoparser with the embedded gazetteer, made once a process."""
    return Geoparser()
