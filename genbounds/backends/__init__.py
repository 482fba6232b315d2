"""Kinds of number: each module here defines the names of `genbounds.generic` for one of them."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

SPECIAL = {
    "bennett_deviation": "lambert",
    "bennett_function": "lambert",
    "bennett_inverse": "lambert",
    "betting_lower": "betting",
    "betting_lower_every_n": "betting",
    "betting_upper": "betting",
    "betting_upper_every_n": "betting",
    "binomial_log_tail": "binomial",
    "binomial_tail_inverse": "binomial",
    "binomial_tail_inverse_lower": "binomial",
    "double_sample_inverse": "double_sample",
    "erfcx": "error_function",
    "exp_remainder": "remainders",
    "fixed_point": "searches",
    "gamma_ratio": "gammas",
    "hypergeometric_tail_inverse": "hypergeometric",
    "hypergeometric_tail_inverse_lower": "hypergeometric",
    "integral": "quadrature",
    "kl_inverse_lower": "kl",
    "kl_inverse_upper": "kl",
    "lambert_w": "lambert",
    "lambert_w_minus1": "lambert",
    "least": "searches",
    "log_binomial": "sauer",
    "log_cover": "sauer",
    "log_remainder": "remainders",
    "log_sauer": "sauer",
    "log_xi": "ramanujan",
    "relative_entropy": "kl",
    "zeta": "riemann",
}
"""Where the special functions live: files of these names, in `floats` and in `arrays`."""


def lazily(package: str, space: dict[str, Any]) -> Callable[[str], Any]:
    """A package's `__getattr__` that imports a special function when it is first used."""

    def getattribute(name: str) -> Any:
        if name not in SPECIAL:
            raise AttributeError(name)
        found = space[name] = getattr(import_module(f"{package}.{SPECIAL[name]}"), name)
        return found

    return getattribute
