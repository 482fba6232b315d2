"""What a comparison says: who is ranked and why others are not, who wins where, from where on."""

from __future__ import annotations

import math
from collections.abc import Collection
from functools import cached_property
from typing import Any

import numpy as np

from genbounds import __version__
from genbounds.answers import NEARLY_TRIVIAL, trivial_value
from genbounds.claims import Claim
from genbounds.class_facts import GHOST_NOTE, GHOSTS
from genbounds.comparison.crossing import Crossing, Race, first_best
from genbounds.comparison.evaluating import Entry, Point, Theorem, observed, one_sided
from genbounds.problems import NoSolutionError
from genbounds.solving import solve
from genbounds.two_sided import TwoSided
from genbounds.variables import VARIABLES

_BEFORE_SAMPLE = {
    "n", "delta", "epsilon", "target", "width", "vc_dim", "growth", "log_growth", "log_covering",
    "n_hypotheses", "log_cardinality", "natarajan_dim", "n_classes", "pseudo_dim", "fat_dim",
    "population_size", "n_ghost", "dimension", "weight_bound", "radius", "lipschitz", "variance",
    "massart_margin", "n_rounds", "max_margin",
}  # fmt: skip
"""Facts that no look at the sample is needed for."""


class Comparison:
    """Bounds on the same facts that answer the same question, the tightest first.

    Numbers are floats, or arrays of shape (len(axis), ...) where one or two facts are arrays
    (`axes`). `raw` are the formulas' values, `values` the same clipped, `gaps` what they add to the
    empirical risk, `vacuous` whether they say nothing, `ratios` how much larger than the best.
    """

    def __init__(
        self, question: Claim, kind: str, point: Point, entries: list[Entry],
        left_out: dict[str, str], split: bool, idle: Collection[str] = (),
    ) -> None:  # fmt: skip
        self.question, self.kind, self.split = question, kind, split
        self._idle = idle
        self.axes, self.facts, self.left_out = point.axes, point.facts, left_out
        self.point = point
        self._sign = -1 if question.side == "lower" and kind in ("value", "gap") else 1
        winners = self._winners(entries)
        order = sorted(range(len(entries)), key=lambda i: self._rank(entries, winners, i))
        self.entries = [entries[i] for i in order]

    def _rank(self, entries: list[Entry], winners: np.ndarray, i: int) -> tuple[float, float, int]:
        """Points won, then the median value, then the order of the call."""
        middle = float(np.median(entries[i].raw)) * self._sign
        return -int((winners == i).sum()), middle, i

    def _winners(self, entries: list[Entry]) -> np.ndarray:
        return first_best(np.array([entry.raw for entry in entries]), self._sign)

    # --- numbers

    @property
    def side(self) -> str:
        """upper, lower or both."""
        return "upper" if self.question.side == "equal" else self.question.side

    @property
    def bounds(self) -> tuple[Theorem, ...]:
        """The theorems that are ranked, the tightest first."""
        return tuple(entry.theorem for entry in self.entries)

    @property
    def names(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(entry.name for entry in self.entries)

    @cached_property
    def raw(self) -> dict[str, Any]:
        """The formulas' values."""
        return {entry.name: _plain(entry.raw) for entry in self.entries}

    @cached_property
    def trivial(self) -> float | None:
        """What holds without any data; None where nothing does."""
        if self.kind == "delta":
            return 1.0
        if self.kind == "n":
            return None
        if self.is_gap:
            found = trivial_value(self.question._replace(quantity="gap"), "upper")
            return None if found is None else self._sign * found * self._width
        found = trivial_value(self.question, self.side)
        return None if found is None else found * self._width

    @property
    def is_gap(self) -> bool:
        """Whether deviations are compared, not values."""
        return self.kind == "gap" or self.side == "both"

    @property
    def _width(self) -> float:
        return float(self.facts.get("width", 1)) ** one_sided(self.entries[0].theorem).degree

    @cached_property
    def values(self) -> dict[str, Any]:
        """The values cut to what the quantity can be."""
        if self.trivial is None:
            return self.raw
        far = "lower" if self.side == "upper" else "upper"
        other = -self._sign if self.is_gap else trivial_value(self.question, far)
        ends = [self.trivial, self.trivial if other is None else other * self._width]
        low = -math.inf if other is None else min(ends)
        return {e.name: _plain(np.clip(e.raw, low, max(ends))) for e in self.entries}

    @cached_property
    def gaps(self) -> dict[str, Any] | None:
        """The deviations from the empirical risk; None where none is known or asked about."""
        if self.is_gap:
            return self.raw
        seen = observed(self.point.grid)
        if seen is None or self.kind != "value":
            return None
        return {e.name: _plain(self._sign * (e.raw - seen)) for e in self.entries}

    @cached_property
    def vacuous(self) -> dict[str, Any]:
        """Whether a value says nothing beyond what holds without data."""
        return {entry.name: _plain(self._says_nothing(entry)) for entry in self.entries}

    def _says_nothing(self, entry: Entry) -> np.ndarray:
        if self.trivial is None:
            return np.asarray(~np.isfinite(entry.raw))
        room = NEARLY_TRIVIAL * self._width
        if isinstance(entry.theorem, TwoSided) and self.kind == "value":
            low, high = (np.broadcast_to(x, entry.raw.shape) for x in entry.theorem(**entry.facts))
            ends = (trivial_value(self.question, side) for side in ("lower", "upper"))
            least, most = (x if x is None else x * self._width for x in ends)
            if least is not None and most is not None:
                return np.asarray((low <= least + room) & (high >= most - room))
        return np.asarray((entry.raw - self.trivial) * self._sign >= -room)

    @cached_property
    def winners(self) -> np.ndarray:
        """The index in `names` of the tightest at every point, -1 where none has a finite value."""
        return self._winners(self.entries)

    @cached_property
    def best(self) -> Any:
        """The name of the tightest; an array of names, None where nothing speaks, on a grid."""
        found = np.array([*self.names, None], dtype=object)[self.winners]
        return found if self.axes else found.item() if hasattr(found, "item") else found

    @cached_property
    def ratios(self) -> dict[str, Any]:
        """Every value over the best one: 1 for the best, infinite where only others speak."""
        least = self._best_raw
        with np.errstate(all="ignore"):
            return {e.name: _plain(_ratio(e.raw, least)) for e in self.entries}

    @cached_property
    def _best_raw(self) -> np.ndarray:
        stack = np.array([entry.raw for entry in self.entries])
        return np.asarray(stack.min(axis=0) if self._sign > 0 else stack.max(axis=0))

    # --- where things change

    @cached_property
    def crossings(self) -> tuple[Crossing, ...]:
        """Where along the one axis the tightest changes: exact whole numbers for n and the like."""
        if len(self.axes) != 1 or self.kind in ("n", "delta"):
            return ()
        ((name, axis),) = self.axes.items()
        whole = name == "n" or VARIABLES[name].kind == "integer"
        race = Race(
            {e.name: e.number for e in self.entries}, {e.name: e.facts for e in self.entries},
            name, whole, self._sign,
        )  # fmt: skip
        return tuple(race.changes(float(axis[0]), float(axis[-1]), axis))

    @cached_property
    def speaks_from(self) -> dict[str, int | None]:
        """The least n from which on each bound is not vacuous, exact; None where no n will do.

        Only where n is the one axis, or every fact is scalar; without bounds that are not solved
        for n: those that are not monotone in it, and those at a fixed count of errors.
        """
        if self.trivial is None or set(self.axes) - {"n"} or self.kind in ("n", "delta"):
            return {}
        edge = self.trivial - self._sign * NEARLY_TRIVIAL * self._width
        return self._solved(edge)

    def reaches(self, level: float) -> dict[str, int]:
        """The least n at which each bound is at most `level` (at least, from below), exact.

        Bounds that no n brings there are left out; `level` is in the unit of what is compared.
        """
        if set(self.axes) - {"n"} or self.kind in ("n", "delta"):
            raise ValueError("reaches needs a comparison of values in which only n is an array")
        return {name: n for name, n in self._solved(level).items() if n is not None}

    def _solved(self, level: float) -> dict[str, int | None]:
        found = {}
        for entry in self.entries:
            try:
                found[entry.name] = self._least_n(entry, level)
            except ValueError:
                continue  # not monotone in n, or a count that n would change
        return found

    def _least_n(self, entry: Entry, level: float) -> int | None:
        facts = {k: v for k, v in entry.facts.items() if k not in ("n", "errors")}
        if "errors" in entry.facts:
            from fractions import Fraction

            if "n" in self.axes:
                raise ValueError("a fixed count of errors at every n")
            facts["empirical_risk"] = Fraction(int(entry.facts["errors"]), int(entry.facts["n"]))
        mirrored = self.side == "lower" and entry.theorem.claim.side == "both"
        theorem = one_sided(entry.theorem).two_sided if mirrored else entry.theorem
        if mirrored and not self.is_gap:
            raise ValueError("a mirrored end is solved for a deviation only")
        facts["epsilon" if self.is_gap else "target"] = abs(level) if self.is_gap else level
        try:
            return int(solve(theorem, "n", **facts))
        except NoSolutionError:
            return None

    # --- what it means

    @cached_property
    def free_choice(self) -> bool:
        """Whether the order rests on facts alone that were known before the sample."""
        seen = set(self.point.grid) - _BEFORE_SAMPLE
        if not seen or self.kind in ("n", "delta"):  # a plan: its rates are no observations
            return True
        shifted = {"empirical_risk", "errors"} >= seen and self._width == 1
        return shifted and all(entry.theorem.additive for entry in self.entries)

    @property
    def events(self) -> int:
        """How many events stand behind the theorems: what the smallest of all of them costs.

        Theorems on samples without errors count whether or not there were errors: who pays must
        not depend on the sample.
        """
        return len({entry.event for entry in self.entries}.union(self._idle))

    @property
    def caution(self) -> str:
        """What choosing the smallest costs."""
        k = self.events
        if "delta" not in self.point.grid or len(self.entries) == 1:
            return ""
        if self.split:
            return (
                f"Each of the {k} events has delta/{k}: all of these statements hold at once with "
                "probability at least 1 - delta, the smallest among them."
            )
        if self.free_choice:
            return (
                "Each holds with probability at least 1 - delta. Their order does not depend on "
                "the sample, so the choice of the smallest was fixed in advance and costs nothing."
            )
        return (
            "Each holds with probability at least 1 - delta by itself. The order depends on the "
            f"sample: to claim the smallest, fix the choice beforehand, or split delta, which "
            f"gives each of the {k} events delta/{k}."
        )

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What the reader should know about this very comparison."""
        from genbounds.comparison.counting import about_growth

        found = list(self.point.notes)
        if not self.question.is_guarantee:
            found.append(f"{self.question.surely}: no guarantee")
        printed = [e.name for e in self.entries if e.theorem.status == "printed"]
        if printed:
            found.append(f"printed, but not proved: {', '.join(printed)}")
        found += about_growth(self)
        used = {name for entry in self.entries for name in entry.facts}
        if "n_ghost" not in self.point.grid and GHOSTS.keys() & set(self.names):
            found.append(GHOST_NOTE)
        idle = [name for name in self.facts if name not in used and name != "growth"]
        if idle:
            found.append(f"no bound that is ranked takes {', '.join(idle)}")
        return tuple(found)

    # --- as text and data: all in `tables.py`

    @property
    def sentence(self) -> str:
        """Who is tightest, where."""
        from genbounds.comparison import tables

        return tables.sentence(self)

    @property
    def table(self) -> Any:
        """One row a bound; with axes one row a bound and point (`genbounds.rendering.Table`)."""
        from genbounds.comparison import tables

        return tables.long_table(self)

    @property
    def text(self) -> str:
        """For a terminal."""
        from genbounds.comparison import tables

        return tables.text(self)

    @property
    def markdown(self) -> str:
        """For a report in Markdown."""
        from genbounds.comparison import tables

        return tables.markdown(self)

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        from genbounds.comparison import tables

        return tables.html(self)

    def to_markdown(self) -> str:
        """The table in Markdown."""
        from genbounds.comparison import tables

        return tables.short_table(self).render("markdown")

    def to_latex(self) -> str:
        """The table in LaTeX (booktabs), each source as a `\\cite`."""
        from genbounds.comparison import tables

        return tables.latex(self)

    def to_csv(self) -> str:
        """Every number with all its digits, one row a bound and point."""
        return str(self.table.render("csv"))

    def to_pandas(self) -> Any:
        """The table as a `pandas.DataFrame`, one row a bound and point."""
        import pandas

        return pandas.DataFrame(self.table.rows, columns=list(self.table.columns))

    def to_polars(self) -> Any:
        """The table as a `polars.DataFrame`, one row a bound and point."""
        import polars

        return polars.DataFrame(
            list(map(tuple, self.table.rows)), schema=list(self.table.columns), orient="row",
            infer_schema_length=None,
        )  # fmt: skip

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain data, infinities as words."""
        from genbounds.comparison import tables

        return {"version": __version__, **tables.record(self)}

    def bibtex(self) -> str:
        """BibTeX of the theorems that are ranked, each source once."""
        from genbounds.references import keys, library

        wanted = dict.fromkeys(k for e in self.entries for k in keys(e.theorem.source))
        return "\n\n".join(library()[key] for key in wanted if key in library())

    def plot(self, path: Any = None, *, overwrite: bool = False, **style: Any) -> Any:
        """Curves along one axis, a map over two; written to a file if there is a path."""
        from genbounds.plot import comparison_display

        return comparison_display(self, path, overwrite=overwrite, **style)


def _plain(values: np.ndarray) -> Any:
    return values if values.ndim else values.item()


def _ratio(raw: np.ndarray, least: np.ndarray) -> np.ndarray:
    """raw/least, 1 where they are equal, whatever they are."""
    return np.where(raw == least, 1.0, np.where(np.isfinite(raw), raw / least, np.inf))
