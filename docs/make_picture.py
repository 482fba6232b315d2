"""Draw pictures/deviations.svg: how far above the error rate each theorem puts the risk.

    python docs/make_picture.py            write the picture
    python docs/make_picture.py OTHER.png  write it elsewhere, to look at

needs matplotlib (the extra `plot`). The picture is committed, and carries the sample sizes that it
shows as its description, which a test compares with what the package says.
"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import genbounds as gb  # noqa: E402

HERE = ROOT / "docs" / "pictures"
DELTA, VC_DIM, LEVEL = 0.05, 10, 0.05
SIZES = np.unique(np.round(np.logspace(1, 7.3, 253)))
# Okabe and Ito's colours, which stay apart for every kind of colour vision.
BLUE, GREEN, ORANGE, RED, PURPLE = "#0072B2", "#009E73", "#C98500", "#D55E00", "#AA4499"

CLASS = {"vc_dim": VC_DIM, "delta": DELTA}
# bound, label, colour, height of its sample size above the line in points
CURVES = [
    ("devroye_gyorfi_lugosi", "Devroye, Györfi, Lugosi 1996", RED, 4),
    ("vapnik_chervonenkis", "Vapnik, Chervonenkis 1971", ORANGE, 4),
    ("mohri", "Mohri et al. 2018", PURPLE, 4),
    ("vapnik_confidence", "Burges 1998", BLUE, -14),
    ("hoeffding", "Hoeffding 1963", GREEN, 4),
]


def facts(bound):
    """Of a fixed model only delta is given, of a class its VC dimension too."""
    return CLASS if "log_growth" in bound.arguments else {"delta": DELTA}


def main(target: str = "") -> None:
    plt.rcParams.update({"font.size": 10, "svg.fonttype": "path", "svg.hashsalt": "genbounds"})
    figure, axes = plt.subplots(figsize=(8.8, 5.0), layout="constrained")
    axes.axhspan(1, 20, color="0.92", zorder=0)
    axes.axhline(LEVEL, color="0.55", linewidth=0.8, dashes=(4, 3), zorder=1)
    shown = {name: draw(axes, gb.catalogue[name], *style) for name, *style in CURVES}
    finish(axes)
    if target:
        figure.savefig(target, dpi=150)
        return
    HERE.mkdir(exist_ok=True)
    sizes = ", ".join(f"{name} {n}" for name, n in shown.items())
    figure.savefig(HERE / "deviations.svg", metadata={"Date": None, "Description": sizes})


def draw(axes, bound, label, colour, height) -> int:
    """The deviation over n, its name at the end, and the n from which it is at most LEVEL."""
    values = bound.gap(n=SIZES, **facts(bound))
    axes.plot(SIZES, values, color=colour, linewidth=2)
    note(axes, label, (SIZES[-1], values[-1]), (6, 1), color=colour, va="center")
    least = gb.solve(bound, "n", epsilon=LEVEL, **facts(bound))
    axes.plot([least], [LEVEL], "o", color=colour, markersize=6, markeredgecolor="white", zorder=4)
    style = {"color": colour, "fontsize": 9.5, "fontweight": "bold"}
    along = {"rotation": -26, "rotation_mode": "anchor"}
    note(axes, f"{least:,}", (least, LEVEL), (5, height), **style, **along)
    return int(least)


def note(axes, text, at, shift, **style) -> None:
    axes.annotate(text, at, shift, textcoords="offset points", annotation_clip=False, **style)


def finish(axes) -> None:
    """Scales, titles and what the reader must know to compare the curves."""
    axes.set(xscale="log", yscale="log", xlim=(10, SIZES[-1]), ylim=(2e-4, 20))
    axes.set_xlabel("sample size n")
    axes.set_ylabel("risk minus error rate, at most")
    title = f"With probability {1 - DELTA:.0%} over the sample; VC dimension {VC_DIM}"
    axes.set_title(title, loc="left", fontsize=11)
    grey = {"color": "0.35"}
    note(axes, "vacuous: a risk is at most 1 anyway", (SIZES[-1], 1), (-6, 5), ha="right", **grey)
    note(axes, f"at most {LEVEL} from n =", (10, LEVEL), (6, -14), fontsize=9.5, **grey)
    note(axes, "for every hypothesis\nof the class:", (SIZES[-1], 0.034), (6, 0), **grey)
    note(axes, "for one hypothesis\nfixed beforehand:", (SIZES[-1], 0.00058), (6, 0), **grey)
    axes.spines[["top", "right"]].set_visible(False)


if __name__ == "__main__":
    main(*sys.argv[1:])
