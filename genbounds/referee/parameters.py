"""Values that the search tries for the parameters which a user fixes before the sample.

A theorem with such a parameter holds for each of its values, so each is a test of its own. The
values are few: the ends of the range where a formula degenerates, and what fits samples of 1 to 100
observations, where exact probabilities are computed.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

PARAMETERS: dict[str, tuple[Any, ...]] = {
    # PAC-Bayes
    "catoni_c": (Fraction(1, 10), 1, 3, 20),  # linear; curved; sharp at no errors; the limit
    "inverse_temperature": (Fraction(3, 2), 4, 12, 40, 200),  # sqrt(8 n ln(1/delta)), n = 1 to 1000
    "grid_ratio": (Fraction(101, 100), Fraction(3, 2), 10),  # 1 + 0, where the weights cost most
    "grid_ratio_mean": (Fraction(101, 100), Fraction(23, 20), 2),  # fine; the source's; coarse
    "grid_ratio_variance": (Fraction(101, 100), Fraction(23, 20), 2),  # as for the mean
    "bernstein_gamma": (Fraction(1, 10), Fraction(1, 2), Fraction(9, 10), 1),  # domains end at 1
    "trade_off": (Fraction(1, 5), 1, Fraction(9, 5)),  # best at much KL, in between, best at none
    "trade_off_lower": (Fraction(1, 5), 1, 3),  # beyond 2 the bound is negative
    "n_candidates": (1, 10),  # 1: sharpest for one fixed value; 10: a grid
    "prior_index": (1, 2, 10),  # the first prior is the cheapest
    "n_priors": (1, 10),  # one prior, and a choice
    "prior_variance": (Fraction(1, 4), 1, 4),  # around the variance of the inputs' scale
    "dropout_rate": (0, Fraction(1, 2), Fraction(9, 10)),  # none; the usual; hardly a weight left
    "renyi_order": (Fraction(11, 10), 2, 5),  # near KL; the source's; where (2a - 1)/(a - 1) is 9/4
    "split_point": (0, Fraction(1, 4), Fraction(1, 2), 1),  # one part alone; between; in the middle
    # classes, margins, localisation
    "class_index": (1, 2, 5),  # the first class is the cheapest
    "margin": (Fraction(1, 10), Fraction(1, 2), 1),  # scores in [-1, 1]: small, half, all
    "max_margin": (1, 4),  # the largest score; beyond it
    "constant_k": (Fraction(11, 10), 2, 10),  # to the right of 1, where it diverges; usual; large
    "moment_order": (
        Fraction(11, 10),
        Fraction(3, 2),
        2,
    ),  # near 1; between; its end
    "n_ghost": (1, 5, 20, 100),  # smaller than, equal to and larger than samples that are listed
    "split_fraction": (
        Fraction(1, 10),
        Fraction(1, 2),
        Fraction(9, 10),
    ),  # one term, balance
    "n_monte_carlo": (1, 10),  # one draw of the signs is allowed
    "n_levels": (1, 3, 8),  # one scale; a few; a chain
    "offset_constant": (Fraction(1, 10), 1, 10),  # weak to strong offset
    # sequences
    "mixture_rho": (1, 10, 100),  # boundary tightest after about so many observations
    "start_time": (Fraction(1, 4), 1, 10),  # below the variance of one observation; one; ten
    "stitching_ratio": (Fraction(6, 5), 2, 10),  # many short epochs; doubling; few long ones
    "stitching_exponent": (Fraction(11, 10), Fraction(7, 5), 3),  # slow decay; the source's; fast
    "betting_cap": (Fraction(1, 10), Fraction(1, 2), Fraction(9, 10)),  # timid, the source's, bold
    "gamma_scale": (0, 1),  # sub-Gaussian; sub-exponential
    # statements that name their own numbers
    "epsilon": (Fraction(1, 20), Fraction(1, 10), Fraction(1, 4)),  # within most domains
    "deviation": (
        Fraction(1, 10),
        Fraction(1, 2),
        1,
        3,
    ),  # small; half; end of simple forms; far
    "power_error": (Fraction(1, 20), Fraction(1, 5)),  # strict and lenient
    "moment": (2, 3, 4, 10),  # the variance, an odd order, the usual, a high one
}
"""Name -> values that the search tries; what a world knows of itself is absent."""
