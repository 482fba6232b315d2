"""One bound explained on the user's numbers, for a reader who has never seen it."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from genbounds.answers import Answer
from genbounds.arguments import settle
from genbounds.backends import plain, tex
from genbounds.claims import Claim
from genbounds.declaration import Bound
from genbounds.estimates import Estimate
from genbounds.explanation import recording, silences, substitution
from genbounds.explanation.questions import Need, Question, needs_of, questions_of
from genbounds.explanation.sources import Source, sources_of
from genbounds.explanation.substitution import Step
from genbounds.explanation.verdict import partner, verdict
from genbounds.generic import Exact
from genbounds.packing import kept, pack, shown
from genbounds.references import bibtex
from genbounds.registry import as_bound
from genbounds.rendering import left_side, safely_rounded
from genbounds.two_sided import TwoSided
from genbounds.variables import DERIVATIONS, VARIABLES


class Symbol(NamedTuple):
    """A symbol of the formula: its name, LaTeX, meaning and range, and what it is in this call."""

    name: str
    latex: str
    meaning: str
    domain: str
    value: str = ""
    how: str = ""

    def __str__(self) -> str:
        value = f" = {self.value}" if self.value else ""
        return f"{self.name}{value}: {self.meaning}" + (f" ({self.how})" if self.how else "")


class Explanation:
    """A bound explained, part by part; it prints itself as text, Markdown, LaTeX, HTML and JSON.

    `answer` is the bound's answer on the facts; None where facts are missing (named in `missing`)
    or where the theorem has no number.
    """

    def __init__(self, bound: Bound | TwoSided, facts: Mapping[str, Any]) -> None:
        self.bound = bound
        self.facts = {k: kept(v) for k, v in facts.items()}
        self.missing = _missing(bound, self.facts)
        numbered = bound.status != "order" and not self.missing
        self.answer = Answer(bound, **self.facts) if numbered else None
        if not numbered:
            _check(bound, self.facts, self.missing)

    def __repr__(self) -> str:
        return self.text

    @property
    def claim(self) -> Claim:
        """What the bound says, as fields."""
        return self.bound.claim

    @property
    def theorem(self) -> Bound:
        """The one-sided theorem, also of a two-sided bound."""
        return self.bound.bound if isinstance(self.bound, TwoSided) else self.bound

    # --- the parts

    @cached_property
    def verdict(self) -> str:
        """What it comes to, in plain words; without numbers, what the theorem claims."""
        return self.claim.sentence if self.answer is None else verdict(self.answer)

    @property
    def about(self) -> str:
        """What the theorem's author adds: the first lines of its documentation."""
        lines = (self.theorem.__doc__ or "").split(">>>")[0].split("\n\n")
        return " ".join(" ".join(lines).split())

    @property
    def formula(self) -> str:
        """The inequality in LaTeX, as it is written in the source's symbols."""
        if isinstance(self.bound, TwoSided):
            return _interval(self.bound)
        signs = {"lower": r"\ge", "equal": "="}
        necessary = self.claim.form == "sample_size" and self.claim.side != "lower"
        sign = r"\ge" if necessary else signs.get(self.claim.side, r"\le")
        return f"{left_side(self.bound)} {sign} {self.bound.latex}"

    @cached_property
    def plain_formula(self) -> tuple[str, ...]:
        """The formula for a terminal, after the definitions of the names that it uses."""
        return tuple(recording.in_words(self.bound))

    @cached_property
    def symbols(self) -> tuple[Symbol, ...]:
        """Every symbol with its meaning, the value given and how it was derived from others."""
        return tuple(self._symbol(name) for name in self.bound.arguments)

    def _symbol(self, name: str) -> Symbol:
        v = VARIABLES[name]
        value, how = self._value(name)
        return Symbol(name, v.latex, v.meaning, v.domain, value, how)

    def _value(self, name: str) -> tuple[str, str]:
        if name in self.facts:
            return _given(self.facts[name]), self._how_used(name)
        if self.answer is None:
            return "", ""
        derived = _values(self._settled)[name]
        notes = {d.target: d.sentence for d in self._settled.derivations}
        value = "" if VARIABLES[name].kind == "function" else f"{derived:.6g}"
        return value, notes.get(name, "")

    def _how_used(self, name: str) -> str:
        """Estimates enter at their safe end, losses in units of their width."""
        if self.answer is None:
            return ""
        used, given = self._settled.facts.get(name), self.facts[name]
        same = not isinstance(used, (int, float)) or (
            isinstance(given, (int, float)) and float(used) == float(given)
        )
        return "" if same or not self._changed else f"used as {used:.6g}"

    @property
    def _changed(self) -> bool:
        return self._prepared != self.facts

    @cached_property
    def _prepared(self) -> dict[str, Any]:
        return self.theorem.prepared(self.facts)[0]

    @cached_property
    def _settled(self) -> Any:
        return settle(self.theorem.arguments, self._prepared)

    @cached_property
    def _computed(self) -> list[tuple[str, Any]]:
        if self.answer is None or self.answer.unmet:
            return []
        return recording.computations(self.bound, self.facts)

    @property
    def substituted(self) -> tuple[tuple[str, str], ...]:
        """The formula with the numbers in it, (LaTeX, plain text), one for each side."""
        return tuple(
            (substitution.substituted(x, tex), substitution.substituted(x, plain))
            for _, x in self._computed
        )

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The calculation, innermost first; the last step of each side gives its raw value.

        Where the raw value is cut to what the quantity can be, a step labelled `clipped` follows.
        """
        found: list[Step] = []
        for side, value in self._computed:
            *way, last = substitution.steps_of(value, side)
            found = [*substitution.merged(found, way), last, *self._clipped(side, last.value)]
        return tuple(found)

    def _clipped(self, side: str, raw: float) -> list[Step]:
        value = self.answer.clipped(raw, side) if self.answer else raw
        if value == raw:
            return []
        shown = safely_rounded(value, side, 6)
        note = "the raw value lies outside what the quantity can be"
        return [Step(shown, shown, value, "clipped", r"\mathrm{clipped}", note, False, side)]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Each condition as a question, with the answer that the theorem needs."""
        return questions_of(self.theorem)

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """The relations that the arguments must satisfy, with numbers where there are any."""
        return needs_of(self.theorem, None if self.answer is None else _values(self._settled))

    @property
    def silent_about(self) -> tuple[str, ...]:
        """What the bound does not say, one sentence each."""
        return silences.silences_of(self.bound)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Authors, year, title and place of the theorem."""
        return sources_of(self.source)

    @property
    def source(self) -> str:
        """Keys and places of all the theorems that are used, the other end's included."""
        bound, used = self.bound, [self.bound.source]
        if isinstance(bound, TwoSided) and not (bound.additive or bound.deviation):
            used += [bound.lower.source, bound.upper.source]
        end = None if self.answer is None else partner(self.answer)
        used += [end.theorem.source] if end is not None else []
        return "; ".join(dict.fromkeys(part.strip() for x in used for part in x.split(";")))

    @property
    def bibtex(self) -> str:
        """BibTeX of the sources."""
        return bibtex(self.source)

    @property
    def notes(self) -> tuple[str, ...]:
        """What the reader should know about this very call."""
        if self.answer is not None:
            return self.answer.notes
        found = [f"without numbers: {name} is missing" for name in self.missing]
        if self.bound.status == "order":
            found.append("known up to a constant only: it has a rate but no number")
        return (
            *found,
            *([f"{self.theorem.status}: {self.theorem.why}"] if self.theorem.why else []),
        )

    # --- as text and data

    @property
    def text(self) -> str:
        """For a terminal."""
        from genbounds.explanation.renderings import as_plain_text

        return as_plain_text(self)

    @property
    def markdown(self) -> str:
        """For a report in Markdown, formulas between dollar signs."""
        from genbounds.explanation.renderings import as_markdown_text

        return as_markdown_text(self)

    @property
    def latex(self) -> str:
        """For a paper: paragraphs, an aligned calculation, the keys to cite."""
        from genbounds.explanation.renderings import as_latex_text

        return as_latex_text(self)

    def _repr_html_(self) -> str:
        from genbounds.explanation.renderings import as_html_text

        return as_html_text(self)

    def to_dict(self) -> dict[str, Any]:
        """All parts as JSON data."""
        return {
            "bound": self.bound.name,
            "status": self.bound.status if self.answer is None else self.answer.status,
            "verdict": self.verdict,
            "formula": {"latex": self.formula, "plain": list(self.plain_formula)},
            "symbols": [symbol._asdict() for symbol in self.symbols],
            "substituted": [
                dict(zip(("latex", "plain"), x, strict=True)) for x in self.substituted
            ],
            "steps": [_finite(step._asdict()) for step in self.steps],
            "questions": [question._asdict() for question in self.questions],
            "needs": [need._asdict() for need in self.needs],
            "silent_about": list(self.silent_about),
            "sources": [source._asdict() for source in self.sources],
            "bibtex": self.bibtex,
            "notes": list(self.notes),
            "inputs": {k: _packed(k, v) for k, v in self.facts.items()},
            "answer": None if self.answer is None else self._answer_record(),
        }

    def _answer_record(self) -> dict[str, Any]:
        found: Any = self.answer
        return dict(_finite({"raw": found.raw, "value": found.value, "vacuous": found.vacuous}))


