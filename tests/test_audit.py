"""A sample of the audit of the floats by certified balls, and the page that holds all of it."""

import re

import pytest

pytest.importorskip("flint")

from tests import audit


@pytest.mark.parametrize("name", audit.SPECIAL)
def test_special_functions_err_no_more_than_stated(name):
    stated, *_ = audit.SPECIAL[name]
    found = audit.special(name, 150)
    assert found.error <= stated, found


@pytest.mark.parametrize("bound", audit.audited(), ids=lambda b: b.name)
def test_bounds_err_no_more_than_stated(bound):
    found = audit.of_bound(bound, 12)
    assert found.error <= audit.stated_of(bound), found
    assert found.count >= 3


def test_the_page_is_of_this_catalogue_and_within_what_is_stated():
    text = audit.PAGE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(.+?)` \| (\S+) \| (\S+) \| .* \| (\d+) \|$", text, re.MULTILINE)
    assert {name for name, *_ in rows} == {*audit.SPECIAL, *(b.name for b in audit.audited())}
    assert all(float(worst) <= float(stated) for _, stated, worst, _ in rows)
    assert all(int(count) >= audit.DRAWS for name, _, _, count in rows if name in audit.SPECIAL)
