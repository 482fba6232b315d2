"""What README.md and the documentation print is what their examples print."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import genbounds as gb

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def loaded(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


make_outputs = loaded("make_outputs")
PAGES = make_outputs.pages()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_output_is_current(path):
    """`python docs/make_outputs.py --write` makes it so."""
    text = path.read_text(encoding="utf-8")
    now = make_outputs.regenerated(text)
    assert make_outputs.same(text, now), first_difference(text, now)
    if make_outputs.missing(text):
        pytest.skip(f"blocks that need {', '.join(make_outputs.missing(text))} were not run")


def first_difference(text: str, other: str) -> str:
    pairs = zip(text.splitlines(), other.splitlines(), strict=False)
    return next((f"{a!r} is now {b!r}" for a, b in pairs if not make_outputs.same(a, b)), "length")


def test_the_readme_and_the_pages_have_examples():
    names = {path.name for path in PAGES}
    assert {"README.md", "concepts.md", "command-line.md", "accuracy.md"} <= names
    assert {"classes.md", "complexity.md", "adding-a-class.md"} <= names
    assert {"numbers.md", "pac-bayes.md"} <= names


def test_a_stale_output_is_noticed():
    stale = README.replace("0.358976828068", "0.358976928068")
    assert stale != README
    assert not make_outputs.same(stale, README)


def test_last_digits_belong_to_the_platform():
    same = make_outputs.same
    assert same("raw 0.35897682806755543  end", "raw 0.35897682806755549 end")
    assert not same("n = 400700", "n = 400701")
    assert not same("0.05", "0.05 more")


def test_a_block_that_needs_what_is_not_installed_is_left_as_it_is():
    text = "<!-- needs: {} -->\n```pycon\n>>> 1 + 1\n3\n```\n"
    absent, present = text.format("json, no_such_package"), text.format("json")
    assert make_outputs.regenerated(absent) == absent
    assert make_outputs.missing(absent) == ["no_such_package"]
    assert make_outputs.regenerated(present) == present.replace("3", "2")
    assert make_outputs.missing(present) == []


def test_only_the_command_line_can_be_run():
    with pytest.raises(ValueError, match="only genbounds"):
        make_outputs.regenerated("```console\n$ ls\n```\n")


MARKDOWN = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: path.name)
def test_every_relative_link_leads_somewhere(path):
    text = path.read_text(encoding="utf-8")
    prose = re.sub(r"^```.*?^```$|`[^`\n]*`", "", text, flags=re.MULTILINE | re.DOTALL)
    links = re.findall(r"\]\(([^)#\s]+)", prose)
    missing = [link for link in links if "://" not in link and not (path.parent / link).exists()]
    assert not missing


def description(picture: str) -> str:
    """What a picture says that it shows."""
    svg = (ROOT / "docs" / "pictures" / picture).read_text(encoding="utf-8")
    return re.findall(r"<dc:description>(.*?)</dc:description>", svg)[0]


def test_the_picture_shows_what_the_package_says():
    shown = {name: int(n) for name, n in re.findall(r"(\w+) (\d+)", description("deviations.svg"))}
    assert len(shown) == 5
    for name, n in shown.items():
        bound = gb.catalogue[name]
        known = {"vc_dim": 10} if "log_growth" in bound.arguments else {}
        assert gb.solve(bound, "n", epsilon=0.05, delta=0.05, **known) == n
    caption = README.split("![")[1].split("]")[0]
    quoted = [int(x.replace(",", "")) for x in re.findall(r"[\d,]{3,}", caption)]
    assert len(quoted) == 3
    assert set(quoted) <= set(shown.values())


def tumours() -> np.ndarray:
    return np.genfromtxt(ROOT / "examples" / "breast_cancer.csv", delimiter=",", skip_header=1)


def test_the_tumours_are_as_their_page_says():
    """569 of them, 357 benign, and the best stump errs on 48."""
    page = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    points, benign = tumours()[:, :-1], tumours()[:, -1]
    best = gb.Stumps(10).supremum(points, 2 * benign - 1).values
    counts = (len(points), int(benign.sum()), int((len(points) - best) / 2))
    assert counts == (569, 357, 48)
    assert "569 breast tumours" in page
    assert "1 for 357 benign" in page
    assert "errs on 48" in page


def test_the_picture_of_a_complexity_shows_what_the_package_says():
    shown = {
        name: float(x) for name, x in re.findall(r"(\w+) ([\d.]+)", description("complexity.svg"))
    }
    points = tumours()[:, :-1]
    found = gb.rademacher(gb.Stumps(10), points, rng=0)
    now = {row.bound: row.value for row in gb.complexity_bounds(gb.Stumps(10), points).rows}
    now |= {"value": found.value, "lower": found.lower, "upper": found.upper}
    assert len(shown) == 7
    assert {name: now[name] for name in shown} == pytest.approx(shown, rel=1e-5)
    page = (ROOT / "docs" / "complexity.md").read_text(encoding="utf-8")
    caption = page.split("![")[1].split("]")[0]
    quoted = [float(x) for x in re.findall(r"\d\.\d+", caption)]
    assert len(quoted) == 4
    assert all(any(abs(x - y) <= 0.02 * y for y in shown.values()) for x in quoted)
