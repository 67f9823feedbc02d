"""Gazetteers: files of places with their names, made of GeoNames dumps, tables, GeoJSON or Linked Places."""

from pytoponym._native import BadRow, Credit, GazetteerInfo, Tally, build, info

__all__ = ["BadRow", "Credit", "GazetteerInfo", "Tally", "build", "info"]
