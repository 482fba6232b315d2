"""LaTeX as one more kind of number: a formula traced on it prints in the order it was written.

Definitions made with `let` travel with the expression and are printed once, after it.
"""

from collections.abc import Callable
from typing import Any

_SUM, _PRODUCT, _POWER, _ATOM = 0, 1, 2, 3
_CONSTANTS = {"one": "1", "pi": r"\pi", "e": "e", "ln2": r"\ln 2"}


class Tex:
    """LaTeX source, how tightly it binds, and the definitions that it uses."""

    __slots__ = ("lets", "over", "rank", "source")

    def __init__(
        self,
        source: str,
        rank: int = _ATOM,
        lets: dict[str, str] | None = None,
        over: tuple["Tex", "Tex"] | None = None,
    ) -> None:
        self.source, self.rank, self.lets, self.over = source, rank, lets or {}, over

    def __str__(self) -> str:
        return self.source

    def __repr__(self) -> str:
        return f"Tex({self.source!r})"

    __hash__ = object.__hash__

    @property
    def statement(self) -> str:
        """The source followed by the definitions of the names in it."""
        clauses = [f"{name} = {value}" for name, value in self.lets.items()]
        return self.source + "".join(rf",\quad {clause}" for clause in clauses)

    def __add__(self, x: Any) -> "Tex":
        return _join(self, "+", x, _SUM)

    def __radd__(self, x: Any) -> "Tex":
        return _join(x, "+", self, _SUM)

    def __sub__(self, x: Any) -> "Tex":
        return _join(self, "-", x, _SUM)

    def __rsub__(self, x: Any) -> "Tex":
        return _join(x, "-", self, _SUM)

    def __mul__(self, x: Any) -> "Tex":
        return _times(self, x)

    def __rmul__(self, x: Any) -> "Tex":
        return _times(x, self)

    def __truediv__(self, x: Any) -> "Tex":
        return fraction(self, x)

    def __rtruediv__(self, x: Any) -> "Tex":
        return fraction(x, self)

    def __pow__(self, x: Any) -> "Tex":
        base = as_tex(self)
        return Tex(f"{_bracket(base, _ATOM)}^{{{as_tex(x)}}}", _POWER, _lets(base, x))

    def __rpow__(self, x: Any) -> "Tex":
        return as_tex(x) ** self

    def __neg__(self) -> "Tex":
        return Tex(f"-{_bracket(self, _PRODUCT)}", _SUM, self.lets)

    def __bool__(self) -> bool:
        raise TypeError(f"{self.source} is neither true nor false")

    def __lt__(self, x: Any) -> "Tex":
        return _join(self, "<", x, _SUM)

    def __le__(self, x: Any) -> "Tex":
        return _join(self, r"\le", x, _SUM)

    def __gt__(self, x: Any) -> "Tex":
        return _join(self, ">", x, _SUM)

    def __ge__(self, x: Any) -> "Tex":
        return _join(self, r"\ge", x, _SUM)

    def __eq__(self, x: object) -> "Tex":  # type: ignore[override]
        return _join(self, "=", x, _SUM)


def as_tex(x: Any) -> Tex:
    """`x` as LaTeX; numbers print as they are."""
    if isinstance(x, Tex):
        return x
    if hasattr(x, "within"):  # an exact number
        return as_tex(x.within("tex"))
    return Tex(str(x), _SUM if x < 0 else _ATOM)


