"""Points, or a matrix of predictions, from a file: CSV, TSV, JSONL, Parquet, .npy and .npz."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from genbounds.cli.files import by_commas, chosen_columns, is_jsonl, listed, lists

_NUMPY = (".npy", ".npz")
_PARQUET = (".parquet", ".pq")
_INDEX = "__index_level_"


class Choice(NamedTuple):
    """Which columns are wanted: those named, or all but those left out."""

    features: Sequence[str] = ()
    leave_out: Sequence[str] = ()

    @property
    def is_open(self) -> bool:
        """Whether nothing was said, so that all columns are wanted."""
        return not self.features and not self.leave_out

    def among(self, path: str, names: Sequence[str]) -> list[str]:
        """The wanted names; `ValueError` says what is wrong with the choice or with the names."""
        _check_named(path, names, [*self.features, *self.leave_out])
        both = [name for name in self.features if name in self.leave_out]
        if both:
            raise ValueError(f"{both[0]!r} is among --features and among --leave-out")
        if len(set(self.features)) < len(self.features):
            raise ValueError(f"a column is named twice among {', '.join(self.features)}")
        wanted = list(self.features) or [x for x in names if x not in set(self.leave_out)]
        if not wanted:
            raise ValueError(f"{path} has no column left to be a feature")
        return wanted


def _check_named(path: str, names: Sequence[str], asked: Iterable[str]) -> None:
    known = set(names)
    missing = [name for name in asked if name not in known]
    if not missing:
        return
    told = f"it has {listed(list(names))}{by_commas(names)}"
    raise ValueError(f"{path} has no column {missing[0]!r}: {told}")


ALL = Choice()


def read_points(path: str, choice: Choice = ALL) -> Any:
    """The wanted columns as an (n, d) array of finite numbers; an array of numpy as it is."""
    kind = Path(path).suffix.lower()
    if kind in _NUMPY:
        return _checked(path, _from_numpy(path, choice))
    columns = _from_parquet(path, choice) if kind in _PARQUET else _from_text(path, choice)
    return _checked(path, _as_table(path, columns), list(columns))


def named_columns(path: str) -> bool:
    """Whether the columns of such a file have names."""
    return Path(path).suffix.lower() not in _NUMPY


def width(X: Any) -> int | None:
    """How many numbers make a point; None for an array that is no table."""
    return {1: 1, 2: X.shape[-1]}.get(X.ndim)


# --- text


def _from_text(path: str, choice: Choice) -> dict[str, list[Any]]:
    def choose(names: list[str]) -> list[str]:
        if choice.is_open:
            _check_header(path, names)
        return choice.among(path, names)

    return chosen_columns(path, choose, "number")


def _check_header(path: str, names: Sequence[str]) -> None:
    """The first line of a file without names, or the index of a frame, is not taken silently."""
    if "" in names:
        raise ValueError(
            f"{path} has a column without a name (the index of a frame?): name the columns with "
            "--features"
        )
    counted = [[str(i + first) for i in range(len(names))] for first in (0, 1)]
    if all(map(_is_number, names)) and list(names) not in counted:
        raise ValueError(
            f"the first line of {path} holds numbers, and should hold the names of the columns "
            "(--features, if these are names)"
        )


def _as_table(path: str, columns: Mapping[str, Sequence[Any]]) -> Any:
    import numpy as np

    return np.array([_numbers(path, name, cells) for name, cells in columns.items()]).T


def _numbers(path: str, name: str, cells: Sequence[Any]) -> Any:
    import numpy as np

    try:
        return np.array([float(cell) for cell in cells])
    except (TypeError, ValueError, OverflowError):
        word = next(cell for cell in cells if not _is_number(cell))
    raise ValueError(
        f"{path}: column {name!r} holds {str(word)[:40]!r}, which is no number: name the columns "
        "of numbers with --features, or leave this one out with --leave-out"
    )


def _is_number(cell: Any) -> bool:
    try:
        float(cell)
    except (TypeError, ValueError, OverflowError):
        return False
    return True


# --- binary files


def _from_numpy(path: str, choice: Choice) -> Any:
    """Columns of an array are numbered from 0, those of an archive are its arrays, by name."""
    loaded = _loaded(path)
    if isinstance(loaded, dict):
        return _from_archive(path, loaded, choice)
    if choice.is_open:
        return loaded
    if loaded.ndim != 2:
        raise ValueError(f"{path} has shape {loaded.shape}: only a table has columns to choose")
    names = [str(i) for i in range(loaded.shape[1])]
    return loaded[:, [int(name) for name in choice.among(path, names)]]


def _from_archive(path: str, arrays: dict[str, Any], choice: Choice) -> Any:
    import numpy as np

    if choice.is_open and len(arrays) > 1:
        found = listed([f"{name} {array.shape}" for name, array in arrays.items()])
        raise ValueError(f"{path} holds {found}: name those that are features with --features")
    chosen = [arrays[name] for name in choice.among(path, list(arrays))]
    if len(chosen) == 1:
        return chosen[0]
    if any(array.ndim not in (1, 2) for array in chosen) or len(set(map(len, chosen))) > 1:
        shapes = ", ".join(str(array.shape) for array in chosen)
        raise ValueError(f"{path}: arrays of shapes {shapes} do not stand side by side")
    return np.column_stack(chosen)


def _loaded(path: str) -> Any:
    """An array, or the arrays of an archive by name; never a pickle."""
    import zlib
    from zipfile import BadZipFile

    import numpy as np

    try:
        with open(path, "rb") as file:
            loaded = np.load(file, allow_pickle=False)
            return {name: loaded[name] for name in loaded} if hasattr(loaded, "files") else loaded
    except (ValueError, EOFError, BadZipFile, zlib.error) as fault:
        pickled = "objects, or nothing of numpy: pickles are never loaded"
        what = pickled if "pickle" in str(fault) else str(fault)
        raise ValueError(f"{path} holds no plain array: {what}") from None


def _from_parquet(path: str, choice: Choice) -> dict[str, Any]:
    try:
        from pyarrow import ArrowException, parquet
    except ImportError:
        raise ValueError(f"{path}: reading Parquet needs pyarrow (pip install pyarrow)") from None
    try:
        table = parquet.read_table(path)
    except (ArrowException, OSError) as fault:
        raise ValueError(f"{path} is no Parquet file: {fault}") from None
    names = [name for name in table.column_names if not name.startswith(_INDEX)]
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise ValueError(f"{path}: two columns are called {twice[0]!r}")
    columns = {name: table[name] for name in choice.among(path, names)}
    empty = [name for name, cells in columns.items() if cells.null_count]
    if empty:
        raise ValueError(f"{path}: column {empty[0]!r} has empty cells")
    return {name: cells.to_numpy() for name, cells in columns.items()}


# --- what was read


def _checked(path: str, table: Any, names: Sequence[str] = ()) -> Any:
    """An array of finite numbers, or one error that names the file."""
    import numpy as np

    if table.dtype.kind not in "biuf":
        raise ValueError(f"{path} holds {table.dtype}, no numbers: code categories as numbers")
    if table.ndim == 0 or table.size == 0:
        raise ValueError(f"{path} holds no points: its shape is {table.shape}")
    bad = np.argwhere(~np.isfinite(table))
    if not len(bad):
        return table
    place = tuple(int(i) for i in bad[0])
    where = f"row {place[0] + 1} of {names[place[1]]}" if names else f"position {place}"
    raise ValueError(f"{path} must hold finite numbers, got {float(table[place])} in {where}")


# --- matrices


def read_matrix(path: str, choice: Choice | None = None) -> Any:
    """Predictions, one row a hypothesis and one column a point, as an array of numbers or words.

    With a `choice` the file has one row a point and names its columns: those are the hypotheses.
    """
    if choice is not None:
        return read_points(path, choice).T
    kind = Path(path).suffix.lower()
    if kind in _NUMPY:
        found = _from_numpy(path, ALL)
    elif kind in _PARQUET:
        found = _as_table(path, _from_parquet(path, ALL))
    else:
        found = _matrix(path)
    if found.ndim != 2:
        raise ValueError(
            f"{path} has shape {found.shape}; a matrix of predictions has one row a hypothesis and "
            "one column a point"
        )
    return found


def _matrix(path: str) -> Any:
    """Rows of text as an array; a first line of names is left out."""
    import numpy as np

    rows = lists(path)
    if not rows:
        raise ValueError(f"{path} holds no rows")
    if len({len(row) for row in rows}) > 1:
        raise ValueError(f"{path}: its rows are of different lengths")
    if any(cell in ("", None) for row in rows for cell in row):
        raise ValueError(f"{path} has an empty cell")
    if not is_jsonl(path):
        rows = _without_names(path, rows)
    try:
        return np.array(rows, float)
    except (TypeError, ValueError):
        return np.array([[str(cell) for cell in row] for row in rows])


def _without_names(path: str, rows: list[list[str]]) -> list[list[str]]:
    """The rows below a line of words that is above numbers, or of words none of which recurs."""
    first, *others = rows
    if len(first) > 2 and first == [str(i) for i in range(len(first))]:
        raise ValueError(
            f"the first line of {path} numbers the columns: a matrix of predictions has no header"
        )
    if not others or all(map(_is_number, first)):
        return rows
    below = {cell for row in others for cell in row}
    names = all(map(_is_number, below)) or below.isdisjoint(first)
    return others if names else rows
