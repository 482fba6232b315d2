"""Special functions: values of `arrays` on the host, slopes by implicit differentiation."""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor

from genbounds.backends import arrays, floats
from genbounds.backends.derivatives import HOST_PARTIALS, PARTIALS
from genbounds.backends.tensors.evaluation import splitting
from genbounds.backends.tensors.kinds import as_numbers, kind_of, together

OF_DATA = {name for name in HOST_PARTIALS if name.startswith("betting")}
"""Functions of a sequence and of numbers."""


def special(name: str) -> Callable[..., Any]:
    """The function of this name on tensors, computed in float64."""

    def function(*arguments: Any) -> Any:
        if not any(isinstance(x, Tensor) for x in arguments):
            return getattr(floats, name)(*arguments)
        dtype, device = kind_of(arguments)
        numbers = as_numbers(arguments, device)
        first = int(name in OF_DATA)  # a sequence is not broadcast
        numbers[first:] = together(numbers[first:])
        kind = _OnHost if name in HOST_PARTIALS else _Special
        return kind.apply(name, *numbers).to(dtype)

    function.__name__ = function.__qualname__ = name
    return function


def _on_host(function: Callable[..., Any], *arguments: Tensor) -> Any:
    with np.errstate(all="ignore"):
        return function(*(x.detach().cpu().numpy() for x in arguments))


def _back(value: Any, like: Tensor) -> Tensor:
    return torch.tensor(value, dtype=torch.float64, device=like.device)


class _Special(torch.autograd.Function):
    """The slopes are formulas of the value and the arguments: they have slopes again."""

    @staticmethod
    def forward(name: str, *arguments: Tensor) -> Tensor:
        return _back(_on_host(getattr(arrays, name), *arguments), arguments[0])

    @staticmethod
    def setup_context(ctx: Any, inputs: Any, output: Tensor) -> None:
        ctx.name = inputs[0]
        ctx.save_for_backward(output, *inputs[1:])

    @staticmethod
    def backward(ctx: Any, *slopes: Tensor) -> tuple[Any, ...]:
        with splitting(False):
            partials = PARTIALS[ctx.name](*ctx.saved_tensors)
        wanted = zip(partials, ctx.needs_input_grad[1:], strict=False)
        return None, *(slopes[0] * slope if needed else None for slope, needed in wanted)


class _OnHost(torch.autograd.Function):
    """The slopes too are computed on the host: they have none themselves."""

    @staticmethod
    def forward(name: str, *arguments: Tensor) -> Tensor:
        return _back(_on_host(getattr(arrays, name), *arguments), arguments[-1])

    @staticmethod
    def setup_context(ctx: Any, inputs: Any, output: Tensor) -> None:
        ctx.name = inputs[0]
        ctx.save_for_backward(output, *inputs[1:])

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, *slopes: Tensor) -> tuple[Any, ...]:
        value = ctx.saved_tensors[0]
        partials = _on_host(HOST_PARTIALS[ctx.name], *ctx.saved_tensors)
        return None, *(_times(slopes[0], _back(partial, value)) for partial in partials)


def _times(slope: Tensor, partial: Tensor) -> Tensor:
    """The product; over a sequence's own axis, the last, summed over the batch that shares it."""
    if partial.ndim == slope.ndim:
        return slope * partial
    summed: Tensor = torch.tensordot(slope.flatten(), partial.flatten(end_dim=-2), dims=1)
    return summed
