"""The names that formulas are written in: each call picks the backend of its arguments' types.

A backend is a module that defines these names for one kind of number: `floats` (standard library),
`arrays` (numpy), `digits` (mpmath, any precision), `balls` (python-flint, certified enclosures),
`tensors` (torch) and `traced` (jax), `symbols` (sympy), `steps` (numbers that remember how they
were made) and `tex` (LaTeX, printed in the order
written). A formula written in these names runs on all of them; of mixed arguments the richest kind
decides, so an array of sample sizes and a float delta give an array.
"""

import operator
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any

BACKENDS = (
    "floats", "arrays", "digits", "balls", "tensors", "traced", "symbols", "tex", "steps",
)  # fmt: skip
_OF_LIBRARY = {
    "numpy": "arrays", "mpmath": "digits", "flint": "balls", "ball": "balls", "torch": "tensors",
    "jax": "traced", "jaxlib": "traced", "entries": "traced", "sympy": "symbols", "tex": "tex",
    "steps": "steps",
}  # fmt: skip


def backend_of(kind: type) -> str:
    """The name of the backend whose numbers have this type."""
    found = _BACKEND_OF.get(kind)
    if found is None:
        roots = (_root(base) for base in kind.__mro__)
        found = _BACKEND_OF[kind] = next(
            (_OF_LIBRARY[r] for r in roots if r in _OF_LIBRARY), "floats"
        )
    return found


_BACKEND_OF: dict[type, str] = {}


def _root(kind: type) -> str:
    """The library that a type is from."""
    parts = kind.__module__.split(".")
    return parts[-1] if parts[0] == "genbounds" else parts[0]


def load_backend(name: str) -> ModuleType:
    """The backend module, imported when first needed."""
    return import_module(f"genbounds.backends.{name}")


class _Table(dict[Any, Any]):
    """Types of the arguments -> the function that serves them, filled as types are met."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __missing__(self, types: Any) -> Any:
        kinds = types if isinstance(types, tuple) else (types,)
        found = self[types] = self._exact(kinds) if Exact in kinds else self._plain(kinds)
        return found

    def _plain(self, kinds: tuple[type, ...]) -> Any:
        return getattr(load_backend(_richest(kinds)), self.name)

    def _exact(self, kinds: tuple[type, ...]) -> Any:
        """Exact numbers alone stay exact; beside others they become the richest kind among them."""
        name = self.name
        if all(kind in (Exact, int) for kind in kinds):
            return lambda *xs: Exact(lambda to: getattr(to, name)(*(_in(x, to) for x in xs)))
        richest = _richest(kinds)
        function = getattr(load_backend(richest), name)
        return lambda *xs: function(*(x.within(richest) if type(x) is Exact else x for x in xs))


def _richest(kinds: tuple[type, ...]) -> str:
    return max((backend_of(kind) for kind in kinds), key=BACKENDS.index)


def _unary(name: str) -> Any:
    table = _Table(name)

    def function(x: Any) -> Any:
        return table[type(x)](x)

    function.__name__ = function.__qualname__ = name
    return function


def _many(name: str) -> Any:
    table = _Table(name)

    def function(*arguments: Any) -> Any:
        return table[tuple(map(type, arguments))](*arguments)

    function.__name__ = function.__qualname__ = name
    return function


class Exact:
    """An exact number such as pi^2/6 that becomes whatever kind of number it meets."""

    __slots__ = ("_float", "make")
    __array_ufunc__ = None  # array * exact is left to the operators below

    def __init__(self, make: Callable[[ModuleType], Any]) -> None:
        self.make = make
        self._float: float | None = None

    def __neg__(self) -> "Exact":
        return Exact(lambda module: -self.make(module))

    def within(self, name: str) -> Any:
        """This number as one of the backend's."""
        if name != "floats":
            return self.make(load_backend(name))
        if self._float is None:
            self._float = self.make(load_backend("floats"))
        return self._float


def _operator(operation: Callable[[Any, Any], Any], swapped: bool) -> Any:
    def method(self: Exact, other: Any) -> Any:
        if isinstance(other, (int, Exact)):
            pair = (other, self) if swapped else (self, other)
            return Exact(lambda module: operation(*(_in(x, module) for x in pair)))
        mine = self.within(backend_of(type(other)))
        return operation(other, mine) if swapped else operation(mine, other)

    return method


def _in(x: Any, module: ModuleType) -> Any:
    return x.make(module) if isinstance(x, Exact) else x


for _name in ("add", "sub", "mul", "truediv", "pow"):
    setattr(Exact, f"__{_name}__", _operator(getattr(operator, _name), swapped=False))
    setattr(Exact, f"__r{_name}__", _operator(getattr(operator, _name), swapped=True))


def _constant(name: str) -> Any:
    return Exact(lambda module: module.constant(name))


ONE, PI, E, LN2 = (_constant(name) for name in ("one", "pi", "e", "ln2"))

