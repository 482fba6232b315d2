"""Columns of a CSV, TSV or JSONL file, every fault named with its line."""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

SHOWN_NAMES = 20


def read_columns(path: str, names: Sequence[str]) -> dict[str, list[Any]]:
    """The named columns; `ValueError` names a missing column, a missing cell or a malformed line.

    Cells of a text file are numbers where every cell of these columns is one, so that 3 and 3.0 are
    one label; else they stay as they are written, without blanks around them.
    """
    if len(set(names)) < len(names):
        raise ValueError(f"a column is named twice among {', '.join(names)}")
    return _as_numbers(chosen_columns(path, lambda _: names, "label"))


def chosen_columns(
    path: str, choose: Callable[[list[str]], Sequence[str]], what: str
) -> dict[str, list[Any]]:
    """The columns chosen among the names of the first row, cells as they are; read once.

    `what` is what a cell should be, for the error about one that is not.
    """
    columns: dict[str, list[Any]] = {}
    for line, row in _rows(Path(path)):
        columns = columns or {name: [] for name in choose(list(row))}
        for name, cells in columns.items():
            cells.append(_cell(path, line, name, row, what))
    if not columns:
        raise ValueError(f"{path} holds no rows")
    return columns


def listed(names: Sequence[Any]) -> str:
    """The first names of many."""
    more = f", ... ({len(names)} in all)" if len(names) > SHOWN_NAMES else ""
    return ", ".join(map(str, names[:SHOWN_NAMES])) + more


def lists(path: str) -> list[list[Any]]:
    """The rows of a file without a header: cells of text, or of each line the values of a list."""
    return list(_read(Path(path), _jsonl_lists, _csv_lists))


def by_commas(names: Sequence[str]) -> str:
    """A hint where the one column that was read looks like several."""
    return (
        " (are its cells separated by commas?)"
        if len(names) == 1 and (";" in names[0] or "\t" in names[0])
        else ""
    )


def _cell(path: str, line: int, name: str, row: dict[str, Any], what: str) -> Any:
    if name not in row:
        raise ValueError(
            f"{path} has no column {name!r}: it has {listed(list(row))}{by_commas(list(row))}"
        )
    cell = row[name].strip() if isinstance(row[name], str) else row[name]
    if cell is None or cell == "":
        raise ValueError(f"{path}, line {line}: {name} is empty")
    missing = isinstance(cell, str) and cell.lower() == "nan"
    if isinstance(cell, (list, dict)) or cell != cell or missing:
        raise ValueError(f"{path}, line {line}: {name} is no {what}: {cell!r}")
    return cell


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


def is_jsonl(path: str) -> bool:
    """Whether a file has one JSON value a line."""
    return Path(path).suffix.lower() in (".jsonl", ".ndjson")


Reader = Callable[[Path], Iterator[Any]]


def _read(path: Path, of_jsonl: Reader, of_csv: Reader) -> Iterator[Any]:
    """What the reader for this kind of file yields."""
    if path.suffix.lower() == ".json":
        raise ValueError(f"{path}: JSON is read as JSONL, one object a line, in a file *.jsonl")
    reader = of_jsonl if is_jsonl(str(path)) else of_csv
    try:
        yield from reader(path)
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not UTF-8 text") from None


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    return _read(path, _jsonl, _csv)


def _csv(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = csv.DictReader(file, strict=True, restkey="(extra)", delimiter=_comma(path))
        try:
            rows.fieldnames = [name.strip() for name in rows.fieldnames or ()]
            _check_header(path, rows.fieldnames)
            for row in rows:
                if "(extra)" in row:
                    raise ValueError(f"{path}, line {rows.line_num}: more cells than columns")
                yield rows.line_num, row
        except csv.Error as fault:
            raise ValueError(f"{path}, line {rows.line_num}: {fault}") from None


def _csv_lists(path: Path) -> Iterator[list[str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = csv.reader(file, strict=True, delimiter=_comma(path))
        try:
            yield from ([cell.strip() for cell in row] for row in rows if row)
        except csv.Error as fault:
            raise ValueError(f"{path}, line {rows.line_num}: {fault}") from None


def _comma(path: Path) -> str:
    return "\t" if path.suffix.lower() == ".tsv" else ","


def _check_header(path: Path, names: list[str]) -> None:
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise ValueError(f"{path}: two columns are called {twice[0]!r}")


def _jsonl(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    yield from _json_lines(path, dict, "an object")


def _jsonl_lists(path: Path) -> Iterator[list[Any]]:
    yield from (row for _, row in _json_lines(path, list, "a list"))


def _json_lines(path: Path, kind: type[Any], word: str) -> Iterator[tuple[int, Any]]:
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as fault:
                raise ValueError(f"{path}, line {number}: {fault}") from None
            if not isinstance(row, kind):
                raise ValueError(f"{path}, line {number}: not {word}")
            yield number, row
