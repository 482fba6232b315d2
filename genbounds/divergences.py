"""Divergences of a posterior from a prior, in nats: what PAC-Bayes bounds take as `kl` or `renyi`.

Parameters are numbers, sequences, numpy arrays or tensors of torch or jax; a single number goes
with every entry, and entries are independent, so that their divergences add up. Tensors stay
tensors: each function can stand in the objective of a training loop.
"""

import math
from collections.abc import Callable
from typing import Any

from genbounds.generic import (
    LN2,
    backend_of,
    bennett_function,
    expm1,
    load_backend,
    log,
    log1p,
    log_ratio,
    relative_entropy,
    total,
    where,
)

PLAIN = ("floats", "arrays")


def gaussian_kl(
    posterior_mean: Any, posterior_variance: Any, prior_mean: Any, prior_variance: Any
) -> Any:
    """KL(N(m, diag v) || N(m0, diag v0)): the sum of (v/v0 - 1 - ln(v/v0) + (m - m0)^2/v0)/2.

    Variances, not standard deviations. With numbers for the variances it is the isotropic case.

    >>> gaussian_kl([1.0, 2.0], 0.5, 0.0, 0.5)
    5.0
    """

    def term(m: Any, v: Any, m0: Any, v0: Any) -> Any:
        return (_spread(v, v0) + (m - m0) ** 2 / v0) / 2

    _check_positive(posterior_variance=posterior_variance, prior_variance=prior_variance)
    _check_finite(posterior_mean=posterior_mean, prior_mean=prior_mean)
    return _added(term, posterior_mean, posterior_variance, prior_mean, prior_variance)


def gaussian_renyi(posterior_mean: Any, prior_mean: Any, variance: Any, order: float = 2) -> Any:
    """The Renyi divergence of two Gaussians of the same variance: order |m - m0|^2/(2 variance).

    At order 1 it is their KL; the one of order 2 has no 2 in the denominator.
    """
    if not order > 0:
        raise ValueError(f"order must be greater than 0, got {order!r}")
    _check_positive(variance=variance)
    _check_finite(posterior_mean=posterior_mean, prior_mean=prior_mean)
    return _added(
        lambda m, m0, v: order * (m - m0) ** 2 / (2 * v), posterior_mean, prior_mean, variance
    )


def laplace_kl(
    posterior_location: Any, posterior_scale: Any, prior_location: Any, prior_scale: Any
) -> Any:
    """KL of Laplace laws with densities e^(-|x - m|/b)/(2b).

    For each entry ln(b0/b) + d/b0 + (b/b0) e^(-d/b) - 1, where d is the distance of the locations.
    """

    def term(m: Any, b: Any, m0: Any, b0: Any) -> Any:
        apart = abs(m - m0) / b
        return _spread(b, b0) + b / b0 * _above_log(expm1(-apart), -apart)

    _check_positive(posterior_scale=posterior_scale, prior_scale=prior_scale)
    _check_finite(posterior_location=posterior_location, prior_location=prior_location)
    return _added(term, posterior_location, posterior_scale, prior_location, prior_scale)


def categorical_kl(posterior: Any, prior: Any) -> Any:
    """KL of two laws on finitely many hypotheses, given as their probabilities.

    Infinite where the posterior has a hypothesis that the prior excludes.

    >>> categorical_kl([0.5, 0.5, 0.0], [0.25, 0.25, 0.5]) == math.log(2)
    True
    """
    posterior, prior = _entries(posterior), _entries(prior)
    _check_law(posterior=posterior, prior=prior)
    return _added(_share, posterior, prior)


def _share(q: Any, p: Any) -> Any:
    """q ln(q/p) - q + p, which is not negative; the sum of the last two terms is 0."""
    safe = where(p > 0, lambda: p, lambda: p + 1)
    excess = where(q > 0, lambda: (q - p) / safe, lambda: q * 0)
    known = where(q > 0, lambda: safe * _bennett(excess), lambda: p)
    lost = where(q > 0, lambda: q * 0 + math.inf, lambda: q * 0)
    return where(p > 0, lambda: known, lambda: lost)


def bernoulli_kl(posterior: Any, prior: Any) -> Any:
    """KL of independent coins, given as the probabilities of a head."""
    _check_shares(posterior=posterior, prior=prior)
    return _added(relative_entropy, posterior, prior)


def point_mass_kl(prior_probability: Any) -> Any:
    """KL of a posterior that is certain of one hypothesis: -ln of the probability it had."""
    _check_positive(prior_probability=prior_probability)
    _check_shares(prior_probability=prior_probability)
    return -log(prior_probability)


def compression_kl(bits: Any) -> Any:
    """At most this is the KL of one hypothesis of so many bits to the universal prior.

    Each string of l bits has the weight 2^-l/l^2, which is bits ln 2 + 2 ln bits. Over all lengths
    from 2 on these add up to 0.645; with those of a single bit they would exceed 1. For the lengths
    of a prefix-free code bits ln 2 alone is right.
    """
    if not _all_are(_entries(bits), lambda bits: (bits >= 2) & (bits < math.inf)):
        raise ValueError(f"bits must be finite and at least 2, got {bits!r}")
    return bits * LN2 + 2 * log(bits)


