"""What the front door returns: a number, its theorem, its conditions and what it does not say."""

import math
from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any

from genbounds import __version__
from genbounds.arguments import settle
from genbounds.claims import Claim
from genbounds.declaration import Bound
from genbounds.enclosing import Enclosure
from genbounds.estimates import Estimate, for_argument
from genbounds.generic import backend_of
from genbounds.growth import ClassGrowth, Growth, Sauer
from genbounds.packing import kept, pack, shown, unpack
from genbounds.problems import NoSolutionError
from genbounds.registry import as_bound, find
from genbounds.rendering import Report, as_html, as_latex, as_markdown, as_text, safely_rounded
from genbounds.sentences import answer_sentence
from genbounds.solving import solve
from genbounds.two_sided import TwoSided
from genbounds.variables import VARIABLES

NEARLY_TRIVIAL = 1e-6
_TRIVIAL = {
    ("risk", "upper"): 1.0,
    ("risk", "lower"): 0.0,
    ("excess_risk", "upper"): 1.0,
    ("excess_risk", "lower"): 0.0,
    ("gap", "upper"): 1.0,
    ("gap", "lower"): 0.0,
    ("cdf_deviation", "upper"): 1.0,
    ("training_error", "upper"): 1.0,
    ("loo_error", "upper"): 1.0,
    ("margin_error", "upper"): 1.0,
    ("supremum", "upper"): 1.0,
    ("absolute_supremum", "upper"): 1.0,
    ("absolute_supremum", "lower"): 0.0,
    ("std", "upper"): 0.5,
    ("std", "lower"): 0.0,
    ("variance", "upper"): 0.25,
    ("risk_difference", "upper"): 1.0,
    ("risk_difference", "lower"): -1.0,
}

_RANGE_OF_ITS_OWN = ("bounded", "bounded_above", "sub_gaussian", "finite_variance")
_ENDS = {"upper": ("highest_loss", "upper_loss"), "lower": ("lowest_loss",)}


def trivial_value(claim: Claim, side: str) -> float | None:
    """What holds without any data; None where nothing does."""
    if claim.form == "failure_probability":
        return 0.0 if side == "lower" else 1.0
    if claim.loss in _RANGE_OF_ITS_OWN:
        return None
    return _TRIVIAL.get((claim.quantity, side)) if claim.form == "value" else None


