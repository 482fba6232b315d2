"""jax arrays: formulas under jit, vmap and every derivative, in float64 where jax has it enabled.

Numbers are plain jax arrays. A bound is one function with a derivative rule of its own (`rule`);
the elementary functions here are jax's with slopes that stay finite at the borders; the special
ones are those of `arrays`, called on the host. jax's configuration is never touched: where 64-bit
numbers are off everything, Python's numbers included, is a float32, and so is the answer.
"""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.scipy.special import erfc as _jax_erfc

from genbounds.backends.derivatives import HOST_PARTIALS, PARTIALS
from genbounds.backends.floats import constant as constant
from genbounds.backends.traced.entries import host as host
from genbounds.backends.traced.entries import largest, lift, listed, over_entries, tiny
from genbounds.backends.traced.entries import real as real
from genbounds.backends.traced.entries import sequence as sequence
from genbounds.backends.traced.evaluation import evaluate as evaluate
from genbounds.backends.traced.quadrature import integral as integral
from genbounds.backends.traced.searches import fixed_point as fixed_point
from genbounds.backends.traced.searches import least as least
from genbounds.backends.traced.searches import root as root
from genbounds.backends.traced.searches import sum_to as sum_to
from genbounds.backends.traced.special import hosted, with_slopes

_LN2 = constant("ln2")


def __getattr__(name: str) -> Any:
    """A special function of `arrays`, made when it is first used."""
    if name not in PARTIALS and name not in HOST_PARTIALS:
        raise AttributeError(name)
    found = globals()[name] = hosted(name)
    return found


# --- elementary functions

_sqrt = with_slopes(jnp.sqrt, lambda y, x: (0.5 / jnp.sqrt(jnp.maximum(x, tiny(x))),))
_log = with_slopes(jnp.log, lambda y, x: (1 / jnp.maximum(x, tiny(x)),))
_log1p = with_slopes(jnp.log1p, lambda y, x: (1 / jnp.maximum(1 + x, tiny(x)),))
_exp = with_slopes(jnp.exp, lambda y, x: (_finite(y),))
_expm1 = with_slopes(jnp.expm1, lambda y, x: (_finite(y) + 1,))
_tanh = with_slopes(jnp.tanh, lambda y, x: (1 / _finite(jnp.cosh(x)) ** 2,))
_erfc = with_slopes(
    _jax_erfc, lambda y, x: (-2 / np.sqrt(np.pi) * _exp(-(jnp.minimum(x * x, 1e9))),)
)


def _finite(x: Any) -> Any:
    """x, the largest number in place of inf."""
    return jnp.minimum(x, largest(x))


def sqrt(x: Any) -> Any:
    return _sqrt(*lift(x))


def log(x: Any) -> Any:
    return _log(*lift(x))


def log1p(x: Any) -> Any:
    return _log1p(*lift(x))


def exp(x: Any) -> Any:
    return _exp(*lift(x))


def expm1(x: Any) -> Any:
    return _expm1(*lift(x))


def tanh(x: Any) -> Any:
    return _tanh(*lift(x))


def erfc(x: Any) -> Any:
    return _erfc(*lift(x))


def floor(x: Any) -> Any:
    return jnp.floor(*lift(x))


def ceil(x: Any) -> Any:
    return jnp.ceil(*lift(x))


def maximum(x: Any, y: Any) -> Any:
    return jnp.maximum(*lift(x, y))


def minimum(x: Any, y: Any) -> Any:
    return jnp.minimum(*lift(x, y))


def _log2_value(x: Any) -> Any:
    """Exact at the powers of 2: the exponent is split off, the rest lies about 1."""
    fraction, exponent = jnp.frexp(x)
    low = fraction < np.sqrt(0.5)
    rest = jnp.where(low, 2 * fraction, fraction)
    whole = exponent - jnp.where(low, 1, 0)
    return jnp.where((x > 0) & (x < jnp.inf), whole + jnp.log(rest) / _LN2, jnp.log(x))


_log2 = with_slopes(_log2_value, lambda y, x: (1 / jnp.maximum(x * _LN2, tiny(x)),))


def log2(x: Any) -> Any:
    return _log2(*lift(x))


def _log_ratio_value(a: Any, b: Any) -> Any:
    ratio = a / b
    near = (ratio >= 0.5) & (ratio <= 2.0)
    far = (ratio <= 100 * tiny(a)) | jnp.isinf(ratio)
    apart = jnp.log(a) - jnp.log(b)
    return jnp.where(near, jnp.log1p((a - b) / b), jnp.where(far, apart, jnp.log(ratio)))


_log_ratio = with_slopes(
    _log_ratio_value,
    lambda y, a, b: (1 / jnp.maximum(a, tiny(a)), -1 / jnp.maximum(b, tiny(b))),
)


def log_ratio(a: Any, b: Any) -> Any:
    """ln(a/b) where a/b may overflow or lie so close to 1 that the division would lose it."""
    return _log_ratio(*lift(a, b))


def _log_cosh_value(x: Any) -> Any:
    x = jnp.abs(x)
    small = -jnp.log1p(-(jnp.tanh(jnp.minimum(x, 1)) ** 2)) / 2
    return jnp.where(x < 1, small, x + jnp.log1p(jnp.exp(-2 * x)) - _LN2)


_log_cosh = with_slopes(_log_cosh_value, lambda y, x: (_tanh(x),))


def log_cosh(x: Any) -> Any:
    """ln cosh x, to full relative precision at 0 too."""
    return _log_cosh(*lift(x))


def _power_slopes(y: Any, x: Any, p: Any) -> Any:
    """p x^(p-1), and y ln x, which is 0 where x is: the limit of the product."""
    lifted = jnp.maximum(x, tiny(x))
    growth = jnp.where(x > 0, _finite(y) * _log(lifted), 0.0)
    return p * _finite(_power(lifted, p - 1)), growth


_power = with_slopes(jnp.power, _power_slopes)


def power(x: Any, p: Any, q: Any = 1) -> Any:
    """x^(p/q)."""
    return _power(*lift(x, p / q))


# --- control and sequences


def where(condition: Any, yes: Callable[[], Any], no: Callable[[], Any]) -> Any:
    """Both branches are computed; a derivative in forward mode selects as the value does."""
    return jnp.where(condition, yes(), no())


def let(symbol: str, value: Any) -> Any:
    return value


def total(term: Callable[..., Any], *sequences: Any) -> Any:
    return jnp.sum(over_entries(term, *sequences), axis=0)


def product(term: Callable[..., Any], *sequences: Any) -> Any:
    return jnp.prod(over_entries(term, *sequences), axis=0)


def norm(sequence: Any, order: Any) -> Any:
    """(sum of x^order)^(1/order), relative to the largest entry, of which it is independent.

    Where all the entries are 0 its slopes are 0: of all that the kink there allows.
    """
    found = listed(sequence)
    most = jax.lax.stop_gradient(jnp.max(found, axis=0))
    scale = jnp.where(most > 0, most, 1.0)
    sums = total(lambda x: power(x / scale, order), found)
    return jnp.where(most > 0, scale * power(sums, 1, order), 0.0)
