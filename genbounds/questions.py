"""A user's question, answered from the catalogue: a test set, a sample size, a risk after training."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from genbounds import __version__
from genbounds.answers import Answer, find
from genbounds.arguments import number, settle
from genbounds.claims import Claim
from genbounds.conversions import erm_excess
from genbounds.declaration import Bound
from genbounds.growth import Growth
from genbounds.problems import NoSolutionError
from genbounds.registry import catalogue
from genbounds.rendering import Report, Table, as_html, as_markdown, as_text
from genbounds.solving import solve
from genbounds.two_sided import TwoSided

SIDES = ("upper", "lower", "both")


def test_set(
    *, errors: Any = None, n: Any = None, empirical_risk: Any = None, losses: Any = None,
    delta: Any = 0.05, side: str = "upper", selected_from: int = 1, population_size: Any = None,
) -> Answer:  # fmt: skip
    """What a held-out sample says about the risk of a model that was fixed before it was drawn.

    `errors` of `n` gives the exact binomial answer (Clopper-Pearson), with `population_size` the exact
    one for sampling without replacement; `empirical_risk` of `n` losses in [0, 1] Chernoff's;
    `losses` in order the betting interval. `selected_from=k` says that the model is the best of k on
    this very sample: each of the k then has delta / k. `side` is upper, lower or both; `delta` is the
    failure probability of the whole statement.

    >>> test_set(errors=192, n=600, delta=0.025).value
    0.3589768280676...
    """
    if side not in SIDES:
        raise ValueError(f"side must be one of {', '.join(SIDES)}, got {side!r}")
    facts = {"errors": errors, "n": n, "empirical_risk": empirical_risk, "losses": losses,
             "population_size": population_size}  # fmt: skip
    facts = {k: v for k, v in facts.items() if v is not None} | {"delta": delta}
    name = _test_set_theorem(facts)
    several = _checked_count(selected_from)
    if several > 1:
        name, extra = _for_several(name, several)
        facts |= extra
    return Answer(_sided(name, side), **facts)


def _test_set_theorem(facts: dict[str, Any]) -> str:
    if "losses" in facts:
        if facts.keys() & {"errors", "n", "empirical_risk", "population_size"}:
            raise ValueError("losses come alone: they hold n and the empirical risk")
        return "betting"
    if "errors" in facts and "empirical_risk" in facts:
        raise ValueError("give errors or empirical_risk, not both")
    if "errors" in facts or "empirical_risk" not in facts:
        return "hypergeometric" if "population_size" in facts else "clopper_pearson"
    return "hoeffding_serfling" if "population_size" in facts else "chernoff"


def _checked_count(selected_from: Any) -> int:
    value = number("selected_from", selected_from)
    if not isinstance(value, int) or value < 1:
        raise ValueError(f"selected_from must be an integer at least 1, got {selected_from!r}")
    return value


def _for_several(name: str, several: int) -> tuple[str, dict[str, Any]]:
    theorems = {"clopper_pearson": "clopper_pearson_several", "chernoff": "finite_chernoff"}
    if name not in theorems:
        raise ValueError(f"selected_from has no theorem beside {name}: divide delta by {several}")
    return theorems[name], {"n_hypotheses": several}


def _sided(name: str, side: str) -> Bound | TwoSided:
    bound = find(name)
    if side == "upper" or isinstance(bound, TwoSided):
        return bound
    if side == "both":
        return bound.two_sided  # type: ignore[no-any-return]
    if bound.additive:
        raise ValueError(f"{name} is stated from above; its mirror is in side='both'")
    return find(f"{name}_lower")


class Row(NamedTuple):
    """One theorem's sample size."""

    n: int
    bound: str
    source: str
    note: str


