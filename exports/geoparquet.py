"""GeoParquet 1.1: the events with a point each, as WKB, and the ``geo`` entry of the footer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

GEOMETRY = "geometry"
VERSION = "1.1.0"
_WKB_POINT = np.dtype([("order", "u1"), ("kind", "<u4"), ("x", "<f8"), ("y", "<f8")])  # 21 bytes, little-endian


def wkb_points(longitudes: pl.Series, latitudes: pl.Series) -> list[bytes]:
    """Points in well-known binary, longitude first.

    Args:
        longitudes, latitudes: degrees (EPSG:4326), without nulls.
    """
    points = np.empty(len(longitudes), _WKB_POINT)
    points["order"], points["kind"] = 1, 1
    points["x"], points["y"] = longitudes.to_numpy(), latitudes.to_numpy()
    raw, size = points.tobytes(), _WKB_POINT.itemsize
    return [raw[k : k + size] for k in range(0, len(raw), size)]


def geo_entry(frame: pl.DataFrame) -> dict[str, Any]:
    """The ``geo`` entry: without ``crs``, which by the standard means OGC:CRS84 (longitude, latitude)."""
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Point"] if frame.height else []}
    if frame.height:
        corner = [frame[name].min() for name in ("longitude", "latitude")]
        column["bbox"] = corner + [frame[name].max() for name in ("longitude", "latitude")]
    return {"version": VERSION, "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}


def write_geoparquet(frame: pl.DataFrame, path: Path, metadata: Mapping[str, str]) -> None:
    """Write events as GeoParquet 1.1.

    Args:
        frame: the events table.
        path: where to.
        metadata: further footer entries.
    """
    points = wkb_points(frame["longitude"], frame["latitude"])
    entries = {**metadata, "geo": json.dumps(geo_entry(frame), sort_keys=True)}
    frame.with_columns(pl.Series(GEOMETRY, points, pl.Binary)).write_parquet(
        path, compression="zstd", compression_level=3, row_group_size=100_000, statistics=True, metadata=entries
    )
