r"""
How large must a test set be?
=============================

A model errs on about 2% of what it is shown, and somebody must be told "at most 3%, with 95%
confidence". How many test points does that sentence cost? And how many more, if the formula is the
one that everybody remembers?
"""

# %%
# The test set must not have been used to train or choose the model: then the number of errors is
# binomial, and Clopper and Pearson's limit is exact. Its smallest n is not where a smooth curve
# meets the target, since errors come in whole numbers; the answer is the n from which on at most
# n/50 errors always suffice.

from fractions import Fraction

import matplotlib.pyplot as plt
import numpy as np

import genbounds as gb

TARGETS = (0.025, 0.03, 0.04, 0.05)
print("at most    Clopper-Pearson    Chernoff   Hoeffding   (2% observed)")
for target in TARGETS:
    needed = [
        gb.solve(name, "n", target=target, empirical_risk=Fraction(1, 50), delta=0.05)
        for name in ("clopper_pearson", "chernoff", "hoeffding")
    ]
    print(f"{target:7.1%}    {needed[0]:15,} {needed[1]:11,} {needed[2]:11,}")

# %%
# Hoeffding's inequality does not know that rare errors vary little: it asks for ten times as many
# points and more. That is the price of a formula that fits on a napkin.
#
# The fewer errors, the cheaper the sentence. With no error at all, the limit is :math:`1 -
# \delta^{1/n}`, about 3/n at 95%:

for target in TARGETS:
    n = gb.solve("clopper_pearson", "n", target=target, errors=0, delta=0.05)
    print(f"at most {target:.1%}: {n} points without an error")

# %%
# The picture is a table to read before collecting labels: go right from the number of test points
# that you can afford, and read what you will be able to say.

sizes = np.unique(np.round(np.geomspace(20, 1e5, 160) / 20) * 20)
figure, axes = plt.subplots(figsize=(7.5, 4.4), layout="constrained")
limit = gb.catalogue["clopper_pearson"]
rates = {0.0: "#0072B2", 0.01: "#009E73", 0.05: "#C98500", 0.2: "#D55E00"}
for rate, colour in rates.items():
    errors = np.round(rate * sizes)
    axes.plot(sizes, limit(errors=errors, n=sizes, delta=0.05), color=colour, linewidth=2)
    axes.annotate(f"{rate:.0%} observed", (sizes[-1], max(rate, 3.2e-5)), (5, 0), color=colour,
                  textcoords="offset points", va="center", annotation_clip=False)  # fmt: skip
    if rate:
        axes.axhline(rate, color=colour, linewidth=0.8, alpha=0.5)
axes.set(xscale="log", yscale="log", xlim=(20, 1e5), ylim=(2e-5, 1))
axes.set(xlabel="test points", ylabel="true error rate, at most")
axes.set_title("What a test set lets you say with probability 95%", loc="left")
axes.spines[["top", "right"]].set_visible(False)

# %%
# If the model is the best of several on this very test set, the sentence costs more. Twenty
# candidates, and 20 errors of the best on 1000 points:

for k in (1, 20):
    answer = gb.test_set(errors=20, n=1000, delta=0.05, selected_from=k)
    print(f"best of {k:2}: at most {answer.value:.4f}")
