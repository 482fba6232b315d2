"""The double-sample inverse, entry by entry: each entry is a search of its own."""

import numpy as np

from genbounds.backends.floats import double_sample

double_sample_inverse = np.vectorize(double_sample.double_sample_inverse, otypes=[float])