def _lets(*parts: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in parts:
        found |= part.lets if isinstance(part, Tex) else {}
    return found


def _bracket(x: Tex, rank: int) -> str:
    return x.source if x.rank >= rank else rf"\left({x}\right)"


def _join(x: Any, sign: str, y: Any, rank: int) -> Tex:
    left, right = as_tex(x), as_tex(y)
    if left.source == "0" and sign == "+":
        return right
    after = _bracket(right, _PRODUCT) if sign == "-" else right.source
    return Tex(f"{left} {sign} {after}", rank, _lets(left, right))


def _times(x: Any, y: Any) -> Tex:
    left, right = as_tex(x), as_tex(y)
    if "1" in (left.source, right.source):
        return right if left.source == "1" else left
    before, after = _bracket(left, _PRODUCT), _bracket(right, _PRODUCT)
    dot = r" \cdot " if after[:1].isdigit() or (after.startswith(r"\frac") and left.over) else " "
    return Tex(before + dot + after, _PRODUCT, _lets(left, right))


def fraction(x: Any, y: Any) -> Tex:
    over, under = as_tex(x), as_tex(y)
    return Tex(rf"\frac{{{over}}}{{{under}}}", _PRODUCT, _lets(over, under), (over, under))


def symbol(source: str) -> Tex:
    """An atom such as a variable's name."""
    return Tex(source)


def applied(function: str, *arguments: Any) -> Tex:
    """A named function of its arguments."""
    inside = ", ".join(as_tex(x).source for x in arguments)
    return Tex(rf"{function}\left({inside}\right)", _POWER, _lets(*arguments))


def _prefix(function: str, x: Any) -> Tex:
    x = as_tex(x)
    plain = x.rank == _ATOM or x.over is not None
    inside = x.source if plain else rf"\left({x}\right)"
    return Tex(rf"{function} {inside}", _PRODUCT, x.lets)


def constant(name: str) -> Tex:
    return Tex(_CONSTANTS[name], _PRODUCT if name == "ln2" else _ATOM)


def sqrt(x: Any) -> Tex:
    return Tex(rf"\sqrt{{{as_tex(x)}}}", _POWER, _lets(x))


def log(x: Any) -> Tex:
    return _prefix(r"\ln", x)


def log2(x: Any) -> Tex:
    return _prefix(r"\log_2", x)


def log1p(x: Any) -> Tex:
    return log(1 + as_tex(x))


def exp(x: Any) -> Tex:
    return Tex(f"e^{{{as_tex(x)}}}", _POWER, _lets(x))


class _Expm1(Tex):
    """e^x - 1, whose negative prints as 1 - e^x."""

    __slots__ = ("exponential",)

    def __init__(self, exponential: Tex) -> None:
        difference = exponential - 1
        super().__init__(difference.source, difference.rank, difference.lets)
        self.exponential = exponential

    def __neg__(self) -> Tex:
        return 1 - self.exponential


def expm1(x: Any) -> Tex:
    return _Expm1(exp(x))


def erfcx(x: Any) -> Tex:
    return exp(as_tex(x) ** 2) * erfc(x)


def log_ratio(a: Any, b: Any) -> Tex:
    """ln(a/b); a fraction below the bar is turned up, so that delta/2 prints as 2/delta."""
    a, b = as_tex(a), as_tex(b)
    if b.over is not None:
        a, b = _scaled(a, b.over[1]), b.over[0]
    return log(fraction(a, b))


def _scaled(a: Tex, times: Tex) -> Tex:
    """`times` a, multiplied out where both are whole numbers."""
    if a.source.isdigit() and times.source.isdigit():
        return Tex(str(int(a.source) * int(times.source)))
    return times if a.source == "1" else times * a


def power(x: Any, p: Any, q: Any = 1) -> Tex:
    return as_tex(x) ** (p if isinstance(q, int) and q == 1 else fraction(p, q))


def maximum(x: Any, y: Any) -> Tex:
    return Tex(rf"\max\left({as_tex(x)}, {as_tex(y)}\right)", _POWER, _lets(x, y))


def minimum(x: Any, y: Any) -> Tex:
    return Tex(rf"\min\left({as_tex(x)}, {as_tex(y)}\right)", _POWER, _lets(x, y))


def floor(x: Any) -> Tex:
    return Tex(rf"\left\lfloor {as_tex(x)} \right\rfloor", _ATOM, _lets(x))


def ceil(x: Any) -> Tex:
    return Tex(rf"\left\lceil {as_tex(x)} \right\rceil", _ATOM, _lets(x))


def where(condition: Any, yes: Callable[[], Any], no: Callable[[], Any]) -> Tex:
    first, second = as_tex(yes()), as_tex(no())
    source = rf"\left\{{{first}\ \mathrm{{if}}\ {condition},\ \mathrm{{else}}\ {second}\right\}}"
    return Tex(source, _ATOM, _lets(condition, first, second))


def total(term: Callable[..., Any], *sequences: Any) -> Tex:
    inside = as_tex(term(*(Tex(f"{{{x}}}_i") for x in sequences)))
    return Tex(rf"\sum_i {_bracket(inside, _PRODUCT)}", _PRODUCT, _lets(inside, *sequences))


def product(term: Callable[..., Any], *sequences: Any) -> Tex:
    inside = as_tex(term(*(Tex(f"{{{x}}}_i") for x in sequences)))
    return Tex(rf"\prod_i {_bracket(inside, _PRODUCT)}", _PRODUCT, _lets(inside, *sequences))


def norm(sequence: Any, order: Any) -> Tex:
    source = rf"\left\|{as_tex(sequence)}\right\|_{{{as_tex(order)}}}"
    return Tex(source, _ATOM, _lets(sequence, order))


def let(symbol: str, value: Any) -> Tex:
    value = as_tex(value)
    return Tex(symbol, _ATOM, {symbol: value.source} | value.lets)


def root(function: Callable[[Any], Any], low: Any, high: Any, name: str) -> Tex:
    inside = as_tex(function(Tex(name)))
    return Tex(
        rf"\min\left\{{{name} \ge {as_tex(low)} : {inside} \ge 0\right\}}",
        _ATOM,
        _lets(inside, low, high),
    )


def sum_to(term: Callable[[Any], Any], last: Any, name: str) -> Tex:
    inside = as_tex(term(Tex(name)))
    source = rf"\sum_{{{name}=1}}^{{{as_tex(last)}}} {_bracket(inside, _PRODUCT)}"
    return Tex(source, _PRODUCT, _lets(inside, last))


def integral(function: Callable[[Any], Any], low: Any, high: Any, name: str) -> Tex:
    inside = as_tex(function(Tex(name)))
    source = rf"\int_{{{as_tex(low)}}}^{{{as_tex(high)}}} {_bracket(inside, _PRODUCT)}\,d{name}"
    return Tex(source, _PRODUCT, _lets(inside, low, high))


def fixed_point(function: Callable[[Any], Any], high: Any, name: str) -> Tex:
    inside = as_tex(function(Tex(name)))
    return Tex(rf"\max\left\{{{name} : {name} = {inside}\right\}}", _ATOM, _lets(inside))


def least(function: Callable[[Any], Any], low: Any, high: Any, name: str) -> Tex:
    inside = as_tex(function(Tex(name)))
    source = rf"\min_{{{name} \ge {as_tex(low)}}} \left[{inside}\right]"
    return Tex(source, _PRODUCT, _lets(inside, low))


def gamma_ratio(x: Any) -> Tex:
    x = as_tex(x)
    return fraction(applied(r"\Gamma", x + fraction(1, 2)), applied(r"\Gamma", x))


def relative_entropy(q: Any, p: Any) -> Tex:
    return Tex(rf"\mathrm{{kl}}\left({as_tex(q)} \| {as_tex(p)}\right)", _POWER, _lets(q, p))


def _named(source: str) -> Callable[..., Tex]:
    return lambda *arguments: applied(source, *arguments)


erfc = _named(r"\mathrm{erfc}")
zeta = _named(r"\zeta")
tanh = _named(r"\tanh")
log_gamma = _named(r"\ln\Gamma")
log_cosh = _named(r"\ln\cosh")
log_xi = _named(r"\ln\xi")
lambert_w = _named("W_0")
lambert_w_minus1 = _named("W_{-1}")
bennett_inverse = _named("h^{-1}")
normal_quantile = _named("z")
beta_quantile = _named(r"\overline{\mathrm{Beta}}")
beta_quantile_lower = _named(r"\underline{\mathrm{Beta}}")
betting_upper = _named(r"\overline{m}_{\mathrm{bet}}")
betting_lower = _named(r"\underline{m}_{\mathrm{bet}}")
betting_upper_every_n = _named(r"\overline{m}_{\mathrm{bet},\forall n}")
betting_lower_every_n = _named(r"\underline{m}_{\mathrm{bet},\forall n}")
kl_inverse_upper = _named(r"\mathrm{kl}^{-1}_{+}")
kl_inverse_lower = _named(r"\mathrm{kl}^{-1}_{-}")
binomial_tail_inverse = _named(r"\overline{\mathrm{Bin}}")
binomial_tail_inverse_lower = _named(r"\underline{\mathrm{Bin}}")
binomial_log_tail = _named(r"\ln\mathrm{Bin}")
hypergeometric_tail_inverse = _named(r"\overline{\mathrm{Hyp}}")
hypergeometric_tail_inverse_lower = _named(r"\underline{\mathrm{Hyp}}")
double_sample_inverse = _named(r"\overline{\varepsilon}")


def bennett_function(u: Any) -> Tex:
    grown = as_tex(1) + as_tex(u)
    return grown * log(grown) - as_tex(u)


def bennett_deviation(v: Any, c: Any) -> Tex:
    variance, cost = as_tex(v), as_tex(c)
    if cost.over:
        return variance * bennett_inverse(fraction(cost.over[0], cost.over[1] * variance))
    return variance * bennett_inverse(fraction(cost, variance))


def exp_remainder(x: Any) -> Tex:
    x = as_tex(x)
    return fraction(exp(x) - 1 - x, x**2)


def log_remainder(x: Any) -> Tex:
    x = as_tex(x)
    return fraction(-log(1 - x) - x, x**2)


def log_binomial(n: Any, k: Any) -> Tex:
    return log(Tex(rf"\binom{{{as_tex(n)}}}{{{as_tex(k)}}}", _ATOM, _lets(n, k)))


def log_sauer(n: Any, d: Any) -> Tex:
    inside = Tex(rf"\sum_{{i=0}}^{{{as_tex(d)}}} \binom{{{as_tex(n)}}}{{i}}", _SUM, _lets(n, d))
    return log(inside)


def log_cover(n: Any, d: Any) -> Tex:
    inside = rf"2\sum_{{i=0}}^{{{as_tex(d)} - 1}} \binom{{{as_tex(n)} - 1}}{{i}}"
    return log(Tex(inside, _SUM, _lets(n, d)))