def explain(bound: Bound | TwoSided | str, **facts: Any) -> Explanation:
    """The bound, or the one of that name, explained on facts; without them, or with some missing,
    the theorem is explained without numbers. `ValueError` names every fault of the facts given.

    >>> explain("hoeffding", empirical_risk=0.1, n=1000, delta=0.05).steps[-1].value
    0.1387022756020495
    """
    return Explanation(as_bound(bound), facts)


# --- what was given, what is missing


def _missing(bound: Bound | TwoSided, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The arguments that are neither given nor derivable from what is."""
    derivable = {d.target for d in DERIVATIONS if facts.keys() >= set(d.sources)}
    return tuple(x for x in bound.arguments if x not in facts and x not in derivable)


def _check(bound: Bound | TwoSided, facts: Mapping[str, Any], missing: Iterable[str]) -> None:
    """Of a part of the facts every fault that shows already."""
    known = [x for x in bound.arguments if x not in missing]
    useful = [
        s for d in DERIVATIONS if d.target in bound.arguments for s in d.sources if s in facts
    ]
    given = {k: v for k, v in facts.items() if k != "width"}
    settle([*known, *(x for x in useful if x not in known)], given)


def _values(settled: Any) -> dict[str, Any]:
    """The numbers that the formula takes; exact ones, which print as no number, as floats."""
    return {k: v.within("floats") if isinstance(v, Exact) else v for k, v in settled.values.items()}


def _given(value: Any) -> str:
    """What was given, in few words."""
    if isinstance(value, Estimate):
        ends = f"between {value.lower:.6g} and {value.upper:.6g}"
        return f"{ends}, except with probability {value.delta:g}"
    return repr(value) if callable(value) else shown(value)


def _interval(bound: TwoSided) -> str:
    """A two-sided statement in LaTeX."""
    left = left_side(bound.bound)
    if bound.deviation:
        return rf"\left|{left}\right| \le {bound.latex}"
    if bound.additive:
        seen = VARIABLES[bound.bound.empirical or ""].latex
        return rf"\left|{left} - {seen}\right| \le {bound.latex}"
    shared = "" if bound.one_event else r",\quad \delta \to \delta/2"
    return rf"{bound.lower.latex} \le {left} \le {bound.upper.latex}{shared}"


# --- data


def _packed(name: str, value: Any) -> Any:
    try:
        return pack(name, value)
    except ValueError:  # a function of the user's
        return repr(value)


def _finite(value: Any) -> Any:
    """JSON has no infinity: it is written as a word."""
    if isinstance(value, dict):
        return {k: _finite(v) for k, v in value.items()}
    if isinstance(value, tuple):
        return [_finite(x) for x in value]
    return repr(value) if isinstance(value, float) and value - value != 0 else value
