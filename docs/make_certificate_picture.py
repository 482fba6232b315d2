"""Draw pictures/certificate.svg: what a PAC-Bayes certificate is made of, beside test-set bounds.

    python docs/make_certificate_picture.py            write the picture
    python docs/make_certificate_picture.py OTHER.png  write it elsewhere, to look at

needs matplotlib (the extra `plot`), and examples/certificate.json. The picture is committed, and
carries the ends of its bars as its description, which a test compares with what the package says.
"""

import json
import math
import sys

import matplotlib.pyplot as plt
from make_picture import BLUE, GREEN, HERE, ORANGE, PURPLE, RED, ROOT, note

import genbounds as gb

RECORD = ROOT / "examples" / "certificate.json"


def stages(run) -> dict[str, float]:
    """The certificate as its parts come in, one after the other."""
    n, delta = run["n"], float(run["delta"])
    observed = run["errors"] / (run["draws"] * n)
    delta_draws = float(run["delta_draws"])
    drawn = gb.monte_carlo_risk(observed, run["draws"], delta=delta_draws, side="upper")
    bound = gb.catalogue["pac_bayes_kl"]
    known = {"empirical_risk": drawn, "n": n, "delta": delta}
    log_priors = math.log(len(run["posteriors"]))
    return {
        "error on these images": observed,
        "finitely many draws": drawn.upper,
        "finitely many images": bound(kl=0, **known),
        "four priors": bound(kl=log_priors, **known),
        "leaving the prior": bound(kl=float(run["kl"]), **known),
    }


def test_sets(run) -> dict[str, tuple[int, int, float]]:
    """Errors, images and bound of what was not trained on the images that it is tested on."""
    counts = {
        "test set\n400 more images": (run["test_errors"], run["n_test"]),
        "the same 697 as test set\nof the prior's centre": (run["prior_errors"], run["n"]),
    }
    bound, delta = gb.catalogue["clopper_pearson"], float(run["delta"])
    return {
        name: (errors, n, bound(errors=errors, n=n, delta=delta))
        for name, (errors, n) in counts.items()
    }


def main(target: str = "") -> None:
    plt.rcParams.update({"font.size": 10, "svg.fonttype": "path", "svg.hashsalt": "genbounds"})
    figure, axes = plt.subplots(figsize=(8.8, 3.4), layout="constrained")
    run = json.loads(RECORD.read_text())
    ends = certificate(axes, stages(run))
    rows = test_sets(run)
    for height, (errors, n, value) in zip((1, 0), rows.values(), strict=True):
        axes.barh(height, errors / n, color="0.72", height=0.5)
        axes.barh(height, value - errors / n, left=errors / n, color=GREEN, height=0.5)
        note(axes, f"{value:.4f}", (value, height), (5, 0), va="center", fontweight="bold")
        ends.append(value)
    names = [f"PAC-Bayes\n{run['n']} images, also trained on", *rows]
    finish(axes, names)
    if target:
        figure.savefig(target, dpi=150)
        return
    said = " ".join(f"{end:.6g}" for end in ends)
    figure.savefig(HERE / "certificate.svg", metadata={"Date": None, "Description": said})


def certificate(axes, found: dict[str, float]) -> list[float]:
    """One bar, a colour for each part; its ends."""
    colours = ("0.72", PURPLE, BLUE, ORANGE, RED)
    start, ends = 0.0, list(found.values())
    for (name, end), colour in zip(found.items(), colours, strict=True):
        axes.barh(2, end - start, left=start, color=colour, height=0.5, label=name)
        start = end
    note(axes, f"{start:.4f}", (start, 2), (5, 0), va="center", fontweight="bold")
    return ends


def finish(axes, names) -> None:
    axes.set_yticks([2, 1, 0], names)
    axes.set(xlim=(0, 0.09), ylim=(-0.5, 3.3))
    axes.set_xlabel("error rate (grey), and what the true one is at most with probability 95%")
    axes.barh(0, 0, color=GREEN, label="test-set bound")
    axes.legend(ncols=3, loc="upper left", frameon=False, fontsize=9.5)
    axes.tick_params(axis="y", length=0)
    axes.spines[["top", "right", "left"]].set_visible(False)


if __name__ == "__main__":
    main(*sys.argv[1:])
