"""Columns of a CSV, TSV or JSONL file, every fault named with its line."""

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any


def read_columns(path: str, names: Sequence[str]) -> dict[str, list[Any]]:
    """The named columns; `ValueError` names a missing column, a missing cell or a malformed line.

    Cells of a text file are numbers where every cell of these columns is one, so that 3 and 3.0 are
    one label; else they stay as they are written, without blanks around them.
    """
    if len(set(names)) < len(names):
        raise ValueError(f"a column is named twice among {', '.join(names)}")
    columns: dict[str, list[Any]] = {name: [] for name in names}
    for line, row in _rows(Path(path)):
        for name in names:
            columns[name].append(_label(path, line, name, row))
    if not columns[names[0]]:
        raise ValueError(f"{path} holds no rows")
    return _as_numbers(columns)


def _label(path: str, line: int, name: str, row: dict[str, Any]) -> Any:
    if name not in row:
        raise ValueError(f"{path} has no column {name!r}: it has {', '.join(map(str, row))}")
    label = row[name].strip() if isinstance(row[name], str) else row[name]
    if label is None or label == "":
        raise ValueError(f"{path}, line {line}: {name} is empty")
    missing = isinstance(label, str) and label.lower() == "nan"
    if isinstance(label, (list, dict)) or label != label or missing:
        raise ValueError(f"{path}, line {line}: {name} is no label: {label!r}")
    return label


def _as_numbers(columns: dict[str, list[Any]]) -> dict[str, list[Any]]:
    if not all(isinstance(x, str) for column in columns.values() for x in column):
        return columns
    if any(_is_code(x) for column in columns.values() for x in column):
        return columns
    try:
        numbers = {name: [float(x) for x in column] for name, column in columns.items()}
    except ValueError:
        return columns
    exact = all(abs(x) < 2**53 for column in numbers.values() for x in column)
    return numbers if exact else columns


def _is_code(cell: str) -> bool:
    """An identifier such as 01234, which is another than 1234."""
    return len(cell) > 1 and cell[0] == "0" and cell.isdigit()


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    kind = path.suffix.lower()
    if kind == ".json":
        raise ValueError(f"{path}: JSON is read as JSONL, one object a line, in a file *.jsonl")
    reader = _jsonl if kind in (".jsonl", ".ndjson") else _csv
    try:
        yield from reader(path)
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not UTF-8 text") from None


def _csv(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    comma = "\t" if path.suffix.lower() == ".tsv" else ","
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = csv.DictReader(file, strict=True, restkey="(extra)", delimiter=comma)
        try:
            _check_header(path, list(rows.fieldnames or ()))
            for row in rows:
                if "(extra)" in row:
                    raise ValueError(f"{path}, line {rows.line_num}: more cells than columns")
                yield rows.line_num, row
        except csv.Error as fault:
            raise ValueError(f"{path}, line {rows.line_num}: {fault}") from None


def _check_header(path: Path, names: list[str]) -> None:
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise ValueError(f"{path}: two columns are called {twice[0]!r}")


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
