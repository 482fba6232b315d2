"""Integrals of a function of tensors: the rule of `floats`, every entry on the same intervals."""

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor

from genbounds.backends.floats.quadrature import ENOUGH, MOST, RULE, STEP

Function = Callable[[Any], Any]
_DEPTH = 50


def integral(function: Function, low: Tensor, high: Tensor, name: str = "x") -> Tensor:
    """Intervals of [0, 1], mapped on [low, high], are halved until it matters for no entry.

    The nodes stay fixed in [0, 1], so the slopes in both ends come with those of the function.
    """
    high = torch.maximum(high, low)
    mapped, length = _mapped(function, low, high)
    with torch.no_grad():
        leaves = _leaves(mapped, max(1, math.ceil(length / STEP)))
    parts = [_rule(mapped, *leaf)[0] for leaf in leaves]
    return sum(sorted(parts, key=lambda x: float(x.detach().abs().max())), torch.zeros_like(low))


def _mapped(function: Function, low: Tensor, high: Tensor) -> tuple[Function, float]:
    """The integrand over [0, 1], and its length: between distant positive ends in the logarithm."""
    far = (low > 0) & (high > 2 * low)
    ratio = torch.log(torch.where(far, high, 1.0) / torch.where(far, low, 1.0))

    def mapped(s: float) -> Tensor:
        x = torch.where(far, high * torch.exp(-ratio * s), low + (high - low) * s)
        value: Tensor = function(x) * torch.where(far, x * ratio, high - low)
        return value

    return mapped, float(ratio.detach().max())


def _leaves(function: Function, pieces: int) -> list[tuple[float, float]]:
    """Intervals on which the rule is exact enough for all entries."""
    waiting = list(pairwise(k / pieces for k in range(pieces + 1)))
    whole = sum(_rule(function, *part)[0] for part in waiting).abs()
    done: list[tuple[float, float]] = []
    while waiting and len(done) + len(waiting) < MOST:
        left, right = part = waiting.pop()
        doubt, middle = _rule(function, *part)[1], left + (right - left) / 2
        if right - left < 2.0**-_DEPTH or bool((doubt <= ENOUGH * whole).all()):
            done.append(part)
        else:
            waiting += [(left, middle), (middle, right)]
    return done + waiting


def _rule(function: Function, low: float, high: float) -> tuple[Any, Any]:
    """The rule with 17 points, and how far the one with 9 is from it."""
    half = (high - low) / 2
    middle = low + half
    fine: Any = 0.0
    coarse: Any = 0.0
    for node, weight, weight_inside in RULE:
        step = half * node
        value = function(middle + step) + (function(middle - step) if node else 0.0)
        fine, coarse = fine + weight * value, coarse + weight_inside * value
    return fine * half, abs(fine - coarse) * half
