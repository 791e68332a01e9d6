"""Files in ACLED's format as text cells: CSV, Excel, Parquet."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from .csv_input import LINE, read_cells
from .engine import Findings
from .refused import Refused


def acled_cells(path: Path, findings: Findings) -> tuple[list[str], pl.DataFrame]:
    """The cells of a file.

    Returns:
        The columns' names as written, and the cells as text (empty ones null) with a column ``LINE``.

    Raises:
        Refused: no such format is read, or the file holds no table.
        OSError: the file cannot be read.
    """
    if not path.exists():
        raise Refused("unreadable", "no such file")
    if path.is_dir():
        raise Refused("unreadable", "it is a folder; give its files")
    suffix = path.suffix.lower()
    if suffix in (".csv", ".tsv", ".txt"):
        with read_cells(path, findings) as cells:
            return cells.names, cells.frame.collect()
    if suffix in (".xlsx", ".xls"):
        return _numbered(_excel(path))
    if suffix in (".parquet", ".pq"):
        frame = pl.read_parquet(path, glob=False)
        flat = [name for name, dtype in frame.schema.items() if not dtype.is_nested()]
        return _numbered(frame.select(pl.col(name).cast(pl.String, strict=False) for name in flat))
    raise Refused("unknown-format", suffix or "no ending")


def _excel(path: Path) -> pl.DataFrame:
    try:
        import fastexcel
    except ImportError:
        raise Refused("missing-extra", "fastexcel (pip install fastexcel)") from None
    try:
        sheet = fastexcel.read_excel(path).load_sheet(0, dtypes="string")
    except fastexcel.FastExcelError as error:
        raise Refused("unreadable", f"no Excel file: {str(error).splitlines()[0][:100]}") from None
    # A cell that holds a day is read with its hour.
    return sheet.to_polars().with_columns(pl.all().str.replace(r"^(\d{4}-\d{2}-\d{2})[ T]00:00:00$", "$1"))


def _numbered(frame: pl.DataFrame) -> tuple[list[str], pl.DataFrame]:
    if not frame.width:
        raise Refused("unreadable", "it has no columns")
    cells = frame.select(pl.when(pl.col(n).str.strip_chars() != "").then(pl.col(n)).alias(n) for n in frame.columns)
    numbered = cells.with_columns(pl.int_range(2, pl.len() + 2).alias(LINE))
    names = frame.columns
    return names, numbered.filter(~pl.all_horizontal(pl.col(name).is_null() for name in names))
