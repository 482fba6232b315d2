"""Several models on the same test points."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

import genbounds as gb

TRUTH = [0, 1] * 50
MODELS = {
    "good": TRUTH,
    "fair": [1 - y if i < 10 else y for i, y in enumerate(TRUTH)],
    "poor": [1 - y if i >= 60 else y for i, y in enumerate(TRUTH)],
}
FOUND = gb.compare_models(TRUTH, MODELS, delta=0.05)


def test_each_model_has_the_exact_interval_at_its_share():
    assert [(m.name, m.errors, m.n) for m in FOUND.models] == [
        ("good", 0, 100), ("fair", 10, 100), ("poor", 40, 100),
    ]  # fmt: skip
    for model in FOUND.models:
        exact = gb.catalogue["clopper_pearson"].two_sided
        assert (model.lower, model.upper) == exact(errors=model.errors, n=100, delta=0.05 / 3)


def test_every_pair_is_compared_exactly():
    assert [(p.first, p.second) for p in FOUND.pairs] == [
        ("good", "fair"), ("good", "poor"), ("fair", "poor"),
    ]  # fmt: skip
    assert [(p.first_only, p.second_only) for p in FOUND.pairs] == [(0, 10), (0, 40), (10, 40)]
    assert FOUND.pairs[0].p_value == approx(2 / 2**10, rel=1e-13)
    assert [p.adjusted for p in FOUND.pairs] == gb.multiplicity.holm(p.p_value for p in FOUND.pairs)
    for pair in FOUND.pairs:
        exact = gb.catalogue["risk_difference"].two_sided(
            errors_first_only=pair.first_only, errors_second_only=pair.second_only, n=100,
            delta=0.05 / 3,
        )  # fmt: skip
        assert (pair.lower, pair.upper) == exact


def test_mcnemar_of_a_published_question():
    """EV-7: 300 against 220."""
    truth = [0] * 1000
    first = [1] * 300 + [0] * 700
    second = [0] * 300 + [1] * 220 + [0] * 480
    (pair,) = gb.compare_models(truth, {"a": first, "b": second}).pairs
    assert pair.p_value == approx(0.0005194158497, rel=1e-9)
    assert pair.lower < 0.08 < pair.upper


@given(st.lists(st.tuples(*[st.integers(0, 2)] * 3), min_size=1, max_size=60))
def test_swapping_two_models_mirrors_the_comparison(rows):
    truth, a, b = zip(*rows, strict=True)
    (one,) = gb.compare_models(truth, {"a": a, "b": b}).pairs
    (other,) = gb.compare_models(truth, {"b": b, "a": a}).pairs
    assert one.p_value == other.p_value
    assert (one.lower, one.upper) == approx((-other.upper, -other.lower), abs=1e-15)
    difference = (sum(x != y for x, y in zip(a, truth, strict=True))
                  - sum(x != y for x, y in zip(b, truth, strict=True))) / len(rows)  # fmt: skip
    assert one.lower <= difference <= one.upper


def test_the_verdict_names_the_better_model():
    flat = " ".join(FOUND.text.split())
    assert "the risks of good and fair differ (good erred less here)" in flat
    two = gb.compare_models(TRUTH, {name: MODELS[name] for name in ("good", "poor")})
    assert "good has a smaller risk than poor" in " ".join(two.text.split())
    same = gb.compare_models([0, 1], {"a": [0, 0], "b": [1, 1]})
    assert "No difference is established between the two models" in same.text


def test_one_model_needs_no_pairs():
    found = gb.compare_models(TRUTH, {"fair": MODELS["fair"]})
    assert found.pairs == []
    assert found.used == ("clopper_pearson",)
    assert found.sentences[0] == (
        "With probability at least 95%, the true error rate of fair lies between 0.049 and 0.1763."
    )
    assert found.tables() == [found.model_table]


def test_arrays_and_words_are_labels():
    as_array = gb.compare_models(np.array(TRUTH), {k: np.array(v) for k, v in MODELS.items()})
    assert as_array.to_dict() == FOUND.to_dict()
    scalars = gb.compare_models(list(np.array(TRUTH)), {"fair": list(np.array(MODELS["fair"]))})
    assert scalars.models[0].errors == 10
    words = gb.compare_models(["cat", "dog"], {"m": ["cat", "cat"]})
    assert words.models[0].errors == 1


def test_it_shows_itself():
    assert repr(FOUND) == FOUND.text
    assert FOUND._repr_html_().startswith("<pre>With probability at least 95%")
    assert FOUND.markdown.count("| --- |") >= 2
    assert "- [ ] the test points are an independent sample" in FOUND.markdown
    assert FOUND.latex.count(r"\begin{tabular}") == 2
    assert json.loads(json.dumps(FOUND.to_dict(), allow_nan=False)) == FOUND.to_dict()
    assert "McNemar1947" in FOUND.bibtex
    assert "ClopperPearson1934" in FOUND.bibtex


@pytest.mark.parametrize(
    ("truth", "models", "delta", "message"),
    [
        ([0, 1], {}, 0.05, "at least one model"),
        ([], {"a": []}, 0.05, "truth must not be empty"),
        ([0, 1], {"a": [0]}, 0.05, "a has 1 entries, truth has 2"),
        ([0, None], {"a": [0, 1]}, 0.05, "truth has no label at position 1"),
        ([0, 1], {"a": [float("nan"), 1]}, 0.05, "a has no label at position 0"),
        ([0, 1], {"a": ["", 1]}, 0.05, "a has no label at position 0"),
        ([0, 1], {"a": [0, 1]}, 0, "delta must be in"),
        ([0, 1], {"a": [0, 1]}, 1, "delta must be in"),
        ([0, 1], {"a": [0, 1]}, float("nan"), "delta must be in"),
        ([0, 1], {"a": [0, 1]}, "x", "delta must be a number"),
        (3, {"a": [0, 1]}, 0.05, "truth must be a sequence"),
        ([0, 1], [0, 1], 0.05, "predictions must be a mapping"),
        ([0, 1], {"a": 3}, 0.05, "a must be a sequence"),
        ("01", {"a": "01"}, 0.05, "truth must be a sequence"),
        (np.zeros((2, 2)), {"a": [0, 1]}, 0.05, "truth must be one-dimensional"),
        ([0, 1], {"a": [[0], [1]]}, 0.05, "a has no label at position 0"),
    ],
)
def test_what_cannot_be_compared(truth, models, delta, message):
    with pytest.raises(ValueError, match=message):
        gb.compare_models(truth, models, delta=delta)
