"""Columns of a CSV or JSONL file, every fault named with its line."""

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any


def read_columns(path: str, names: Sequence[str]) -> dict[str, list[Any]]:
    """The named columns; `ValueError` names a missing column, a missing cell or a malformed line."""
    if len(set(names)) < len(names):
        raise ValueError(f"a column is named twice among {', '.join(names)}")
    columns: dict[str, list[Any]] = {name: [] for name in names}
    for line, row in _rows(Path(path)):
        for name in names:
            if name not in row:
                raise ValueError(
                    f"{path} has no column {name!r}: it has {', '.join(map(str, row))}"
                )
            if row[name] is None or row[name] == "":
                raise ValueError(f"{path}, line {line}: {name} is empty")
            columns[name].append(row[name])
    if not columns[names[0]]:
        raise ValueError(f"{path} holds no rows")
    return columns


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    reader = _jsonl if path.suffix.lower() in (".jsonl", ".ndjson") else _csv
    try:
        yield from reader(path)
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not UTF-8 text") from None


def _csv(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = csv.DictReader(file, strict=True, restkey="(extra)")
        try:
            for row in rows:
                if "(extra)" in row:
                    raise ValueError(f"{path}, line {rows.line_num}: more cells than columns")
                yield rows.line_num, row
        except csv.Error as fault:
            raise ValueError(f"{path}, line {rows.line_num}: {fault}") from None


def _jsonl(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except json.JSONDecodeError as fault:
                raise ValueError(f"{path}, line {number}: {fault}") from None
            if not isinstance(row, dict):
                raise ValueError(f"{path}, line {number}: not an object")
            yield number, row