class SampleSize:
    """How many observations are enough, theorem by theorem, and how many are necessary.

    `n` is the least sufficient number found; no method gets by with fewer than `necessary`.
    """

    def __init__(
        self, question: str, sufficient: list[Row], necessary: list[Row], inputs: Mapping[str, Any],
        missing: list[str],
    ) -> None:  # fmt: skip
        self.question, self.inputs, self.missing = question, dict(inputs), missing
        self.sufficient = sorted(sufficient)
        self.necessary_rows = sorted(necessary, reverse=True)

    @property
    def n(self) -> int:
        """The least number that some theorem proves sufficient."""
        if not self.sufficient:
            raise NoSolutionError(f"no theorem of the catalogue gives a sample size: {self.why_none}")
        return self.sufficient[0].n

    @property
    def why_none(self) -> str:
        """Why theorems that fit the question gave no number."""
        return "; ".join(self.missing) or "none fits what was given"

    @property
    def necessary(self) -> int | None:
        """The greatest number that some theorem proves necessary; None where none does."""
        return self.necessary_rows[0].n if self.necessary_rows else None

    def __int__(self) -> int:
        return self.n

    __index__ = __int__

    def __repr__(self) -> str:
        return as_text(self.report)

    @property
    def table(self) -> Table:
        """Every theorem, the best sufficient one first."""
        rows = [("sufficient", *row) for row in self.sufficient]
        rows += [("necessary", *row) for row in self.necessary_rows]
        return Table(("", "n", "bound", "source", "note"), rows)

    @property
    def report(self) -> Report:
        """The bracket in words, then the theorems."""
        least = "no known necessary number" if self.necessary is None else f"{self.necessary} necessary"
        headline = f"n = {self.n} observations are enough; {least}"
        rows: list[tuple[str, Any]] = [("question", self.question)]
        rows.append(("inputs", ", ".join(f"{k} = {v}" for k, v in self.inputs.items())))
        for label, found in (("sufficient", self.sufficient), ("necessary", self.necessary_rows)):
            rows.append((label, [f"{r.n:>12}  {r.bound} ({r.source}) {r.note}".rstrip() for r in found]))
        rows.append(("no number", self.missing))
        return Report(headline, [(k, v) for k, v in rows if v])

    @property
    def markdown(self) -> str:
        """For a report in Markdown."""
        return as_markdown(self.report)

    def _repr_html_(self) -> str:
        return as_html(self.report)

    @property
    def bibtex(self) -> str:
        """BibTeX of the theorems that give the two ends of the bracket."""
        from genbounds.references import bibtex, keys

        rows = [*self.sufficient[:1], *self.necessary_rows[:1]]
        return bibtex("; ".join(dict.fromkeys(key for row in rows for key in keys(row.source))))

    def to_dict(self) -> dict[str, Any]:
        """The bracket and its rows as plain data."""
        return {
            "version": __version__,
            "question": self.question,
            "inputs": {k: v if isinstance(v, (int, float, str)) else repr(v) for k, v in self.inputs.items()},
            "n": self.n,
            "necessary": self.necessary,
            "sufficient": [row._asdict() for row in self.sufficient],
            "necessary_rows": [row._asdict() for row in self.necessary_rows],
            "no_number": self.missing,
        }


_QUESTIONS = {
    "uniform": "how many observations until, for every hypothesis of the class at once, risk and "
    "empirical risk differ by at most epsilon",
    "excess": "how many observations until the minimiser of the empirical risk has a risk within "
    "epsilon of the best in the class",
    "realizable": "how many observations until every hypothesis without error on the sample has a "
    "risk of at most epsilon",
    "test_set": "how many test points, at most that many errors allowed, until the risk is proved to "
    "be at most epsilon",
    "interval": "how many test points until the risk of one fixed model, or of several at once, is "
    "known to within epsilon",
    "description": "how many observations until the risk of a hypothesis with this description "
    "length exceeds its empirical risk by at most epsilon",
}


def sample_size(
    hypothesis_class: Any = None, *, epsilon: Any, delta: Any, question: str | None = None, **facts: Any
) -> SampleSize:
    """How many observations reach accuracy `epsilon` with probability 1 - `delta`.

    What is known of the class decides the theorems: `vc_dim`, `n_hypotheses`, `bits` (a description
    length), or an object with `log_growth`. `question` is `uniform` (the default for a class), `excess`,
    `realizable`, `description` (for bits), `test_set` (with `errors` allowed) or `interval` (a test set
    for a two-sided `epsilon`; `n_hypotheses` models at once).

    >>> sample_size(vc_dim=10, epsilon=0.05, delta=0.05).sufficient[-1].bound != ""
    True
    """
    if hypothesis_class is not None:
        facts = _facts_of(hypothesis_class) | facts
    question = question or _usual_question(facts)
    if question not in _QUESTIONS:
        raise ValueError(f"question must be one of {', '.join(_QUESTIONS)}, got {question!r}")
    inputs = {"epsilon": epsilon, "delta": delta, **facts}
    settle(("epsilon", "delta"), {"epsilon": epsilon, "delta": delta})
    _refuse_unknown(facts, question)
    sufficient, missing = _solved(_SUFFICIENT[question](), epsilon, delta, facts)
    if not sufficient and not missing:
        raise ValueError(f"no theorem answers {question!r} from {', '.join(facts) or 'nothing'}: "
                         f"give {_WANTED[question]}")  # fmt: skip
    necessary = _necessary(question, epsilon, delta, facts)
    return SampleSize(_QUESTIONS[question], sufficient, necessary, inputs, missing)


