"""SHA-256 of data in a form that does not depend on the container they are in.

A table is hashed column by column: a data frame, the array of its values and its CSV file read
back give the same digest. Names of columns and rows do not enter. A number is hashed as the double
nearest to its shortest decimal (so that float32 data and their CSV agree), True and False as 1 and
0; a number and the text of it differ.
"""

import hashlib
import json
import math
from collections.abc import Iterator, Sequence
from typing import Any

EXACT = 2**53


def table_digest(X: Any) -> dict[str, Any]:
    """Rows, columns and SHA-256 of features of any kind; `ValueError` where they have no form."""
    rows, total = len_of(X), hashlib.sha256(b"genbounds table")
    count = 0
    for column in _columns(X, rows):
        total.update(hashlib.sha256(_encoded(column)).digest())
        count += 1
    return {"rows": rows, "columns": count, "sha256": total.hexdigest()}


def column_digest(values: Any) -> str:
    """SHA-256 of one column."""
    return hashlib.sha256(b"genbounds column" + _encoded(values)).hexdigest()


def len_of(X: Any) -> int:
    """The number of rows; `ValueError` for what has none."""
    if isinstance(X, (str, bytes)) or not (hasattr(X, "__len__") or getattr(X, "shape", None)):
        raise ValueError(f"one value a row is needed, got {X!r:.60}")
    shape = getattr(X, "shape", None)
    return int(shape[0]) if shape is not None and len(shape) else len(X)


def plain(values: Any) -> Any:
    """A tensor as an array; anything else as it is."""
    return values.detach().cpu().numpy() if hasattr(values, "detach") else values


# --- columns


def _columns(X: Any, rows: int) -> Iterator[Any]:
    import numpy as np

    X = plain(X)
    if hasattr(X, "tocsc"):
        sparse = X.tocsc()
        yield from (sparse[:, [j]].toarray().ravel() for j in range(X.shape[1]))
    elif hasattr(X, "get_columns"):
        yield from X.get_columns()
    elif hasattr(X, "iloc") and getattr(X, "ndim", 1) == 2:
        yield from (X.iloc[:, j] for j in range(X.shape[1]))
    else:
        yield from np.reshape(as_array(X), (rows, -1)).T


def as_array(X: Any) -> Any:
    """An array of numbers, or of the objects as they are: never of their texts."""
    import numpy as np

    if not isinstance(X, np.ndarray) and not isinstance(X, Sequence):
        X = X.to_numpy() if hasattr(X, "to_numpy") else X
    found = np.asarray(X)
    return found if found.dtype.kind in "biuf" else np.asarray(X, dtype=object)


# --- cells


def _encoded(values: Any) -> bytes:
    import numpy as np

    values = plain(values)
    array = values.to_numpy() if hasattr(values, "to_numpy") else values
    if isinstance(array, np.ndarray) and array.dtype.kind in "biuf":
        return _numbers(array)
    cells = values.to_list() if hasattr(values, "to_list") else list(values)
    cells = [x.item() if isinstance(x, np.generic) else x for x in cells]
    if all(missing(x) or isinstance(x, (bool, int, float)) for x in cells):
        return _numbers(np.array([_number(x) for x in cells], _kind(cells)))
    return b"cells" + b"".join(map(_cell, cells))


def _kind(cells: Sequence[Any]) -> Any:
    large = any(isinstance(x, int) and abs(x) > EXACT for x in cells)
    return object if large else float


def _number(x: Any) -> Any:
    return math.nan if missing(x) else x


def missing(x: Any) -> bool:
    """None, NaN, NaT and pandas.NA."""
    return x is None or type(x).__name__ in ("NAType", "NaTType") or (
        isinstance(x, float) and x != x
    )  # fmt: skip


def _numbers(array: Any) -> bytes:
    import numpy as np

    integers = array.dtype.kind in "iu" and array.size
    if integers and max(int(array.max()), -int(array.min())) > EXACT:
        array = array.astype(object)
    if array.dtype.kind == "O":
        return b"cells" + b"".join(map(_cell, array.tolist()))
    if array.dtype.kind == "f" and array.dtype.itemsize < 8:
        array = array.astype(str)
    doubles = array.astype("<f8") + 0.0  # adding 0 makes one zero of two
    doubles[np.isnan(doubles)] = np.nan
    return b"numbers" + bytes(doubles.tobytes())


def _cell(x: Any) -> bytes:
    if missing(x):
        return b"m"
    if isinstance(x, (bool, int, float)):
        exact = isinstance(x, int) and abs(x) > EXACT
        return _tagged(b"n", str(x) if exact else repr(float(x) + 0.0))
    if isinstance(x, (dict, list, tuple)):
        try:
            return _tagged(b"j", json.dumps(x, sort_keys=True))
        except (TypeError, ValueError):
            raise ValueError(_no_form(x)) from None
    if isinstance(x, bytes):
        return _tagged(b"b", x.hex())
    text = str(x)
    if not isinstance(x, str) and " at 0x" in text:  # an address, another one in every run
        raise ValueError(_no_form(x))
    return _tagged(b"t", text)


def _no_form(x: Any) -> str:
    return f"data that hold a {type(x).__name__} have no canonical form to be hashed in"


def _tagged(tag: bytes, text: str) -> bytes:
    raw = text.encode("utf-8", "surrogatepass")
    return tag + len(raw).to_bytes(8, "little") + raw
