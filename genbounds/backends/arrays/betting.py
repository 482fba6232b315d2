"""The betting interval for arrays of budgets and caps; the losses are one sequence throughout."""

import numpy as np

from genbounds.backends.floats import betting

betting_upper, betting_lower, betting_upper_every_n, betting_lower_every_n = (
    np.vectorize(function, otypes=[float], excluded={0})
    for function in (
        betting.betting_upper,
        betting.betting_lower,
        betting.betting_upper_every_n,
        betting.betting_lower_every_n,
    )
)