_WANTED = {
    "uniform": "vc_dim or n_hypotheses",
    "excess": "vc_dim or n_hypotheses",
    "realizable": "vc_dim or n_hypotheses",
    "test_set": "errors, the number allowed",
    "interval": "nothing more, or n_hypotheses for several models",
    "description": "bits or log_prior",
}
_KNOWN = {
    "uniform": {"vc_dim", "growth", "log_growth", "n_hypotheses", "log_cardinality", "natarajan_dim",
                "n_classes", "pseudo_dim"},
    "test_set": {"errors", "n_hypotheses"},
    "interval": {"n_hypotheses"},
    "description": {"bits", "log_prior"},
}  # fmt: skip


def _refuse_unknown(facts: Mapping[str, Any], question: str) -> None:
    known = _KNOWN.get(question, _KNOWN["uniform"] | {"massart_margin"})
    unknown = [name for name in facts if name not in known]
    if unknown:
        raise ValueError(
            f"{', '.join(unknown)} does not go with question {question!r}, which takes "
            f"{', '.join(sorted(known))}"
        )


def _facts_of(hypothesis_class: Any) -> dict[str, Any]:
    if isinstance(hypothesis_class, Growth) or hasattr(hypothesis_class, "log_growth"):
        return {"log_growth": hypothesis_class}
    raise ValueError(f"a hypothesis class has a log_growth; {hypothesis_class!r} has none")


def _usual_question(facts: Mapping[str, Any]) -> str:
    if "errors" in facts:
        return "test_set"
    if facts.keys() & {"bits", "log_prior"}:
        return "description"
    return "uniform" if facts else "interval"


Candidate = tuple[str, Bound | TwoSided, str]
"""A label, the theorem to solve, and the goal that epsilon is for it."""


def _proved(where: Callable[[Claim, Bound], bool]) -> Iterator[tuple[str, Bound]]:
    """The proved guarantees of the catalogue whose claim fits, in catalogue order."""
    for name, bound in catalogue.items():
        claim = bound.claim
        if bound.status == "proved" and claim.surely == "probability" and where(claim, bound):
            if not bound.fixed:
                yield name, bound


def _uniform(claim: Claim, bound: Bound) -> bool:
    return claim.scope == "every_hypothesis" and bound.additive and claim.form == "value"


def _uniform_candidates() -> Iterator[Candidate]:
    for name, bound in _proved(_uniform):
        yield name, bound.two_sided, "epsilon"
    yield from _printed_sizes("every_hypothesis", "gap")


def _excess_candidates() -> Iterator[Candidate]:
    for name, bound in _proved(_uniform):
        yield f"{name}, twice", erm_excess(bound), "epsilon"
    for name, bound in _proved(lambda c, b: c.scope == "erm" and c.form == "value"):
        yield name, bound, "epsilon"
    yield from _printed_sizes("erm", "excess_risk")


def _realizable_candidates() -> Iterator[Candidate]:
    for name, bound in _proved(lambda c, b: c.scope == "consistent_hypotheses" and c.form == "value"):
        if limits_risk(bound):
            yield name, bound, "target"
    yield from _printed_sizes("consistent_hypotheses", "risk")


def limits_risk(bound: Bound) -> bool:
    """Whether the bound limits a risk from above."""
    return bound.claim.quantity == "risk" and bound.claim.side in ("upper", "both")


def _printed_sizes(scope: str, quantity: str) -> Iterator[Candidate]:
    """The sample sizes that sources print in closed form."""

    def fits(claim: Claim, bound: Bound) -> bool:
        upper = claim.form == "sample_size" and claim.side != "lower"
        return upper and claim.scope == scope and claim.quantity == quantity

    for name, bound in _proved(fits):
        yield name, bound, "form"


def _test_set_candidates() -> Iterator[Candidate]:
    for name in ("clopper_pearson", "clopper_pearson_several"):
        yield name, catalogue[name], "target"


def _interval_candidates() -> Iterator[Candidate]:
    for name in ("hoeffding", "hoeffding_several"):
        yield name, catalogue[name].two_sided, "epsilon"


def _description_candidates() -> Iterator[Candidate]:
    for name, bound in _proved(lambda c, b: bool({"log_prior", "bits"} & set(b.arguments))):
        if bound.additive:
            yield name, bound, "epsilon"


_SUFFICIENT: dict[str, Callable[[], Iterator[Candidate]]] = {
    "uniform": _uniform_candidates,
    "excess": _excess_candidates,
    "realizable": _realizable_candidates,
    "test_set": _test_set_candidates,
    "interval": _interval_candidates,
    "description": _description_candidates,
}


def _solved(
    candidates: Iterator[Candidate], epsilon: Any, delta: Any, facts: Mapping[str, Any]
) -> tuple[list[Row], list[str]]:
    """A row for each theorem that the facts feed, and why others that they feed gave no number."""
    rows, missing = [], []
    for label, bound, goal in candidates:
        if not _feeds(bound, facts, goal):
            continue
        level = {"epsilon": epsilon} if goal == "form" else {goal: epsilon}
        try:
            n = solve(bound, "n", **level, delta=delta, **facts)
            rows.append(Row(int(n), label, bound.source, _growth_note(bound, facts)))
        except NoSolutionError as fault:
            missing.append(str(fault))
    return rows, missing


