"""Roots, fixed points, least values and sums: found by `arrays` on the host, then differentiated.

A root x of F(x, t) = 0 moves with whatever F depends on, known here or not. Newton's step from x
with the residual's change in place of the residual leaves x where it is and has its first
derivative; the second step from there has the second and third too.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor

from genbounds.backends import arrays
from genbounds.backends.derivatives import TINY
from genbounds.backends.tensors.evaluation import where

Function = Callable[[Any], Any]


def root(function: Function, low: Any, high: Any, name: str) -> Tensor:
    """The root; where an end of the interval stands for it, it moves like that end."""
    low, high = (_tensor(x, low, high) for x in (low, high))
    with np.errstate(all="ignore"):
        found = arrays.root(on_host(function, low), _plain(low), _plain(high), name)
    x = _tensor(found, low)
    with torch.no_grad():
        below = ~(_tensor(function(low), x) <= 0)
        above = ~(_tensor(function(high), x) >= 0)
    below, above = below.broadcast_to(x.shape), above.broadcast_to(x.shape)
    return where(
        below,
        lambda: low.broadcast_to(x.shape),
        lambda: where(above, lambda: high.broadcast_to(x.shape), lambda: _moving(function, x)),
    )


def fixed_point(function: Function, high: Any, name: str) -> Tensor:
    """The largest fixed point, by steps from above; at 0 it stays."""
    with np.errstate(all="ignore"):
        found = arrays.fixed_point(on_host(function, high), _plain(high), name)
    x = _tensor(found, high)
    return where(x > 0, lambda: _moving(lambda y: y - function(y), x), lambda: x)


def least(function: Function, low: Any, high: Any, name: str) -> Tensor:
    """The least value, with the function's slope there: the integer does not move."""
    best: list[Any] = []
    seen = on_host(function, high)

    def recorded(x: Any) -> Any:
        value, here = np.broadcast_arrays(seen(x), x)
        lower = value < best[0] if best else True
        pairs = zip((value, here), best or (value, here), strict=True)
        best[:] = [np.where(lower, new, old) for new, old in pairs]
        return value

    with np.errstate(all="ignore"):
        arrays.least(recorded, _plain(low), _plain(high), name)
    value: Tensor = function(_tensor(best[1], high))
    return value


def sum_to(term: Function, last: Any, name: str) -> Any:
    """The sum of `term` over the integers from 1 to `last`, which is one number."""
    count = int(last.flatten()[0])
    where(last == count, lambda: None, lambda: None)  # a batch of several splits here
    return sum(term(k) for k in range(1, count + 1))


def on_host(function: Function, like: Any) -> Function:
    """The function of arrays, without slopes."""

    def seen(x: Any) -> Any:
        with torch.no_grad():
            return _plain(function(_tensor(x, like)))

    return seen


def _plain(x: Any) -> Any:
    return x.detach().cpu().numpy() if isinstance(x, Tensor) else np.asarray(x, float)


def _tensor(x: Any, *like: Any) -> Tensor:
    device = next((y.device for y in like if isinstance(y, Tensor)), None)
    if isinstance(x, np.ndarray):
        return torch.tensor(x, dtype=torch.float64, device=device)  # a view may be read-only
    return torch.as_tensor(x, dtype=torch.float64, device=device)


def _moving(function: Function, found: Tensor) -> Tensor:
    """The root `found` with the derivatives that it has as a root."""
    x = found.detach().requires_grad_()
    with torch.enable_grad():
        moves = function(x).requires_grad
        for _ in range(2):
            residual = function(x)
            (slope,) = torch.autograd.grad(residual.sum(), x, create_graph=True)
            slope = torch.where(slope.abs() < TINY, TINY, slope)
            x = x - x.detach() + found - (residual - residual.detach()) / slope
    return x if moves else found
