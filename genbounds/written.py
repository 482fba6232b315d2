"""A bound as text: LaTeX in the order of the formula, Python source, sympy, conditions, BibTeX."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, cast

from genbounds.claims import CONDITIONS, Claim
from genbounds.formulas import EXPLAINED, advice, hint
from genbounds.generic import load_backend
from genbounds.variables import VARIABLES


class Written:
    """What is written of a theorem, without a number."""

    name: str
    formula: Callable[..., Any]
    claim: Claim
    source: str
    arguments: tuple[str, ...]
    given: tuple[str, ...]
    needs: tuple[str, ...]
    fixed: tuple[str, ...]

    def applied(self, values: Mapping[str, Any]) -> Any:
        """The formula on any kind of number; `TypeError` says how to write it for this one."""
        try:
            return self.formula(**values)
        except (TypeError, AttributeError, ValueError) as fault:
            if not advice(self.formula, str(fault)):
                raise
            why = hint(self.formula, fault)
            raise TypeError(f"the formula of {self.name} {EXPLAINED}: {why}") from fault

    @cached_property
    def latex(self) -> str:
        """The right-hand side in LaTeX, in the order in which the formula is written."""
        return str(self.written().statement)

    @property
    def plain_formula(self) -> str:
        """The formula as the Python text that is evaluated; empty where no source is kept."""
        import ast
        import inspect
        import textwrap

        try:
            tree = ast.parse(textwrap.dedent(inspect.getsource(self.formula)))
        except (OSError, SyntaxError):
            return ""  # typed where no source is kept, or a part of a longer statement
        nodes = (x for x in ast.walk(tree) if isinstance(x, (ast.FunctionDef, ast.Lambda)))
        whole = next(nodes).body
        body = whole if isinstance(whole, list) else [whole]
        body = body[1:] if self.formula.__doc__ else body
        return "\n".join(ast.unparse(line).removeprefix("return ") for line in body)

    @cached_property
    def latex_needs(self) -> tuple[str, ...]:
        """The relations that the theorem needs, in LaTeX."""
        symbols = {name: _tex_symbol(name) for name in self.arguments}
        return tuple(str(eval(need, {}, dict(symbols))) for need in self.needs)

    def written(self, **replacing: Any) -> Any:
        """The right-hand side as LaTeX, some arguments replaced."""
        symbols = {name: _tex_symbol(name) for name in self.arguments} | replacing
        return load_backend("tex").as_tex(self.applied(symbols))

    def _repr_latex_(self) -> str | None:
        """The theorem as a notebook shows it."""
        from genbounds.rendering import left_side

        try:
            needs = "".join(rf",\quad {need}" for need in self.latex_needs)
            right = self.latex
        except TypeError:
            return None  # a notebook falls back on the plain text
        lower = self.claim.side == "lower" or self.claim.form == "sample_size"
        sign = {"equal": "="}.get(self.claim.side, r"\ge" if lower else r"\le")
        return rf"$\displaystyle {left_side(self)} {sign} {right}{needs}$"

    @property
    def expression(self) -> Any:
        """The right-hand side as a sympy expression in `symbols`."""
        from genbounds.symbolic.expressions import expression

        return expression(cast("Any", self))

    @property
    def symbols(self) -> dict[str, Any]:
        """The sympy symbols of the expression, by argument name, with their assumptions."""
        from genbounds.symbolic.expressions import symbols

        return dict(symbols(cast("Any", self)))

    @property
    def conditions(self) -> tuple[str, ...]:
        """What the reader must be able to tick: sentences that no program can check."""
        sentences = [CONDITIONS.get(given, given) for given in self.given]
        if self.claim.scope in ("every_hypothesis", "consistent_hypotheses", "erm"):
            sentences.insert(0, CONDITIONS["class_before_sample"])
        if self.fixed:
            sentences.append(
                CONDITIONS["fixed_before_sample"].format(parameters=", ".join(self.fixed))
            )
        return tuple(sentences)

    @property
    def citation(self) -> str:
        """BibTeX of the source."""
        from genbounds.references import bibtex

        return bibtex(self.source)


def _tex_symbol(name: str) -> Any:
    tex = load_backend("tex")
    if VARIABLES[name].kind == "function":
        return lambda *sizes: tex.applied(VARIABLES[name].latex, *sizes)
    return tex.symbol(VARIABLES[name].latex)
