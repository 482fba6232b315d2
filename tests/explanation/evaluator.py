"""What is printed, calculated again by mpmath: it shares no code with the formulas."""

import re

import mpmath
from mpmath import mpf

NAMES = {
    "ln": mpmath.log, "sqrt": mpmath.sqrt, "exp": mpmath.exp, "tanh": mpmath.tanh, "max": max,
    "min": min, "log2": lambda x: mpmath.log(x, 2), "floor": mpmath.floor, "ceil": mpmath.ceil,
    "pi": mpmath.pi, "e": mpmath.e, "sum": lambda xs: mpmath.fsum(xs),
    "product": lambda xs: mpmath.fprod(xs), "zip": zip,
    "erfc": mpmath.erfc, "zeta": mpmath.zeta, "log_gamma": mpmath.loggamma,
    "log_cosh": lambda x: mpmath.log(mpmath.cosh(x)),
    "gamma_ratio": lambda x: mpmath.gammaprod([x + mpf(1) / 2], [x]),
}  # fmt: skip
NUMBER = re.compile(r"(?<![\w.])(\d+\.?\d*(?:e[+-]?\d+)?)")


def calculated(text: str, **values):
    """The value of a printed expression to thirty digits; `NameError` of an algorithm."""
    source = NUMBER.sub(r"mpf('\1')", text.replace("^", "**"))
    with mpmath.workdps(30):
        return eval(source, {"mpf": mpf, "inf": mpmath.inf, **NAMES, **values})


def lifted(x):
    """An argument as mpmath's number, or a sequence of them."""
    if isinstance(x, (tuple, list)):
        return tuple(map(lifted, x))
    return mpf(x) if isinstance(x, (int, float)) else x
