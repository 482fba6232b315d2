r"""
Which bound is the smallest, and where?
=======================================

"Use the tightest bound" is no advice as long as it depends on the numbers which one that is. For
every hypothesis of a class of VC dimension 10: the theorem that gives the smallest upper bound,
over the size of the sample and the error rate on it.
"""

# %%
# Asked a question in place of names, `compare` takes every theorem of the catalogue that answers
# it. Two of the facts may be arrays.

from collections import Counter

import matplotlib.pyplot as plt
import numpy as np

import genbounds as gb
from genbounds.plot import WinnersDisplay

facts = {"vc_dim": 10, "delta": 0.05}
compared = gb.compare(
    "every_hypothesis",
    n=np.round(np.geomspace(100, 1e6, 120)),
    empirical_risk=np.linspace(0, 0.5, 101),
    **facts,
)
print(len(compared.names), "theorems answer the question")
for name, count in Counter(compared.best.flat).most_common():
    print(f"{count / compared.best.size:6.1%}  {name}")

# %%
# Where errors are rare and the sample is large, the theorem on relative deviations wins: it knows
# that a rare event varies little. Elsewhere the ones that are blind to the error rate win, by
# their constants: up to a thousand observations even without any error.

figure, axes = plt.subplots(figsize=(8, 4.6), layout="constrained")
display = WinnersDisplay.from_comparison(compared).plot(axes)

# %%
# Who looks at the sample before choosing from this map pays for it. Each bound holds with
# probability 95% by itself; the smallest of all, picked after the error rate was seen, does not.
# Either the choice is fixed beforehand, or :math:`\delta` is shared:

sample = {"n": 10_000, "empirical_risk": 0.01, **facts}
for split in (False, True):
    found = gb.compare("every_hypothesis", split=split, **sample)
    print(f"split={split!s:5} {found.best}: {found.values[found.best]:.4f}")
