"""Sums, products and norms over sequences: the entries as rows, the batch as columns."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from genbounds.backends.tensors.evaluation import Mixed
from genbounds.backends.tensors.kinds import Entries, stacked
from genbounds.generic import power, where


def total(term: Callable[..., Any], *sequences: Any) -> Tensor:
    """The sum of `term` over the entries."""
    return torch.cat(_terms(term, _rows(sequences))).sum(0)


def product(term: Callable[..., Any], *sequences: Any) -> Tensor:
    """The product of `term` over the entries."""
    return torch.cat(_terms(term, _rows(sequences))).prod(0)


def norm(entries: Any, order: Any) -> Tensor:
    """(sum of x^order)^(1/order), relative to the largest entry, which the norm does not depend on.

    Where all entries are 0 their sum stands for it: the slope in each of them alone.
    """
    (rows,) = _rows((entries,))
    largest = rows.detach().amax(0)
    return where(
        largest > 0,
        lambda: largest * power(total(lambda x: power(x / largest, order), entries), 1, order),
        lambda: rows.sum(0),
    )


def _rows(sequences: tuple[Any, ...]) -> list[Tensor]:
    """One column, or one for each of the batch that the entries of a tuple hold."""
    return [_row(x) for x in sequences]


def _row(entries: Any) -> Tensor:
    if isinstance(entries, Entries):
        return entries.as_subclass(torch.Tensor).unsqueeze(1)
    return stacked(list(entries)).reshape(len(entries), -1)


def _terms(term: Callable[..., Any], rows: list[Tensor]) -> list[Tensor]:
    """The terms, in groups of entries that go the same way at every condition in the term."""
    try:
        terms = torch.as_tensor(term(*rows), dtype=rows[0].dtype, device=rows[0].device)
    except Mixed as mixed:
        met = _by_entry(mixed.condition, len(rows[0]))
        return [x for mask in (met, ~met) for x in _terms(term, [row[mask] for row in rows])]
    count = len(rows[0])
    return [terms.broadcast_to(count, terms.shape[-1] if terms.ndim else 1)]


def _by_entry(condition: Tensor, count: int) -> Tensor:
    """Which entries meet a condition that the whole batch agrees on; else the batch parts first."""
    if condition.ndim < 2 or len(condition) != count:
        raise Mixed(condition)
    torn = condition.any(1) & ~condition.all(1)
    if bool(torn.any()):
        raise Mixed(condition[torn][0])
    return condition[:, 0]
