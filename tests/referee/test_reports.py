"""What coverage, refutation and slack say: in words, in HTML, and in strict JSON.

No verdict here depends on luck: the samples that are asked for always fail, or never.
"""

import json
import math
from dataclasses import replace
from fractions import Fraction as F

import numpy as np
import pytest

import genbounds as gb
from genbounds.referee.counterexamples import Counterexample
from genbounds.referee.histograms import Histogram
from genbounds.referee.mistakes import MISTAKES
from genbounds.referee.refuting import Refutation
from genbounds.referee.searching import Search
from genbounds.referee.slacks import Slack
from genbounds.referee.validating import Coverage
from genbounds.referee.worlds import BestOf, FiniteWorld, ThresholdsWorld

COIN = FiniteWorld(("1/2", "1/2"), ((1, 0),))
SEARCHED = Search([], 3, 70, (1, 2), 0.5)
NOWHERE = Search([], 0, 0, (), 0.0)


def strict(record):
    """A record after a trip through JSON that knows no NaN and no infinity."""
    return json.loads(json.dumps(record, allow_nan=False))


def coverage(violations, trials=10_000, world=COIN, name="wald", **changes):
    ratios = Histogram.of(np.repeat([0.5, math.inf], [trials - violations, violations]))
    margins = Histogram.of(np.repeat([0.1, -0.3], [trials - violations, violations]))
    found = Coverage(
        gb.catalogue[name], world, 7, 0.05, trials, violations, 1e-6, margins, ratios, {}, 3
    )
    return replace(found, **changes)


@pytest.fixture
def tossed_once():
    """At one toss of a coin without an error Wald's limit is 0, below the risk 1/2."""
    bound = gb.catalogue["wald"]
    return Counterexample(bound, COIN, 1, F(1, 20), F(1, 2), {"catoni_c": F(1, 3)})


@pytest.mark.parametrize(
    ("found", "verdict", "reason"),
    [
        (coverage(2000), "refuted", "the whole interval is above delta"),
        (coverage(2000, world=BestOf("1/2", 2)), "misused", "does not speak"),
        (coverage(100), "consistent", "at most delta"),
        (coverage(500), "undecided", "more trials make it narrower"),
    ],
)
def test_a_verdict_has_its_reason(found, verdict, reason):
    assert found.text.splitlines()[0].endswith(f"at delta = 0.05: {verdict}.")
    (row,) = (part for label, part in found.report.rows if label == "verdict")
    assert row.startswith(f"{verdict}: ")
    assert reason in row


def test_a_search_below_the_supremum_says_so():
    class Nearly(FiniteWorld):
        exact_supremum = False

    found = coverage(0, world=Nearly(("1/2", "1/2"), ((1, 0),)))
    assert found.verdict == "undecided"
    assert "only comes near the supremum" in dict(found.report.rows)["verdict"]


def test_the_numbers_of_a_coverage():
    rows = dict(coverage(2000).report.rows)
    assert rows["failures"] == "2000 of 10000, a rate of 0.2"
    assert rows["margin"] == "bound less truth: -0.3 to 0.1, median 0.1"
    assert rows["ratio"].endswith("0.5 to inf, median 0.5")
    assert "tightness" not in rows
    assert "0.5" in dict(coverage(100).report.rows)["tightness"]
    assert "not covered" not in rows
    assert "scope" in dict(coverage(9, world=BestOf("1/2", 2)).report.rows)["not covered"]
    assert rows["world"][0] == COIN.sentence
    world = dict(coverage(0, world=ThresholdsWorld()).report.rows)["world"]
    assert world[1] == repr(ThresholdsWorld())


def test_a_coverage_as_data():
    record = strict(coverage(2000, parameters={"catoni_c": F(1, 3)}).to_dict())
    assert record["rate"] == 0.2
    assert record["interval"][0] < 0.2 < record["interval"][1]
    assert record["ratios"]["most"] is None
    assert record["ratios"]["quantiles"]["0.99"][1] is None
    low, high = record["margins"]["quantiles"]["0.5"]
    assert low <= 0.1 <= high
    assert record["parameters"] == {"catoni_c": "1/3"}


def test_a_counterexample_in_words(tossed_once):
    found = Refutation(tossed_once.bound, 0.05, tossed_once, 0.5, SEARCHED)
    text = found.text
    assert text.startswith("wald fails with probability 1/2, allowed: delta = 1/20, at n = 1")
    assert "counts 0, 1: probability 1/2: the truth is 0.5, the bound says 0" in text
    assert "70 worlds in 3 arenas" in text
    assert str(tossed_once).splitlines()[1] == f"  {COIN.sentence}"
    record = strict(found.to_dict())
    assert (record["verdict"], record["ratio"]) == ("refuted", 10.0)
    assert record["counterexample"]["parameters"] == {"catoni_c": "1/3"}


def test_what_may_never_fail_has_no_ratio():
    certain = next(m for m in MISTAKES if m.name == "massart_of_entries").counterexample
    record = strict(Refutation(certain.bound, 0.0, certain, 1.0, SEARCHED).to_dict())
    assert record["ratio"] is record["counterexample"]["ratio"] is None
    assert "allowed: never" in str(certain)


def test_no_counterexample():
    bound = gb.catalogue["hoeffding"]
    found = Refutation(bound, 0.05, None, 0.02, SEARCHED)
    assert found.text.startswith("hoeffding is not refuted at delta = 0.05.")
    assert "fails with 0.4 times delta" in found.text
    untested = Refutation(bound, 0.05, None, 0.0, NOWHERE)
    assert untested.text.startswith("hoeffding is not tested")
    assert "times delta" not in untested.text


@pytest.mark.parametrize(
    ("value", "factor", "said", "written"),
    [
        (0.75, F(3, 4), "needs at least 0.75 of its radius", 0.75),
        (math.inf, F(10**6), "multiplied by any factor", None),
        (math.nan, F(0), "no factor on its radius was refuted", None),
    ],
)
def test_slacks(tossed_once, value, factor, said, written):
    example = tossed_once if factor else None
    found = Slack(gb.catalogue["wald"], 0.05, value, factor, example, SEARCHED)
    assert said in found.text
    record = strict(found.to_dict())
    assert (record["slack"], record["certified"]) == (written, str(factor))


def test_every_form_shows_the_same_headline(tossed_once):
    bound = gb.catalogue["wald"]
    for found in (
        coverage(10),
        Refutation(bound, 0.05, tossed_once, 0.5, SEARCHED),
        Slack(bound, 0.05, 0.5, F(1, 2), tossed_once, SEARCHED),
    ):
        headline = found.report.headline
        assert headline in found._repr_html_()
        assert found.markdown.startswith("**wald")
        assert repr(found) == str(found) == found.text
        assert " ".join(found.text.split()).startswith(headline)
