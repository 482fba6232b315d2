"""What counts as a tensor here: numbers and sequences, and the checker's view of them."""

from collections.abc import Iterable
from functools import reduce
from typing import Any

import torch
from torch import Tensor

Kind = tuple[torch.dtype, torch.device]


class Entries(torch.Tensor):
    """The entries of one sequence (losses, norms): never broadcast with the other arguments."""

    # operators give plain tensors
    __torch_function__ = torch._C._disabled_torch_function_impl


def real(name: str, value: Tensor) -> Tensor:
    """The tensor, if it holds real numbers."""
    if value.is_complex() or value.dtype == torch.bool:
        raise TypeError(f"{name} must hold real numbers, got a tensor of {value.dtype}")
    return value


def sequence(name: str, value: Any) -> Entries:
    """A flat tensor, or an iterable of single numbers of which some are tensors, as a sequence."""
    found = real(name, value) if isinstance(value, Tensor) else stacked(list(value))
    if found.ndim != 1:
        raise TypeError(f"{name} must be flat")
    return found.as_subclass(Entries)


def stacked(entries: list[Any]) -> Tensor:
    """Numbers along a first axis."""
    dtype, device = kind_of(entries)
    listed = [torch.as_tensor(x, dtype=dtype, device=device) for x in entries]
    return torch.stack(together(listed))


def together(tensors: Iterable[Tensor]) -> list[Tensor]:
    """Tensors of one shape."""
    return list(torch.broadcast_tensors(*tensors))


def host(value: Any) -> Any:
    """The numbers as the checks read them: a float, an array or, for a sequence, a tuple."""
    seen = value.detach().to("cpu", torch.float64)
    if isinstance(value, Entries):
        return tuple(seen.tolist())
    return seen.numpy() if value.ndim else seen.item()


def kind_of(values: Iterable[Any]) -> Kind:
    """The dtype and the device of a result made of these: that of plain numbers is float64."""
    tensors = [x for x in values if isinstance(x, Tensor)]
    types = [x.dtype for x in tensors if x.is_floating_point()]
    places = [x.device for x in tensors] or [torch.device("cpu")]
    device = next((place for place in places if place.type != "cpu"), places[0])
    return reduce(torch.promote_types, types) if types else torch.float64, device


def as_numbers(values: Iterable[Any], device: torch.device) -> list[Tensor]:
    """float64 tensors on one device; the gradient of each stays a number of its own dtype."""
    return [_number(x, device) for x in values]


def _number(x: Any, device: torch.device) -> Tensor:
    if isinstance(x, Tensor) and x.requires_grad:
        found: Tensor = _Entrance.apply(x, device)
        return found
    return torch.as_tensor(x, dtype=torch.float64, device=device)


class _Entrance(torch.autograd.Function):
    """float64 on the way in; on the way back a slope beyond the dtype's range is its largest.

    All slopes of functions being finite, a nan can only be 0 times an operator's overflow: 0.
    """

    @staticmethod
    def forward(x: Tensor, device: torch.device) -> Tensor:
        found = x.to(device, torch.float64)
        return found.clone() if found is x else found

    @staticmethod
    def setup_context(ctx: Any, inputs: Any, output: Tensor) -> None:
        ctx.kind = inputs[0].dtype, inputs[0].device

    @staticmethod
    def backward(ctx: Any, *slopes: Tensor) -> tuple[Tensor, None]:
        dtype, device = ctx.kind
        top = torch.finfo(dtype).max
        slope = slopes[0].nan_to_num(0.0, torch.inf, -torch.inf).clamp(-top, top)
        return slope.to(device, dtype), None
