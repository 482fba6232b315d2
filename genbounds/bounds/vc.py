"""Uniform convergence over a class, distribution-free, through its growth function.

A ghost sample replaces the true risk, then only the labelings of finitely many points count. The
bounds differ in how the two samples are compared and at which size the labelings are counted.
"""

from genbounds.claims import EVERY_HYPOTHESIS
from genbounds.declaration import bound
from genbounds.generic import log_ratio, sqrt


@bound(EVERY_HYPOTHESIS, source="VapnikChervonenkis1971, Theorem 2", entry="vc71_eps", additive=True)
def vapnik_chervonenkis(empirical_risk, n, log_growth, delta):
    """The distribution-free bound that started the field: a ghost sample, then labelings are counted."""
    return empirical_risk + sqrt(8 * (log_growth(2 * n) + log_ratio(4, delta)) / n)
