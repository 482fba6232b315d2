"""A formula on a batch: every entry goes through the branch of `where` that it belongs to.

Of a batch whose entries part at a condition, torch would have to evaluate both branches for all of
them, and a branch that is not taken leaks nan into gradients. Here the condition raises `Mixed`,
and `evaluate` runs the formula once on the entries that meet it and once on the others.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import reduce
from types import CodeType
from typing import Any

import numpy as np
import torch
from torch import Tensor

from genbounds.backends.tensors.kinds import Entries, as_numbers, kind_of, sequence, together

Needs = Sequence[tuple[str, CodeType]]
_state = threading.local()


class Mixed(Exception):
    """A condition that some entries of the batch meet and others do not."""

    def __init__(self, condition: Tensor) -> None:
        self.condition = condition


@contextmanager
def splitting(wanted: bool) -> Iterator[None]:
    """Whether somebody splits the batch where a condition is mixed."""
    before = getattr(_state, "splitting", False)
    _state.splitting = wanted
    try:
        yield
    finally:
        _state.splitting = before


def where(condition: Tensor, yes: Callable[[], Any], no: Callable[[], Any]) -> Any:
    """One branch if all entries agree; else both and a choice, if nobody splits the batch."""
    if _agreed(condition):
        return yes() if bool(condition.flatten()[0]) else no()
    chosen = (torch.as_tensor(x, device=condition.device) for x in (yes(), no()))
    return torch.where(condition, *chosen)


def _agreed(condition: Tensor) -> bool:
    """Whether all entries are equal; `Mixed` if they are not and somebody splits."""
    count = int(condition.sum())
    if count in (0, condition.numel()):
        return True
    if getattr(_state, "splitting", False):
        raise Mixed(condition)
    return False


def evaluate(
    formula: Callable[..., Any], values: Mapping[str, Any], needs: Needs, silence: float
) -> Tensor:
    """The formula's value where all `needs` hold, elsewhere `silence`, which has slope 0.

    A tensor of the dtype and device of the tensors among the values, and of their common shape.
    """
    batch = _Batch(values)

    def speak(facts: Mapping[str, Any]) -> Any:
        if not all(_holds(eval(code, {}, dict(facts))) for _, code in needs):
            return silence
        return formula(**facts)

    with splitting(True):
        parts = list(_parts(speak, batch, torch.arange(batch.size, device=batch.device)))
    order = torch.cat([index for index, _ in parts]).argsort()
    return batch.shaped(torch.cat([value for _, value in parts])[order])


def _holds(verdict: Any) -> bool:
    return bool(_agreed(verdict) and verdict.all()) if isinstance(verdict, Tensor) else verdict


def _parts(
    speak: Callable[[Mapping[str, Any]], Any], batch: "_Batch", index: Tensor
) -> Iterator[tuple[Tensor, Tensor]]:
    """The values of the entries `index`, in parts whose entries go the same way."""
    try:
        yield index, _settled(speak, batch, index)
    except Mixed as mixed:
        met = mixed.condition.flatten()
        yield from _parts(speak, batch, index[met])
        yield from _parts(speak, batch, index[~met])


def _settled(speak: Callable[[Mapping[str, Any]], Any], batch: "_Batch", index: Tensor) -> Tensor:
    """Values of one way. One that is infinite, or made of an infinite argument, has slope 0."""
    facts, numbers = batch.at(index)
    value = speak(facts)
    if not isinstance(value, (Tensor, int, float)):
        value = value.within("floats")  # exact constants met no argument
    value = torch.as_tensor(value, dtype=torch.float64, device=batch.device)
    value = value.broadcast_to(index.shape)
    if not value.requires_grad:
        return value
    finite = reduce(torch.logical_and, (x.isfinite() for x in (value.detach(), *numbers)))
    return value if _agreed(finite) and bool(finite[0]) else value.detach()


class _Batch:
    """The arguments of a call, their numbers flat: one entry, or one for each of the batch."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        held = {name: _held(x) for name, x in values.items()}
        sequences = {k: x for k, x in held.items() if isinstance(x, (Entries, tuple))}
        numbers = {k: x for k, x in held.items() if k not in sequences and x is not None}
        self.dtype, self.device = kind_of([*numbers.values(), *sequences.values()])
        found = dict(zip(numbers, as_numbers(numbers.values(), self.device), strict=True))
        self.shape = torch.Size(np.broadcast_shapes(*(x.shape for x in found.values())))
        self.size = self.shape.numel()
        self.numbers = {k: self._flat(x) for k, x in found.items()}
        lists = (sequence(k, x) for k, x in sequences.items())
        self.others = dict(values) | {
            k: x.as_subclass(Entries)
            for k, x in zip(sequences, as_numbers(lists, self.device), strict=True)
        }

    def _flat(self, x: Tensor) -> Tensor:
        return x.reshape(1) if x.numel() == 1 else x.broadcast_to(self.shape).reshape(-1)

    def at(self, index: Tensor) -> tuple[dict[str, Any], list[Tensor]]:
        """The arguments of these entries, and the numbers among them."""
        whole = len(index) == self.size
        found = {k: x if whole or x.numel() == 1 else x[index] for k, x in self.numbers.items()}
        facts = {k: _with(x, found[k]) if k in found else x for k, x in self.others.items()}
        return {k: _function(x) if callable(x) else x for k, x in facts.items()}, [*found.values()]

    def shaped(self, value: Tensor) -> Tensor:
        """The result; one that depends on no argument still belongs to the graph, with slope 0."""
        inputs = [
            *self.numbers.values(),
            *(x for x in self.others.values() if isinstance(x, Entries)),
        ]
        if not value.requires_grad and any(x.requires_grad for x in inputs):
            everything = sum(x.sum() for x in inputs)
            value = torch.where(torch.ones_like(value, dtype=torch.bool), value, everything)
        return value.reshape(self.shape).to(self.dtype)


def _held(x: Any) -> Any:
    """The number in an argument: its own, or the dimension that a growth function carries."""
    return getattr(x, "vc_dim", None) if callable(x) else x


def _with(x: Any, number: Tensor) -> Any:
    return type(x)(number) if callable(x) else number


def _function(function: Callable[..., Any]) -> Callable[..., Any]:
    """A user's function on tensors; one that takes plain numbers only is a table, of slope 0."""

    def asked(*arguments: Any) -> Any:
        try:
            return function(*arguments)
        except (TypeError, ValueError, RuntimeError):
            columns = together(map(torch.as_tensor, arguments))
            rows = zip(*(x.flatten().tolist() for x in columns), strict=True)
            entries = [function(*(int(x) if x == x // 1 else x for x in row)) for row in rows]
            like = columns[0]
            return torch.tensor(entries, dtype=like.dtype, device=like.device).reshape(like.shape)

    return asked