def _feeds(bound: Bound | TwoSided, facts: Mapping[str, Any], goal: str) -> bool:
    """Whether exactly these facts, with n, delta and the accuracy, are what the theorem takes."""
    names = [name for name in bound.arguments if name not in ("empirical_risk", "epsilon")]
    try:
        settle(names, {**facts, "delta": 0.5}, "n")
    except ValueError:
        return False
    return True


def _growth_note(bound: Bound | TwoSided, facts: Mapping[str, Any]) -> str:
    if "log_growth" not in bound.arguments or "vc_dim" not in facts:
        return ""
    return f"[growth: {facts.get('growth', 'sauer')}]"


_NECESSARY = {"uniform": ("excess_risk", 2), "excess": ("excess_risk", 1), "realizable": ("risk", 1)}


def _necessary(question: str, epsilon: Any, delta: Any, facts: Mapping[str, Any]) -> list[Row]:
    """What no learner can do without.

    A uniform deviation of epsilon makes the minimiser's excess at most 2 epsilon, so what that needs
    is needed.
    """
    if question not in _NECESSARY or "vc_dim" not in facts:
        return []
    quantity, factor = _NECESSARY[question]
    rows = []
    for name, bound in _proved(lambda c, b: c.scope == "every_learner" and c.form == "sample_size"):
        fits = bound.claim.quantity == quantity
        if not fits or not factor * epsilon < 1:
            continue
        given = {k: v for k, v in facts.items() if k in bound.arguments}
        value = bound(epsilon=factor * epsilon, delta=delta, **given)
        if value > 0:
            n = solve(bound, "n", epsilon=factor * epsilon, delta=delta, **given)
            rows.append(Row(int(n), name, bound.source, "at 2 epsilon" if factor == 2 else ""))
    return rows


class Ranking:
    """Theorems that answer one question from the same facts, the tightest first.

    Each holds with probability 1 - delta by itself. To claim the smallest of k, choose it before
    seeing the numbers or give each delta / k.
    """

    def __init__(self, answers: list[Answer], skipped: dict[str, str]) -> None:
        self.answers, self.skipped = answers, skipped

    @property
    def best(self) -> Answer:
        """The smallest bound."""
        if not self.answers:
            raise NoSolutionError("no theorem of the catalogue applies to what was given")
        return self.answers[0]

    @property
    def table(self) -> Table:
        """Value, vacuity and theorem, best first."""
        rows = [(float(a.value), a.vacuous, a.bound.name, a.source) for a in self.answers]
        return Table(("risk <=", "vacuous", "bound", "source"), rows)

    def __repr__(self) -> str:
        return f"{self.table.render('table')}\n{self.caution}"

    @property
    def caution(self) -> str:
        """What choosing the smallest costs."""
        return (
            f"each holds with probability at least 1 - delta by itself; to claim the smallest of these "
            f"{len(self.answers)}, fix the choice in advance or divide delta by {len(self.answers)}"
        )

    def to_dict(self) -> dict[str, Any]:
        """The answers as plain data."""
        return {"answers": [a.to_dict() for a in self.answers], "caution": self.caution}


def risk(*, n: Any, delta: Any, **facts: Any) -> Ranking:
    """What is guaranteed for a model that was trained on the very sample, best first.

    Give `errors` or `empirical_risk` on the training sample, and what is known of the class or of the
    hypothesis: `vc_dim`, `n_hypotheses`, `bits`, `natarajan_dim` and `n_classes`, ...
    """
    found, skipped = [], {}
    given = {"n": n, "delta": delta, **facts}
    clean = facts.get("errors") == 0 or facts.get("empirical_risk") == 0
    for name, bound in _proved(lambda c, b: limits_risk(b) and c.form == "value"):
        if bound.claim.scope not in _AFTER_TRAINING or (_needs_clean(bound) and not clean):
            continue
        usable = {k: v for k, v in given.items() if not (_needs_clean(bound) and k in _OBSERVED)}
        if not _OBSERVED.intersection(bound.arguments) and not _needs_clean(bound):
            continue
        try:
            found.append(Answer(bound, **usable))
        except ValueError as fault:
            skipped[name] = str(fault)
    if not found:
        raise ValueError(f"no theorem applies: {next(iter(skipped.values()), 'nothing is known')}")
    return Ranking(sorted(found, key=lambda a: a.raw), skipped)


_AFTER_TRAINING = ("every_hypothesis", "consistent_hypotheses")
_OBSERVED = {"errors", "empirical_risk"}


def _needs_clean(bound: Bound) -> bool:
    return bound.claim.scope == "consistent_hypotheses"
