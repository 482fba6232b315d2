"""Arguments at which something once failed: each runs through every property that applies.

When a test of this folder fails, hypothesis prints its shrunk arguments as `facts=...`. Keep them:

    python -m tests.catalogue.regressions BOUND "{'n': 1, 'delta': 0.5}" "what was wrong"

where BOUND is a name of the catalogue or the statement of a pair in `orderings`, in quotes.
"""

import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

import genbounds as gb
from genbounds.growth import Polynomial, PolynomialPlusOne, Sauer, SauerExp
from tests.catalogue.draws import Haussler
from tests.catalogue.orderings import ORDERINGS
from tests.catalogue.properties import PROPERTIES, Facts

FILE = Path(__file__).with_suffix(".json")
PAIRS = {pair.statement: pair for pair in ORDERINGS}
FUNCTIONS = {kind.__name__: kind for kind in (Haussler, Polynomial, PolynomialPlusOne, Sauer,
                                              SauerExp)}  # fmt: skip


class Case(NamedTuple):
    """One check: what of, the property, and the arguments."""

    about: Any
    property: str
    facts: Facts

    def run(self) -> None:
        if self.property == "pair":
            assert self.about.unmet(self.facts) or self.about.holds(self.facts)
        else:
            PROPERTIES[self.property].check(self.about, self.facts)


def rows() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def cases(row: dict[str, Any]) -> list[Case]:
    """The properties of a bound; of a pair its ordering, and the properties of its two sides."""
    facts = {name: _value(x) for name, x in row["arguments"].items()}
    if row["bound"] in PAIRS:
        pair = PAIRS[row["bound"]]
        sides = [(side.bound, side.facts(facts)) for side in (pair.smaller, pair.larger)]
        return [Case(pair, "pair", facts), *(c for side in sides for c in _of_bound(*side))]
    return _of_bound(gb.catalogue[row["bound"]], facts)


def _of_bound(bound: Any, facts: Facts) -> list[Case]:
    return [Case(bound, name, facts) for name, p in PROPERTIES.items() if bound in p.bounds]


def _value(x: Any) -> Any:
    """A growth function or a covering number is text, a sequence a list."""
    if isinstance(x, str):
        return eval(x, dict(FUNCTIONS))
    return tuple(x) if isinstance(x, list) else x


def _as_json(x: Any) -> Any:
    return x if isinstance(x, (int, float, tuple)) else repr(x)


def keep(bound: str, facts: Facts, why: str) -> None:
    """Append a row, after a look at whether it can be read."""
    row = {"bound": bound, "arguments": {k: _as_json(x) for k, x in facts.items()}, "why": why}
    assert cases(json.loads(json.dumps(row)))
    text = ",\n".join(json.dumps(each) for each in [*rows(), row])
    FILE.write_text(f"[\n{text}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    keep(sys.argv[1], eval(sys.argv[2], dict(FUNCTIONS)), sys.argv[3])
