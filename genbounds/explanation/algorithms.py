"""What the functions are that a formula calls and no calculator has, in a few words each."""

MEANINGS = {
    "kl_inverse_upper": "the largest p with kl(q||p) <= c, where q and c are the arguments",
    "kl_inverse_lower": "the smallest p with kl(q||p) <= c, where q and c are the arguments",
    "relative_entropy": "kl(q||p) = q ln(q/p) + (1 - q) ln((1 - q)/(1 - p))",
    "binomial_tail_inverse": "arguments k, n, c: the largest p with P(Bin(n, p) <= k) >= e^-c",
    "binomial_tail_inverse_lower": (
        "arguments k, n, c: the smallest p with P(Bin(n, p) >= k) >= e^-c"
    ),
    "binomial_log_tail": "arguments k, n, p: ln P(Bin(n, p) <= k)",
    "hypergeometric_tail_inverse": (
        "arguments k, n, N, c: the largest K with P(Hyp(N, K, n) <= k) >= e^-c"
    ),
    "hypergeometric_tail_inverse_lower": (
        "arguments k, n, N, c: the smallest K with P(Hyp(N, K, n) >= k) >= e^-c"
    ),
    "double_sample_inverse": (
        "the least accuracy that a second, imagined sample proves; its arguments are the log "
        "growth function, n, the size of that sample and c: it fails with probability e^-c"
    ),
    "beta_quantile": (
        "arguments a, b, t: the x that a Beta(a, b) variable exceeds with probability t"
    ),
    "beta_quantile_lower": (
        "arguments a, b, t: the x that a Beta(a, b) variable stays below with probability t"
    ),
    "normal_quantile": "the z that a standard normal variable exceeds with this probability",
    "betting_upper": (
        "arguments: losses, c, cap. The smallest mean above which the capital of the bets would "
        "have reached e^c"
    ),
    "betting_lower": (
        "arguments: losses, c, cap. The largest mean below which the capital of the bets would "
        "have reached e^c"
    ),
    "betting_upper_every_n": (
        "arguments: losses, c, cap. As at one n, for the largest capital so far"
    ),
    "betting_lower_every_n": (
        "arguments: losses, c, cap. As at one n, for the largest capital so far"
    ),
    "bennett_inverse": "the u >= 0 with (1 + u) ln(1 + u) - u equal to the argument",
    "bennett_function": "(1 + u) ln(1 + u) - u",
    "bennett_deviation": (
        "arguments v, c: the t >= 0 with v h(t/v) = c, where h(u) = (1 + u) ln(1 + u) - u"
    ),
    "lambert_w": "the w >= -1 with w e^w equal to the argument",
    "lambert_w_minus1": "the w <= -1 with w e^w equal to the argument",
    "erfc": "the complementary error function",
    "erfcx": "e^(x^2) times the complementary error function of x",
    "zeta": "Riemann's zeta function",
    "log_gamma": "the log of the gamma function",
    "gamma_ratio": "gamma(x + 1/2)/gamma(x)",
    "log_cosh": "ln cosh x",
    "log_xi": "the log of the sum over k of C(n, k) (k/n)^k (1 - k/n)^(n - k)",
    "exp_remainder": "(e^x - 1 - x)/x^2",
    "log_remainder": "(-ln(1 - x) - x)/x^2",
    "log_binomial": "the log of the binomial coefficient",
    "log_sauer": "arguments m, d: ln of the sum of C(m, i) over i <= d",
    "log_cover": "arguments m, d: ln of twice the sum of C(m - 1, i) over i < d",
    "norm": "arguments x, q: (sum of x^q)^(1/q)",
    "root": "where an increasing function passes through 0",
    "fixed_point": "the largest r that the function maps to itself",
    "least": "the least value over the integers from the given one on",
}
"""Name in `generic` -> what it computes."""