class Answer:
    """A bound evaluated on facts. It prints itself as text, Markdown, LaTeX, HTML and JSON.

    `raw` is the formula's value, `value` the same clipped to what the quantity can be, `vacuous`
    says whether that is (within 1e-6) what holds without data. A two-sided answer has pairs.
    """

    def __init__(self, bound: Bound | TwoSided, **facts: Any) -> None:
        self.bound = bound
        self.inputs = facts = {k: kept(v) for k, v in facts.items()}
        _refuse_arrays(facts)
        self.raw = bound(**facts)
        if not all(isinstance(x, (int, float)) for x in _pair(self.raw)):
            raise ValueError(f"an answer is about plain numbers; {bound.name} gave {self.raw}")
        self.width = facts.get("width", 1)
        self.enclosures: tuple[Enclosure, ...] = ()

    def certify(self, digits: int = 20) -> "Answer":
        """This answer with its raw value proved in balls, to so many significant decimals."""
        found = self.bound.enclose(digits=digits, **self.inputs)
        self.enclosures = (found,) if isinstance(found, Enclosure) else found
        return self

    def __repr__(self) -> str:
        return self.text

    def __float__(self) -> float:
        return float(self.value)

    # --- the number

    @property
    def side(self) -> str:
        """upper, lower or both."""
        if isinstance(self.bound, TwoSided):
            return "both"
        return "lower" if self.bound.claim.side == "lower" else "upper"

    @cached_property
    def value(self) -> Any:
        """The raw value clipped to the range of the quantity."""
        if isinstance(self.raw, tuple):
            return tuple(map(self.clipped, self.raw, ("lower", "upper")))
        return self.clipped(self.raw, self.side)

    def _trivial(self, side: str) -> float | None:
        claim = self.bound.claim
        if claim.loss in _RANGE_OF_ITS_OWN and claim.quantity == "risk":
            ends = [self.inputs.get(name) for name in _ENDS[side]]
            return next((float(x) for x in ends if isinstance(x, (int, float, Fraction))), None)
        trivial = trivial_value(claim, side)
        return None if trivial is None else trivial * self.width**self.degree

    @property
    def degree(self) -> int:
        """How the value scales with the width of the loss."""
        return (self.bound.bound if isinstance(self.bound, TwoSided) else self.bound).degree

    def clipped(self, raw: float, side: str) -> float:
        """A raw value cut to the range of the quantity."""
        trivial, other = self._trivial(side), self._trivial("lower" if side == "upper" else "upper")
        if trivial is None:
            return raw
        ends = sorted((trivial, trivial if other is None else other))
        if other is None:
            return min(raw, trivial)
        return min(max(raw, ends[0]), ends[1])

    @cached_property
    def vacuous(self) -> bool:
        """Whether the answer says nothing beyond what holds without data."""
        pairs = zip(_pair(self.value), _sides(self.side), strict=False)
        return bool(self.unmet) or all(self._says_nothing(value, side) for value, side in pairs)

    def _says_nothing(self, value: float, side: str) -> bool:
        trivial = self._trivial(side)
        return trivial is not None and abs(value - trivial) <= NEARLY_TRIVIAL * self.width

    # --- the theorem

    @property
    def claim(self) -> Claim:
        """What the bound says, as fields."""
        return self.bound.claim

    @property
    def conditions(self) -> tuple[str, ...]:
        """What the reader must be able to tick."""
        return self._theorem.conditions

    @property
    def _theorem(self) -> Bound:
        return self.bound.bound if isinstance(self.bound, TwoSided) else self.bound

    @property
    def source(self) -> str:
        """Key and place of the theorem."""
        return self.bound.source

    @property
    def bibtex(self) -> str:
        """BibTeX of exactly the theorems used."""
        return self._theorem.citation

    @cached_property
    def arguments(self) -> dict[str, Any]:
        """The inputs as the bound takes them: complexities at the level that this call leaves."""
        facts = self.inputs
        if isinstance(self.bound, TwoSided) and not self.bound.one_event and "delta" in facts:
            facts = {**facts, "delta": facts["delta"] / 2}  # of which each side pays its share
        return {k: for_argument(k, v, facts) for k, v in self.inputs.items()}

    @cached_property
    def _values(self) -> dict[str, Any]:
        facts, _ = self._theorem.prepared(self.inputs)
        return settle(self._theorem.arguments, facts).values

    @cached_property
    def growth(self) -> Growth | None:
        """How labelings were counted, where the theorem counts them."""
        return self._values.get("log_growth")

    @cached_property
    def status(self) -> str:
        """The bound's status; `printed` where the growth convention lies below the Sauer sum."""
        if self._theorem.status != "proved" or not isinstance(self.growth, Growth):
            return self._theorem.status
        return "printed" if self._undercounts else "proved"

    @cached_property
    def _undercounts(self) -> bool:
        growth = self.growth
        if not isinstance(growth, Growth) or isinstance(growth, Sauer):
            return False
        exact = Sauer(growth.vc_dim)
        sizes = self._theorem.sizes(self._values)
        return any(growth(m) < exact(m) - 1e-12 * abs(exact(m)) for m in sizes)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What the reader should know about this very call."""
        facts, _ = self._theorem.prepared(self.inputs)
        found = list(settle(self._theorem.arguments, facts).notes)
        if not any("growth function" in note for note in found) and isinstance(
            self.growth, (Growth, ClassGrowth)
        ):
            found.append(f"growth function: {self.growth.words}")
        if self._undercounts:
            found.append("this growth convention lies below the Sauer sum here: not a guarantee")
        if self._theorem.why:
            found.append(f"{self._theorem.status}: {self._theorem.why}")
        if not self.claim.is_guarantee:
            found.append(f"{self.claim.surely}: not a guarantee")
        found += [f"the theorem is silent here: it needs {need}" for need in self.unmet]
        found += [f"{k}: {v.how}" for k, v in self.arguments.items() if isinstance(v, Estimate)]
        return tuple(found)

    @property
    def unmet(self) -> tuple[str, ...]:
        """The relations that the theorem needs and these inputs violate."""
        return self._theorem.unmet(self._values) if self._theorem.needs else ()

    @cached_property
    def remedy(self) -> str:
        """For a vacuous answer, the sample size that would make it say something."""
        if not self.vacuous or "n" not in self._theorem.arguments or self.side == "both":
            return ""
        if self._theorem.direction_of("n") is None and "n" not in self._theorem.peaks:
            return ""
        trivial = self._trivial(self.side)
        facts = {k: v for k, v in self.inputs.items() if k != "n"}
        if "errors" in facts:
            facts["empirical_risk"] = Fraction(int(facts.pop("errors")), int(self.inputs["n"]))
        shift = -2 * NEARLY_TRIVIAL if self.side == "upper" else 2 * NEARLY_TRIVIAL
        try:
            n = solve(self._theorem, "n", target=(trivial or 0.0) + shift * self.width, **facts)
        except NoSolutionError as fault:
            return f"no sample size would make it say more: {fault}"
        except ValueError:
            return ""  # not a bound that is solved for n
        return f"it would say something from n = {int(n)} on, the other inputs unchanged"

    # --- as text and data

    @property
    def headline(self) -> str:
        """The inequality with its number, rounded to the safe side."""
        return _headline(self)

    @property
    def sentence(self) -> str:
        """What a reader needs first: how sure, of what, and the number."""
        if self.unmet:
            return (
                f"The theorem is silent here, it needs {', '.join(self.unmet)}: nothing is claimed."
            )
        return answer_sentence(
            self.claim, self.side, self.value, self.inputs, vacuous=self.vacuous,
            status=self.status, trivial=self._is_trivial,
        )  # fmt: skip

    @property
    def _is_trivial(self) -> bool:
        """Whether the value is what holds without any data, to the last digit."""
        pairs = zip(_pair(self.value), _sides(self.side), strict=False)
        return all(value == self._trivial(side) for value, side in pairs)

    @property
    def report(self) -> Report:
        """The parts that every rendering shows, in order."""
        rows = [
            ("bound", self.headline),
            ("theorem", f"{self.bound.name}, {self.status} ({self.source})"),
            ("claim", self.claim.sentence),
            ("conditions", [f"[ ] {sentence}" for sentence in self.conditions]),
            ("inputs", ", ".join(f"{k} = {shown(v)}" for k, v in self.inputs.items())),
            ("raw value", ", ".join(f"{x!r}" for x in _pair(self.raw))),
            ("certified", ", ".join(map(str, self.enclosures))),
            ("notes", list(self.notes)),
            ("remedy", self.remedy),
        ]
        return Report(self.sentence, [(k, v) for k, v in rows if v])

    @property
    def text(self) -> str:
        """For a terminal."""
        return as_text(self.report)

    @property
    def markdown(self) -> str:
        """For a report in Markdown."""
        return as_markdown(self.report)

    @property
    def latex(self) -> str:
        """The inequality in LaTeX, with its number and a citation."""
        return as_latex(self._theorem, self.side, self.value, self.bound.latex)

    def _repr_latex_(self) -> str:
        return f"${self.latex}$"

    def _repr_html_(self) -> str:
        return as_html(self.report)

    def to_dict(self) -> dict[str, Any]:
        """What re-running the number needs: version, bound, entry, growth, inputs and value."""
        proofs = [enclosure.record for enclosure in self.enclosures]
        return ({"certified": proofs} if proofs else {}) | {
            "version": __version__,
            "bound": self.bound.name,
            "entry": self.bound.entry,
            "growth": getattr(self.growth, "name", None),
            "inputs": {k: pack(k, v) for k, v in self.arguments.items()},
            "side": self.side,
            "raw": _finite(self.raw),
            "value": _finite(self.value),
            "vacuous": self.vacuous,
            "status": self.status,
            "claim": self.claim._asdict(),
            "conditions": list(self.conditions),
            "source": self.source,
            "notes": list(self.notes),
            "sentence": self.sentence,
        }

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> "Answer":
        """The answer computed again from its record; `ValueError` where the number differs."""
        found = cls(find(record["bound"]), **{k: unpack(v) for k, v in record["inputs"].items()})
        if _finite(found.raw) != _same_shape(record["raw"]):
            raise ValueError(
                f"{record['bound']} gives {found.raw!r} (version {__version__}), the record of "
                f"version {record['version']} says {record['raw']!r}"
            )
        return found


def answer(bound: Bound | TwoSided | str, **facts: Any) -> Answer:
    """The bound, or the one of that name, evaluated on scalar facts and explained."""
    return Answer(as_bound(bound), **facts)


def _refuse_arrays(facts: Mapping[str, Any]) -> None:
    arrays = [
        name for name, x in facts.items()
        if backend_of(type(x)) == "arrays" and x.ndim and not _is_data(name)
    ]  # fmt: skip
    if arrays:
        raise ValueError(f"an answer is about one call: {', '.join(arrays)} must be scalar")
    rich = [name for name, x in facts.items() if backend_of(type(x)) not in ("floats", "arrays")]
    if rich:
        raise ValueError(f"an answer is about plain numbers: {', '.join(rich)} must be such")


def _is_data(name: str) -> bool:
    return name in VARIABLES and VARIABLES[name].kind in ("data", "sequence")


def _pair(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def _sides(side: str) -> tuple[str, ...]:
    return ("lower", "upper") if side == "both" else (side,)


def _finite(value: Any) -> Any:
    """JSON has no infinity: it is written as a word."""
    if isinstance(value, tuple):
        return [_finite(x) for x in value]
    return repr(value) if isinstance(value, float) and math.isinf(value) else value


def _same_shape(value: Any) -> Any:
    return [_same_shape(x) for x in value] if isinstance(value, (list, tuple)) else value


_SYMBOLS = {
    "risk": "risk", "excess_risk": "excess risk", "gap": "risk - empirical risk",
    "std": "standard deviation", "variance": "variance of the loss",
    "log_covering": "log covering number", "log_packing": "log packing number",
    "threshold": "threshold",
    "cdf_deviation": "largest excess of the empirical distribution function",
    "sample_size": "sample size", "rademacher": "Rademacher complexity",
    "empirical_rademacher": "empirical Rademacher complexity",
    "absolute_rademacher": "Rademacher complexity with absolute values",
    "gaussian_complexity": "Gaussian complexity",
    "offset_complexity": "offset complexity",
    "sequential_rademacher": "sequential Rademacher complexity",
    "local_fixed_point": "fixed point", "regret": "regret per round",
    "training_error": "training error", "loo_error": "leave-one-out error",
    "margin_error": "fraction of small margins",
    "risk_difference": "difference of risks", "deviation": "deviation from the mean",
    "supremum": "largest excess of the risk over the empirical risk",
    "absolute_supremum": "largest difference between risk and empirical risk",
    "signed_sum": "mean norm of the signed sum", "moment_norm": "moment norm",
    "expected_maximum": "expected maximum",
}  # fmt: skip


def _headline(found: Answer) -> str:
    claim = found.claim
    what = _SYMBOLS[claim.quantity]
    if claim.form == "failure_probability":
        what = "failure probability"
    if claim.form == "sample_size":
        what = "n"
    tail = "  (vacuous: it says nothing)" if found.vacuous else ""
    if isinstance(found.value, tuple):
        low, high = (
            safely_rounded(x, s) for x, s in zip(found.value, ("lower", "upper"), strict=True)
        )
        return f"{low} <= {what} <= {high}{tail}"
    sign = ">=" if found.side == "lower" or claim.form == "sample_size" else "<="
    return f"{what} {sign} {safely_rounded(found.value, found.side)}{tail}"
