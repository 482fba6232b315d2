r"""
Four bounds, one name: which is the smallest?
=============================================

A homework of a course that many have taken shows four theorems on the deviation between risk and
error rate of every hypothesis of a class of VC dimension 50, and asks which of them is the
smallest for 10 000 observations, and which for 5. All are called *the* generalization bound. They
differ in how they count: the labelings of a sample, of a sample and its ghost, or of a sample of
size :math:`n^2`.
"""

# %%
# The convention of the homework is to put :math:`m^d` in place of the growth function. It is a
# convention and not a theorem: for small m it can be below what a class of this dimension does.

import matplotlib.pyplot as plt
import numpy as np

import genbounds as gb
from genbounds.plot import BoundsDisplay

FOUR = ["vapnik_chervonenkis", "abu_mostafa_rademacher", "parrondo_van_den_broeck", "devroye"]
homework = {"vc_dim": 50, "delta": 0.05, "growth": "polynomial"}

for n in (10_000, 5):
    print(f"n = {n}")
    for name, gap in gb.compare(FOUR, n=n, **homework).gaps.items():
        print(f"  {name:24} {gap:.4f}")

# %%
# A deviation of more than 1 says nothing of two rates, so the question about 5 observations
# compares four empty statements. The picture shows where they begin to speak.

compared = gb.compare(FOUR, n=np.geomspace(5, 1e6, 200), **homework)
figure, axes = plt.subplots(figsize=(8, 4.5), layout="constrained")
compared_display = BoundsDisplay.from_comparison(compared).plot(axes)

# %%
# From which n on does each say something, and where do the smallest two change places? The answers
# are exact integers, also between the points of the picture.

for name, n in compared.speaks_from.items():
    print(f"{name:24} says something from n = {n:,} on")
for crossing in compared.crossings:
    print(f"n = {crossing.at}: {crossing.after} takes the place of {crossing.before}")

# %%
# The next question is the one that a user has: from which n on is the deviation at most 0.05? Here
# for a class of VC dimension 10, with the labelings counted as in the homework, and as they can
# be: by the exact Sauer sum, which some class of this dimension attains.

wanted = {"epsilon": 0.05, "delta": 0.05, "vc_dim": 10}
for name in FOUR:
    counted = gb.solve(name, "n", growth="polynomial", **wanted)
    print(f"{name:24} {counted:>8,} {gb.solve(name, 'n', **wanted):>8,}")

# %%
# Every number falls, and there the order stays. At dimension 50 it does not: with the exact sum
# the two smallest never change places between 5 and a million, and the other one is the smallest.

exact = gb.compare(FOUR, n=np.geomspace(5, 1e6, 200), vc_dim=50, delta=0.05)
print(f"homework's count: {compared.best[0]} first, {compared.best[-1]} last")
print(f"exact count:      {exact.best[0]} first, {exact.best[-1]} last")
print(len(exact.crossings), "crossings")
