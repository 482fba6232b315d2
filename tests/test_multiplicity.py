"""Holm's adjustment against its definition as a closed test."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genbounds.multiplicity import holm

p_lists = st.lists(st.sampled_from([0.0, 0.001, 0.01, 0.02, 0.04, 0.3, 0.5, 1.0]), max_size=6)


def closed(values):
    """The largest Bonferroni p-value of any intersection that contains the hypothesis."""
    indices = range(len(values))
    subsets = [s for size in indices for s in combinations(indices, size + 1)]
    tests = {s: min(1.0, len(s) * min(values[i] for i in s)) for s in subsets}
    return [max(p for s, p in tests.items() if i in s) for i in indices]


@given(p_lists)
def test_holm_is_the_closure_of_bonferroni(values):
    assert holm(values) == pytest.approx(closed(values), rel=1e-15)


def test_order_is_kept_and_ties_agree():
    # p.adjust(c(0.04, 0.01, 0.03, 0.02), "holm") of R: 0.06 0.04 0.06 0.06
    assert holm([0.04, 0.01, 0.03, 0.02]) == pytest.approx([0.06, 0.04, 0.06, 0.06])
    assert holm([0.5, 0.5]) == [1.0, 1.0]
    assert holm([]) == []


def test_every_bad_value_is_named():
    with pytest.raises(ValueError, match=r"nan at position 1, 1.5 at position 2"):
        holm([0.5, float("nan"), 1.5])