sqrt = _unary("sqrt")
log = _unary("log")
log2 = _unary("log2")
log1p = _unary("log1p")
exp = _unary("exp")
expm1 = _unary("expm1")
exp_remainder = _unary("exp_remainder")
log_remainder = _unary("log_remainder")
tanh = _unary("tanh")
log_cosh = _unary("log_cosh")
erfc = _unary("erfc")
erfcx = _unary("erfcx")
zeta = _unary("zeta")
log_gamma = _unary("log_gamma")
gamma_ratio = _unary("gamma_ratio")
log_xi = _unary("log_xi")
floor = _unary("floor")
ceil = _unary("ceil")
lambert_w = _unary("lambert_w")
lambert_w_minus1 = _unary("lambert_w_minus1")
bennett_inverse = _unary("bennett_inverse")
bennett_function = _unary("bennett_function")
normal_quantile = _unary("normal_quantile")

log_ratio = _many("log_ratio")
power = _many("power")
maximum = _many("maximum")
minimum = _many("minimum")
relative_entropy = _many("relative_entropy")
kl_inverse_upper = _many("kl_inverse_upper")
kl_inverse_lower = _many("kl_inverse_lower")
log_binomial = _many("log_binomial")
bennett_deviation = _many("bennett_deviation")
log_sauer = _many("log_sauer")
log_cover = _many("log_cover")
binomial_tail_inverse = _many("binomial_tail_inverse")
binomial_tail_inverse_lower = _many("binomial_tail_inverse_lower")
binomial_log_tail = _many("binomial_log_tail")
beta_quantile = _many("beta_quantile")
beta_quantile_lower = _many("beta_quantile_lower")
betting_upper = _many("betting_upper")
betting_lower = _many("betting_lower")
betting_upper_every_n = _many("betting_upper_every_n")
betting_lower_every_n = _many("betting_lower_every_n")
hypergeometric_tail_inverse = _many("hypergeometric_tail_inverse")
hypergeometric_tail_inverse_lower = _many("hypergeometric_tail_inverse_lower")
double_sample_inverse = _many("double_sample_inverse")


def where(condition: Any, yes: Callable[[], Any], no: Callable[[], Any]) -> Any:
    """`yes()` where the condition holds, else `no()`; only arrays and symbols evaluate both."""
    return _WHERE[type(condition)](condition, yes, no)


def total(term: Callable[..., Any], *sequences: Any) -> Any:
    """The sum of `term` over one or more sequences of equal length."""
    return _over(_TOTAL, term, sequences)


def product(term: Callable[..., Any], *sequences: Any) -> Any:
    """The product of `term` over one or more sequences of equal length."""
    return _over(_PRODUCT, term, sequences)


def _over(table: _Table, term: Callable[..., Any], sequences: tuple[Any, ...]) -> Any:
    """Numbers and their terms, which may hold other arguments, say which backend serves."""
    if type(sequences[0]) is not tuple:
        return table[type(sequences[0])](term, *sequences)
    try:
        terms = tuple(term(*entries) for entries in zip(*sequences, strict=True))
    except OverflowError:
        return float("inf")
    return table[_kinds((*terms, *sequences[0]))](lambda x: x, terms)


def _kinds(entries: tuple[Any, ...]) -> tuple[type, ...]:
    return tuple(dict.fromkeys(map(type, entries)))


def norm(sequence: Any, order: Any) -> Any:
    """(sum of x^order)^(1/order) over the entries x >= 0 of a sequence."""
    entries = sequence if type(sequence) is tuple else (sequence,)
    return _NORM[*_kinds(entries), type(order)](sequence, order)


def let(symbol: str, value: Any) -> Any:
    """`value`, which the LaTeX of a formula names `symbol` and defines once."""
    return _LET[type(value)](symbol, value)


def root(function: Callable[[Any], Any], low: Any, high: Any, name: str) -> Any:
    """The x in [low, high] where an increasing `function` passes through 0."""
    return _ROOT[type(low), type(high)](function, low, high, name)


def integral(function: Callable[[Any], Any], low: Any, high: Any, name: str) -> Any:
    """The integral of `function` over [low, high]."""
    return _INTEGRAL[type(low), type(high)](function, low, high, name)


def sum_to(term: Callable[[Any], Any], last: Any, name: str) -> Any:
    """The sum of `term` over the integers from 1 to `last`."""
    return _SUM_TO[type(last)](term, last, name)


def fixed_point(function: Callable[[Any], Any], high: Any, name: str) -> Any:
    """The largest x in [0, high] with x = function(x), for a sub-root function, from above."""
    return _FIXED_POINT[type(high), type(function(high))](function, high, name)


def least(function: Callable[[Any], Any], low: Any, high: Any, name: str) -> Any:
    """The least value over the integers from `low`; it is attained below `high`.

    The function may rise at first, then falls and rises.
    """
    return _LEAST[type(low), type(high), type(function(low))](function, low, high, name)


_WHERE, _TOTAL, _PRODUCT, _NORM, _LET, _ROOT, _FIXED_POINT, _LEAST = (
    _Table(name)
    for name in ("where", "total", "product", "norm", "let", "root", "fixed_point", "least")
)
_INTEGRAL, _SUM_TO = (_Table(name) for name in ("integral", "sum_to"))
