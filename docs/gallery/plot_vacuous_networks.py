r"""
Why VC bounds are vacuous for your network
==========================================

A network of a few hundred thousand weights errs on 2% of its training images, and about as often
on others. The VC bound for its class says that it errs on at most 100%. Nothing is wrong with the
bound. What does it know, and what would it need?
"""

# %%
# The VC dimension of networks with ReLU units is known up to a bracket only, and an upper bound
# must take its upper end. Let us be kind and take the number of weights, which is far below that.

import matplotlib.pyplot as plt
import numpy as np

import genbounds as gb

network = gb.PiecewiseLinearNetworks((784, 600, 1))
weights = 784 * 600 + 600 + 600 + 1
print(f"{weights:,} weights, VC dimension {network.vc_dim}")
answer = gb.answer("devroye", errors=1200, n=60_000, vc_dim=weights, delta=0.05)
print(answer.sentence)
print(answer.remedy)

# %%
# The bound holds for every network of the class at once, also for the ones that memorise random
# labels and err on half of all other images. A theorem that knows the class alone, and no more of
# *your* network than its errors, cannot tell it from those. So the number of images must exceed
# the dimension by far before it speaks.

DIMENSIONS = (10, 1_000, 100_000, 10_000_000)
sizes = np.round(np.geomspace(100, 1e11, 200))
figure, axes = plt.subplots(figsize=(7.5, 4.4), layout="constrained")
for vc_dim, colour in zip(DIMENSIONS, ("#0072B2", "#009E73", "#C98500", "#D55E00"), strict=True):
    values = gb.catalogue["devroye"](empirical_risk=0.02, n=sizes, vc_dim=vc_dim, delta=0.05)
    axes.plot(sizes, values, color=colour, linewidth=2)
    start = np.interp(-0.3, -values, sizes)
    axes.annotate(f"VC dimension\n{vc_dim:,}", (start, 0.3), (4, 0), color=colour, fontsize=9,
                  textcoords="offset points")  # fmt: skip
for n, name in ((60_000, "MNIST"), (1_281_167, "ImageNet")):
    axes.axvline(n, color="0.6", linewidth=0.8, dashes=(4, 3))
    axes.annotate(name, (n, 1.3), (3, 0), textcoords="offset points", color="0.35", fontsize=9)
axes.axhspan(1, 2, color="0.92", zorder=0)
axes.set(xscale="log", xlim=(100, 1e11), ylim=(0, 2))
axes.set(xlabel="training images n", ylabel="risk, at most (2% errors in training)")
axes.annotate("vacuous", (130, 1.08), color="0.35")
axes.spines[["top", "right"]].set_visible(False)

# %%
# The exact n from which on the same errors would be worth a sentence:

for vc_dim in DIMENSIONS:
    n = gb.solve("devroye", "n", target=0.999999, empirical_risk=0.02, vc_dim=vc_dim, delta=0.05)
    print(f"VC dimension {vc_dim:>10,}: n = {n:,}, {n / vc_dim:.1f} for each")

# %%
# Three things that know more. A test set knows this one network and nothing of its class.
# PAC-Bayes knows how far training went from a prior. A code knows how short a description does the
# work.

n, delta = 60_000, 0.05
known = {
    "10,000 test images, 200 errors": gb.test_set(errors=200, n=10_000, delta=delta).value,
    "PAC-Bayes, KL 5000 nats": gb.catalogue["pac_bayes_kl"](
        empirical_risk=0.03, kl=5000, n=n, delta=delta
    ),
    "compressed to 2 kB": gb.catalogue["lotfi"](empirical_risk=0.03, bits=16_000, n=n, delta=delta),
}
for what, value in known.items():
    print(f"{what:32} at most {value:.3f}")

# %%
# The inputs of the last two are examples: what KL or what code *your* network has is what one must
# find out. The first needs no idea at all, and is the smallest.
