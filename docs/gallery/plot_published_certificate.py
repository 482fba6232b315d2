r"""
A published certificate, from its published inputs
==================================================

In 2017 Dziugaite and Roy trained stochastic networks with many more weights than images, and
printed bounds on their risk that were not vacuous. Their first table gives, for each network, the
empirical risk of the posterior, its relative entropy to the prior (KL), and the bound. A bound is
a function of its inputs: what does the theorem say of the inputs in the table?
"""

# %%
# 55 000 images of digits in two classes, and :math:`\delta` = 0.025 for the theorem (the draws
# that estimate the empirical risk have a share of their own). One input is not printed: the index
# j of the prior's variance in its grid. It enters as :math:`2 \ln j`, beside a KL of thousands.

import matplotlib.pyplot as plt
import numpy as np

import genbounds as gb

TABLE = {
    "T-600": (0.028, 5144, 0.161),
    "T-1200": (0.027, 5977, 0.179),
    "T-300$^2$": (0.027, 5791, 0.170),
    "T-600$^2$": (0.028, 6534, 0.186),
    "T-1200$^2$": (0.029, 8558, 0.223),
    "T-600$^3$": (0.027, 7861, 0.201),
}
bound = gb.catalogue["dziugaite_roy"]
print(bound.claim.sentence)


def range_of(risk, kl):
    """The bound over all that rounds to the printed inputs, and for j from 100 to 1000."""
    ends = [(risk - 0.0005, kl - 0.5, 100), (risk + 0.0005, kl + 0.5, 1000)]
    return [bound(empirical_risk=r, kl=k, prior_index=j, n=55_000, delta=0.025) for r, k, j in ends]


found = {name: range_of(risk, kl) for name, (risk, kl, _) in TABLE.items()}
for name, (low, high) in found.items():
    printed = TABLE[name][2]
    fits = low - 0.0005 <= printed <= high + 0.0005
    said = "reproduces" if fits else "does not reproduce"
    print(f"{name:12} printed {printed:.3f}, from the inputs {low:.4f} to {high:.4f}: {said}")

# %%
# The ranges are the whole of what rounding and the unknown index can do. The theorem is monotone
# in each of these inputs, so their ends are its ends.

figure, axes = plt.subplots(figsize=(7.5, 3.8), layout="constrained")
rows = np.arange(len(TABLE))[::-1]
for row, (name, (low, high)) in zip(rows, found.items(), strict=True):
    risk, _, printed = TABLE[name]
    axes.barh(row, risk, color="0.72", height=0.6)
    axes.barh(row, low - risk, left=risk, color="#7FB7D8", height=0.6)
    axes.barh(row, high - low, left=low, color="#0072B2", height=0.6)
    axes.plot(printed, row, "D", color="#D55E00", markersize=8, markeredgecolor="white")
axes.set_yticks(rows, list(TABLE))
axes.set(xlim=(0, 0.24), xlabel="risk of the stochastic network")
axes.set_title("grey: errors in training; blue: the theorem; diamond: printed", loc="left")
axes.tick_params(axis="y", length=0)
axes.spines[["top", "right", "left"]].set_visible(False)

# %%
# The table also has a network trained on random labels, R-600: empirical risk 0.112, KL 201 131,
# and a "bound" of 1.352. No theorem of the kl type ever exceeds 1. The number is the excess by
# Pinsker's inequality, the term that the training minimises, without the empirical risk:

inputs = {"kl": 201_131, "prior_index": 300, "n": 55_000, "delta": 0.025}
print(f"excess by Pinsker  {gb.catalogue['dziugaite_roy_excess'](**inputs):.4f}")
print(f"the theorem itself {bound(empirical_risk=0.112, **inputs):.4f}")

# %%
# A number below 1 is not yet a number that says something. Half of the labels are wrong for any
# network on random labels, and the theorem knows of no more than 99%.
#
# What would make a certificate smaller: more images, or fewer nats, as from a prior that was
# trained on a part of the images? To halve the bound of T-600 takes, the rest unchanged,

half = {"target": 0.0805, "empirical_risk": 0.028, "prior_index": 300, "delta": 0.025}
print(f"{gb.solve(bound, 'n', kl=5144, **half):,} images at a KL of 5144")
print(f"or a KL of {gb.solve(bound, 'kl', n=55_000, **half):.0f} at 55,000 images")
