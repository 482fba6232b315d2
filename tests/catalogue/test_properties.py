"""Every property of every bound, at arguments drawn from typical ranges and from their ends.

What fails is shrunk and printed: `regressions` keeps it.
"""

import pytest
from hypothesis import given

from tests.catalogue.draws import arguments, examples
from tests.catalogue.properties import PROPERTIES

ELSEWHERE = ("finite", "ordered")  # test_finite and test_orderings draw for these themselves
EXAMPLES = {"solved": 2}
CASES = [
    (name, bound)
    for name, about in PROPERTIES.items()
    if name not in ELSEWHERE
    for bound in about.bounds
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[1].name}-{case[0]}")
def test_anywhere(case):
    name, bound = case

    @examples(EXAMPLES.get(name, 5))
    @given(arguments(bound))
    def holds(facts):
        PROPERTIES[name].check(bound, facts)

    holds()
