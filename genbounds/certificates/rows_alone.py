"""Whether what a function says of a row rests on that row alone.

Theorems about a sample are about functions of one observation. A function that standardises, ranks
or counts within the batch that it is handed is another one for every batch; it shows when the rows
come a few at a time, or in another order.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

SINGLES = 8
"""Rows that are handed over one at a time; beyond them all rows come in two halves, backwards."""


def batches(n: int) -> Iterator[list[int]]:
    """Lists of rows that no function of one row can tell from the whole."""
    step = max(1, n // SINGLES)
    yield from ([i] for i in range(0, n, step)[:SINGLES])
    yield from (list(range(n - 1 - k, -1, -2)) for k in (0, 1) if n > k + 1)


def taken(X: Any, rows: Sequence[int]) -> Any:
    """Some rows of whatever holds rows: an array, a data frame, a sparse matrix, a list."""
    import numpy as np

    if hasattr(X, "iloc"):
        return X.iloc[list(rows)]
    if hasattr(X, "tocsr"):
        return X.tocsr()[list(rows)]
    if hasattr(X, "__array__") and not hasattr(X, "columns"):
        return X[np.asarray(rows, int)]
    if hasattr(X, "columns"):
        return X[list(rows)]
    return [X[i] for i in rows]


def check_rows_alone(
    what: str, function: Callable[[Any], Any], X: Any, whole: Any,
    differ: Callable[[Any, Any], Any], n: int,
) -> None:  # fmt: skip
    """`ValueError` where what `function` says of some of the n rows of X is not what it said.

    `whole` is what it said of all of X; `differ` compares two answers, row by row.
    """
    for rows in batches(n):
        expected = taken(whole, rows)
        try:
            found = function(taken(X, rows))
            apart = differ(found, expected)
        except Exception as fault:  # whatever a function of the user raises
            raise ValueError(
                f"{what} cannot be had of {len(rows)} of the {n} rows alone "
                f"({type(fault).__name__}), so it is not seen to rest on each row alone"
            ) from None
        if apart:
            raise ValueError(
                f"{what} of a row changes with the rows that come with it: it is no fixed function "
                "of one observation, and no theorem here speaks of anything else"
            )
