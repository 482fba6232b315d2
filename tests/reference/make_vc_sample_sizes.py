"""Reference values of bounds/vc_sample_sizes.py: printed sample sizes, before rounding up."""

from mpmath import mp
from table import Table

CASES = """
0.1 0.05 3
0.05 0.05 10
0.01 1e-300 1000000
1e-6 1e-12 50
0.5 0.5 1
0.999 0.999 2
0.25 0.2 0
1e-12 0.01 7
0.3 0.24 100
"""


def anthony_bartlett_sample_size(epsilon, delta, vc_dim):
    return 64 / epsilon**2 * (2 * vc_dim * mp.log(12 / epsilon) + mp.log(4 / delta))


def shalev_shwartz_agnostic_sample_size(epsilon, delta, vc_dim):
    confidence = 16 * mp.log(4 / delta) / epsilon**2
    if vc_dim == 0:
        return confidence
    d, square = vc_dim, epsilon**2
    leading = 128 * d * mp.log(64 * d / square) / square
    return leading + 64 * d * mp.log(mp.e / d) / square + confidence


def blumer_sample_size(epsilon, delta, vc_dim):
    return max(*blumer_terms(epsilon, delta, vc_dim))


def blumer_terms(epsilon, delta, vc_dim):
    two = mp.log(2)
    confidence = 4 * mp.log(2 / delta) / two / epsilon
    return confidence, 8 * vc_dim * mp.log(13 / epsilon) / two / epsilon


def mitchell_sample_size(epsilon, delta, vc_dim):
    return sum(blumer_terms(epsilon, delta, vc_dim))


def anthony_bartlett_realizable_sample_size(epsilon, delta, vc_dim):
    return 4 / epsilon * (vc_dim * mp.log(12 / epsilon) + mp.log(2 / delta))


def anthony_bartlett_realizable_log2_sample_size(epsilon, delta, vc_dim):
    return anthony_bartlett_realizable_sample_size(epsilon, delta, vc_dim) / mp.log(2)


def shawe_taylor_anthony_biggs_sample_size(epsilon, delta, vc_dim):
    inside = 2 * vc_dim * mp.log(6 / epsilon) + mp.log(2 / delta)
    return inside / (epsilon * (1 - mp.sqrt(epsilon)))


def shalev_shwartz_realizable_sample_size(epsilon, delta, vc_dim):
    if 4 * delta >= 1:
        return mp.inf
    return 8 / epsilon * (2 * vc_dim * mp.log(16 * mp.e / epsilon) + mp.log(2 / delta))


def main() -> None:
    table = Table()
    for bound in (
        anthony_bartlett_sample_size,
        shalev_shwartz_agnostic_sample_size,
        blumer_sample_size,
        mitchell_sample_size,
        anthony_bartlett_realizable_sample_size,
        anthony_bartlett_realizable_log2_sample_size,
        shawe_taylor_anthony_biggs_sample_size,
        shalev_shwartz_realizable_sample_size,
    ):
        table.add(bound, "epsilon delta vc_dim", CASES)
    table.add(blumer_sample_size, "epsilon delta vc_dim", "0.1 1e-300 1\n0.1 0.25 1")
    table.add(shalev_shwartz_realizable_sample_size, "epsilon delta vc_dim", "0.1 0.25 1")
    table.write("vc_sample_sizes")


if __name__ == "__main__":
    main()
