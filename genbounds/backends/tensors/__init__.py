"""torch tensors: plain tensors in, plain tensors out, and gradients through every formula.

Numbers are computed in float64, whatever came in; the elementary functions are torch's own, the
special ones are those of `arrays`, on the host, with the slopes of `derivatives`.  No gradient is
nan: where a slope is infinite, the one at the smallest normal double stands for it, which is huge
but turns a zero of the chain rule into 0.
"""

from collections.abc import Callable
from typing import Any

try:
    import torch
    from torch import Tensor
except ImportError as fault:
    raise ImportError("tensors need torch: pip install 'genbounds[torch]'") from fault

from genbounds.backends import floats
from genbounds.backends.derivatives import HOST_PARTIALS, PARTIALS, TINY
from genbounds.backends.floats import constant as constant
from genbounds.backends.tensors.evaluation import evaluate as evaluate
from genbounds.backends.tensors.evaluation import where as where
from genbounds.backends.tensors.kinds import Entries as Entries
from genbounds.backends.tensors.kinds import host as host
from genbounds.backends.tensors.kinds import real as real
from genbounds.backends.tensors.kinds import sequence as sequence
from genbounds.backends.tensors.quadrature import integral as integral
from genbounds.backends.tensors.searches import fixed_point as fixed_point
from genbounds.backends.tensors.searches import least as least
from genbounds.backends.tensors.searches import root as root
from genbounds.backends.tensors.searches import sum_to as sum_to
from genbounds.backends.tensors.sequences import norm as norm
from genbounds.backends.tensors.sequences import product as product
from genbounds.backends.tensors.sequences import total as total
from genbounds.backends.tensors.special import special

_LARGEST_EXPONENT = 709.78  # exp of it is a double, and of 709.79 is not


def __getattr__(name: str) -> Any:
    """A special function, made when it is first used."""
    if name not in PARTIALS and name not in HOST_PARTIALS:
        raise AttributeError(name)
    found = globals()[name] = special(name)
    return found


class _Nearest(torch.autograd.Function):
    """The nearest number in [low, high], which moves as x does even where x is outside."""

    @staticmethod
    def forward(x: Tensor, low: float, high: float) -> Tensor:
        return x.clamp(low, high)

    @staticmethod
    def setup_context(ctx: Any, inputs: Any, output: Tensor) -> None:
        pass

    @staticmethod
    def backward(ctx: Any, *slopes: Tensor) -> tuple[Tensor, None, None]:
        return slopes[0], None, None


def _elementary(
    name: str, function: Callable[[Tensor], Tensor], low: float, high: float
) -> Callable[[Any], Any]:
    """torch's function; outside [low, high] with the slope that it has at the nearer end."""

    def elementary(x: Any) -> Any:
        if not isinstance(x, Tensor):
            return getattr(floats, name)(x)
        value = function(x)
        if not x.requires_grad or bool(((x >= low) & (x <= high)).all()):
            return value
        moved = function(_Nearest.apply(x, low, high))
        return value.detach() + (moved - moved.detach())

    elementary.__name__ = elementary.__qualname__ = name
    return elementary


_FAR = 1e300
sqrt = _elementary("sqrt", torch.sqrt, TINY, _FAR)
log = _elementary("log", torch.log, TINY, _FAR)
log2 = _elementary("log2", torch.log2, TINY, _FAR)
log1p = _elementary("log1p", torch.log1p, -1 + 2.0**-53, _FAR)
exp = _elementary("exp", torch.exp, -_FAR, _LARGEST_EXPONENT)
floor = _elementary("floor", torch.floor, -_FAR, _FAR)
ceil = _elementary("ceil", torch.ceil, -_FAR, _FAR)


def maximum(x: Any, y: Any) -> Any:
    return _chosen(torch.maximum, floats.maximum, x, y)


def minimum(x: Any, y: Any) -> Any:
    return _chosen(torch.minimum, floats.minimum, x, y)


def _chosen(ours: Any, plain: Any, x: Any, y: Any) -> Any:
    """Of two numbers at least one of which may be a tensor."""
    like = next((z for z in (x, y) if isinstance(z, Tensor)), None)
    if like is None:
        return plain(x, y)
    return ours(*(torch.as_tensor(z, dtype=like.dtype, device=like.device) for z in (x, y)))


def let(symbol: str, value: Any) -> Any:
    return value