def prior_index(prior_variance: float, precision: float = 100, top: float = 0.1) -> tuple[int, int]:
    """The indices j of the variances top e^(-j/precision) on either side of a wanted one.

    A prior's variance must come from a sequence that was fixed in advance; evaluate the bound at
    both neighbours. The two are equal where the wanted variance is in the sequence.

    >>> prior_index(0.005)
    (299, 300)
    """
    if not 0 < prior_variance < top:
        raise ValueError(f"prior_variance must be in (0, top = {top!r}), got {prior_variance!r}")
    if not precision > 0:
        raise ValueError(f"precision must be greater than 0, got {precision!r}")
    j = precision * math.log(top / prior_variance)
    nearest = round(j)
    if math.isclose(j, nearest, rel_tol=1e-12):
        return max(1, nearest), max(1, nearest)
    return max(1, math.floor(j)), max(1, math.ceil(j))


def indexed_prior_variance(j: int, precision: float = 100, top: float = 0.1) -> float:
    """The variance top e^(-j/precision) of the prior with index j >= 1."""
    if not j >= 1:
        raise ValueError(f"j must be at least 1, got {j!r}")
    return top * math.exp(-j / precision)


# --- over the parameters


def _added(term: Callable[..., Any], *parameters: Any) -> Any:
    """The sum of `term` over all entries, a single number going with each of them."""
    if any(map(_is_exact_sequence, parameters)):
        length = max(len(x) for x in parameters if isinstance(x, (list, tuple)))
        rows = (tuple(x) if isinstance(x, (list, tuple)) else (x,) * length for x in parameters)
        added = total(term, *rows)
    else:
        terms = term(*map(_entries, parameters))
        added = terms.sum() if hasattr(terms, "shape") else terms
    added = getattr(added, "arb", added)
    return float(added) if backend_of(type(added)) == "arrays" else added


def _is_exact_sequence(x: Any) -> bool:
    """Whether this is a list of numbers of mpmath, flint or sympy."""
    return isinstance(x, (list, tuple)) and any(backend_of(type(e)) not in PLAIN for e in x)


def _entries(x: Any) -> Any:
    """Sequences and arrays as arrays of floats; numbers and tensors as they are."""
    if _is_exact_sequence(x):
        return x
    if isinstance(x, (list, tuple)) or backend_of(type(x)) == "arrays":
        import numpy as np

        return np.asarray(x, float)
    return x


def _spread(v: Any, v0: Any) -> Any:
    """v/v0 - 1 - ln(v/v0)."""
    return _above_log((v - v0) / v0, log_ratio(v, v0))


def _above_log(t: Any, log_of: Any) -> Any:
    """t - ln(1 + t), given that logarithm; numbers and arrays do not cancel near 0."""
    if backend_of(type(t)) not in PLAIN:
        return t - log_of
    near = where(abs(t) < 0.5, lambda: t, lambda: 0 * t)
    stable = (1 + near) * bennett_function(-near / (1 + near))
    return where(abs(t) < 0.5, lambda: stable, lambda: t - log_of)


def _bennett(u: Any) -> Any:
    """(1 + u) ln(1 + u) - u, as `_above_log`."""
    return bennett_function(u) if backend_of(type(u)) in PLAIN else (1 + u) * log1p(u) - u


def _check_positive(**parameters: Any) -> None:
    for name, x in parameters.items():
        if not _all_are(_entries(x), lambda x: (x > 0) & (x < math.inf)):
            raise ValueError(f"{name} must be finite and greater than 0")


def _check_finite(**parameters: Any) -> None:
    for name, x in parameters.items():
        if not _all_are(_entries(x), lambda x: abs(x) < math.inf):
            raise ValueError(f"{name} must be finite")


def _check_shares(**parameters: Any) -> None:
    for name, x in parameters.items():
        if not _all_are(_entries(x), lambda x: (x >= 0) & (x <= 1)):
            raise ValueError(f"{name} must be in [0, 1]")


def _check_law(**laws: Any) -> None:
    for name, law in laws.items():
        if not _all_are(law, lambda p: p >= 0) or not _all_are(
            law, lambda p: abs(p.sum() - 1) <= 1e-9
        ):
            raise ValueError(f"{name} must hold probabilities that add up to 1")


def _all_are(x: Any, test: Callable[[Any], Any]) -> bool:
    """Whether numbers pass a test; what is being traced does."""
    if _is_exact_sequence(x):
        return all(_all_are(entry, test) for entry in x)
    backend = backend_of(type(x))
    if backend in ("tensors", "traced"):
        x = load_backend(backend).host(x)
        if x is None:  # being traced: nothing is known yet
            return True
    verdict = test(x)
    return bool(verdict if isinstance(verdict, bool) else verdict.all())
