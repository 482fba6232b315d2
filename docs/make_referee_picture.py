"""Draw pictures/referee.svg: five limits for one error rate, and how often each fails.

    python docs/make_referee_picture.py            write the picture
    python docs/make_referee_picture.py OTHER.png  write it elsewhere, to look at

needs matplotlib (the extra `plot`). The picture is committed, and carries the rates of failure as
its description, which a test compares with what the package says.
"""

import sys

import matplotlib.pyplot as plt
from make_picture import HERE

import genbounds as gb
from genbounds.plot import CoverageDisplay
from genbounds.referee.worlds import BestOf

COIN = gb.FiniteWorld(law=("1/10", "9/10"), losses=((1, 0),))
# bound, world
TESTED = [
    ("hoeffding", COIN),
    ("chernoff", COIN),
    ("clopper_pearson", COIN),
    ("wald", COIN),
    ("clopper_pearson", BestOf("1/10", 20)),
]
N, TRIALS, SEED = 50, 100_000, 0


def coverages() -> list:
    """The five simulations."""
    return [gb.validate(name, world, n=N, trials=TRIALS, rng=SEED) for name, world in TESTED]


def main(target: str = "") -> None:
    plt.rcParams.update({"font.size": 10, "svg.fonttype": "path", "svg.hashsalt": "genbounds"})
    found = coverages()
    figure = CoverageDisplay.from_coverages(found, of="margins").plot().figure_
    if target:
        figure.savefig(target, dpi=150)
        return
    rates = ", ".join(f"{one.bound.name} {one.world.title} {one.rate:.6g}" for one in found)
    HERE.mkdir(exist_ok=True)
    figure.savefig(HERE / "referee.svg", metadata={"Date": None, "Description": rates})


if __name__ == "__main__":
    main(*sys.argv[1:])
