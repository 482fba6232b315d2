"""Each condition of a theorem as a question that its reader can answer, and the answer it needs."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from genbounds.claims import CONDITIONS
from genbounds.declaration import Bound

QUESTIONS = {
    "independent_test_set": (
        "Was the sample used, directly or indirectly, to choose the hypothesis?",
        "no",
    ),
    "models_before_sample": (
        "Were all the models fixed before the sample was drawn, so that only the choice among "
        "them rests on it?",
        "yes",
    ),
    "prior_before_sample": (
        "Did any of the n observations counted here play a part in choosing the prior?",
        "no",
    ),
    "priors_before_sample": (
        "Did any of the n observations counted here play a part in choosing the priors, other "
        "than in choosing one of them?",
        "no",
    ),
    "values_before_sample": (
        "Were the values that the parameter may take, n_candidates of them, fixed before the "
        "sample was seen?",
        "yes",
    ),
    "class_before_sample": (
        "Was the class of hypotheses fixed before the sample was seen?",
        "yes",
    ),
    "fixed_before_sample": ("Were {parameters} fixed before the sample was seen?", "yes"),
    "prefix_free_code": (
        "Do the lengths come from a prefix-free code that was fixed before the sample was seen?",
        "yes",
    ),
    "variance_known": ("Was the variance estimated on this sample?", "no"),
    "population_known": ("Is the population finite, and is its size the given one?", "yes"),
    "bayes_in_class": ("Does the class contain the Bayes classifier?", "yes"),
    "nested_before_sample": (
        "Was the hierarchy of classes fixed before the sample was seen?",
        "yes",
    ),
    "at_least_two_hypotheses": (
        "Are there two hypotheses in the class that disagree somewhere?",
        "yes",
    ),
    "at_least_three_hypotheses": ("Are there three or more hypotheses in the class?", "yes"),
    "order_kept": ("Are the losses given in the order in which they were observed?", "yes"),
    "same_points": ("Were both models evaluated on the same sample?", "yes"),
    "no_errors_seen": ("Was any error observed on the sample?", "no"),
    "sub_gamma_increments": (
        "Is the monitored sum sub-gamma with the given scale in its intrinsic time?",
        "yes",
    ),
    "simple_hypotheses": (
        "Do the null and the alternative each name one single distribution?",
        "yes",
    ),
    "fat_at_margin": (
        "Is fat_dim the fat-shattering dimension at the scale that the theorem names?",
        "yes",
    ),
    "margin_before_sample": ("Was the margin fixed before the sample was seen?", "yes"),
    "growth_of_level_sets": (
        "Does log_growth count the labelings by the sets {loss > t}, over every hypothesis and "
        "every t?",
        "yes",
    ),
    "local_star_hull": (
        "Is fixed_point that of a sub-root function above B times the Rademacher complexity of "
        "the losses f with T(f) <= r in the star hull of the class around 0, where B is the "
        "bernstein constant, T lies between the variance and B times the mean, and T(a f) <= a^2 "
        "T(f)?",
        "yes",
    ),
    "local_without_star_hull": (
        "Is fixed_point that of a sub-root function above B times the Rademacher complexity of "
        "the losses f with T(f) <= r, where B is the bernstein constant and T lies between the "
        "variance and B times the mean, and is one loss of the class 0?",
        "yes",
    ),
    "local_on_the_sample": (
        "Is fixed_point that of a sub-root function above c R + (c + 11) ln(3/delta)/n, c = 2 "
        "max(10, B), where B is the bernstein constant, P f^2 <= B P f, and R is the empirical "
        "Rademacher complexity of the losses f with P_n f^2 <= 2 r in the star hull around 0?",
        "yes",
    ),
    "local_excess_losses": (
        "Is fixed_point that of a sub-root function above B times the Rademacher complexity of "
        "the differences f of the losses from those of the best hypothesis with P f^2 <= r, in "
        "their star hull around 0, and is P f^2 <= B P f, B being the bernstein constant?",
        "yes",
    ),
    "bernstein_condition": (
        "Is the mean of the squared difference of every loss from that of the best hypothesis at "
        "most bernstein_constant times the mean of the difference?",
        "yes",
    ),
    "transductive_split": (
        "Were the labelled observations drawn uniformly and without replacement from the whole "
        "population, the risk being that on the rest?",
        "yes",
    ),
    "votes_of_signs": (
        "Do the hypotheses take only the values -1 and 1, and are the weights of a vote "
        "non-negative with sum 1?",
        "yes",
    ),
    "margin_reached": ("Does any observation of the sample have less than this margin?", "no"),
    "separating_weights": (
        "Do some weights of at most this norm have y <w, x> >= 1 with probability 1, and is no "
        "input longer than the radius?",
        "yes",
    ),
    "unit_functional_margin": (
        "Do the learned weights have y <w, x> >= 1 on the whole sample, and is no input longer "
        "than the radius?",
        "yes",
    ),
    "margin_of_every_sample": (
        "Is every sample of n + 1 observations separated with at least this margin by a "
        "hyperplane through the origin, and is no input longer than the radius?",
        "yes",
    ),
    "dual_without_bias": (
        "Has the machine no bias, and do its multipliers, in a box or unbounded, maximise their "
        "sum less half the squared norm of the weights?",
        "yes",
    ),
    "unchanged_support_vectors": (
        "Would leaving out some support vector change which of the others are support vectors?",
        "no",
    ),
    "independent_pairs": (
        "Were the pairs drawn independently of each other, none of them sharing a point because "
        "it was reused?",
        "yes",
    ),
    "pseudo_dim_of_losses": (
        "Is pseudo_dim that of the class of losses, as functions of the observation (not that of "
        "the predictions)?",
        "yes",
    ),
    "values_within_one": ("Do the functions take values in [-1, 1] only?", "yes"),
    "binary_values": ("Do the functions take two values only, -1 and 1 or 0 and 1?", "yes"),
    "values_in_unit_interval": (
        "Do the functions and the targets take values in [0, 1] only?",
        "yes",
    ),
    "non_trivial_class": (
        "Are there two hypotheses in the class that agree at some point and disagree at another?",
        "yes",
    ),
    "deterministic_learner": (
        "Does the learner throw dice: can it give two hypotheses on the same sample?",
        "no",
    ),
    "intersection_closed": ("Is the class closed under intersections?", "yes"),
    "bounded_differences": (
        "Can changing observation i alone change the function by more than differences[i]?",
        "no",
    ),
    "bounded_increments": (
        "Can increment i of the martingale exceed differences[i] in absolute value?",
        "no",
    ),
    "exact_suprema": (
        "Was the supremum over the class computed exactly, or bounded from above, for every draw "
        "of the signs (a search that may miss it is not enough)?",
        "yes",
    ),
    "centred_losses": (
        "Were the signs applied to the losses minus the middle of their range?",
        "yes",
    ),
    "dominating_surrogate": (
        "Does the surrogate lie in [0, 1], and is it nowhere below the loss?",
        "yes",
    ),
    "vanish_at_zero": ("Does every one of the functions that are applied vanish at 0?", "yes"),
    "made_by_adaboost": (
        "Is the combination AdaBoost's, with the weights that AdaBoost gives?",
        "yes",
    ),
    "made_by_hard_margin": (
        "Is the hypothesis that of the hard-margin support vector machine?",
        "yes",
    ),
    "losses_near_mean": (
        "Can a loss lie further below its mean than upper_loss or, where both sides are claimed, "
        "further above it (losses in [0, upper_loss] cannot)?",
        "no",
    ),
    "isotropic_gaussians": (
        "Are posterior and priors Gaussians whose covariance is prior_variance times the identity?",
        "yes",
    ),
    "predictable_temperatures": (
        "Was each inverse temperature chosen before its observation was seen, and are risk and "
        "empirical risk means with these weights?",
        "yes",
    ),
    "dropout_posterior": (
        "Does the posterior drop each weight of theta with probability dropout_rate and add N(0, "
        "1) noise to the others, and does the prior do so around 0?",
        "yes",
    ),
    "linear_gibbs": (
        "Is the prior N(0, I) on the weights and the posterior N(weight_scale w/|w|, I), on "
        "features that were fixed before the sample was seen?",
        "yes",
    ),
    "code_before_sample": (
        "Was the code (decoder, architecture) fixed before the sample was seen?",
        "yes",
    ),
    "private_prior": (
        "Is the prior the output of an epsilon-differentially private algorithm on the sample?",
        "yes",
    ),
    "predictable_bets": ("Does any bet depend on its own or on later losses?", "no"),
}
"""Key of a condition -> its question, and the answer without which the theorem does not apply."""

_KEY_OF = {sentence: key for key, sentence in CONDITIONS.items()}
_DATA = {
    "iid": (
        "Are the observations independent draws from one and the same distribution, the one that "
        "the statement is about?"
    ),
    "independent": "Are the observations independent of each other?",
    "martingale": (
        "Do the observations, in their order, keep the same conditional mean given the past?"
    ),
    "exchangeable": "Would the observations be as likely in any other order?",
    "mixing": "Does the dependence between observations fade as the theorem demands?",
    "gaussian_design": "Are the inputs Gaussian?",
    "without_replacement": (
        "Were the observations drawn uniformly, without replacement, from the whole population?"
    ),
}
_LOSSES = {
    "unit": "Does every loss lie in [0, 1] (or, with width=w, in an interval of length w)?",
    "zero_one": "Is the loss 0 or 1, an error or none?",
    "bounded": "Does every loss lie within the bounds that are given?",
    "sub_gaussian": "Is the loss sub-Gaussian with the given variance proxy?",
    "bounded_above": "Does every loss stay below the bound that is given?",
    "finite_variance": "Does the loss have a finite variance?",
    "square": "Is the loss the squared difference?",
}
_SETTINGS = {
    "bernstein": "Does the Bernstein condition hold?",
    "massart": "Does Massart's noise condition hold with the given margin?",
    "realizable": "Does some hypothesis of the class make no error at all, on any observation?",
}
_ABOUT_DATA = ("risk", "excess_risk", "gap", "cdf_deviation", "std", "variance", "supremum",
               "absolute_supremum", "risk_difference", "loo_error")  # fmt: skip


class Question(NamedTuple):
    """A question, and the answer (yes or no) without which the theorem does not apply."""

    text: str
    must_be: str

    def __str__(self) -> str:
        return f"{self.text}  must be: {self.must_be}"


class Need(NamedTuple):
    """A relation between the arguments as the theorem states it, with numbers, and if it holds.

    Without numbers `numbers` is empty and `holds` None.
    """

    relation: str
    numbers: str = ""
    holds: bool | None = None

    def __str__(self) -> str:
        if self.holds is None:
            return self.relation
        return f"{self.relation}: {self.numbers}, {'holds' if self.holds else 'DOES NOT HOLD'}"


def questions_of(bound: Bound) -> tuple[Question, ...]:
    """What the reader must be able to answer before the number means anything."""
    return tuple(dict.fromkeys([*_of_conditions(bound), *_of_claim(bound)]))


def _of_conditions(bound: Bound) -> Iterator[Question]:
    for sentence in bound.conditions:
        if sentence in _KEY_OF:
            yield Question(*QUESTIONS[_KEY_OF[sentence]])
        elif sentence in bound.given:  # the author's own words
            yield Question(f"Is it so that {sentence.rstrip('.')}?", "yes")
        else:
            text, must_be = QUESTIONS["fixed_before_sample"]
            yield Question(text.format(parameters=", ".join(bound.fixed)), must_be)


def _of_claim(bound: Bound) -> Iterator[Question]:
    claim = bound.claim
    if claim.scope == "every_learner":
        return
    fields = [(_SETTINGS, claim.setting)]
    if claim.quantity in _ABOUT_DATA:
        fields.insert(0, (_LOSSES, claim.loss))
    if claim.quantity in _ABOUT_DATA or claim.surely == "probability":
        fields.insert(0, (_DATA, claim.data))
    for words, value in fields:
        if value in words:
            yield Question(words[value], "yes")


def needs_of(bound: Bound, values: Mapping[str, Any] | None = None) -> tuple[Need, ...]:
    """The relations that the theorem needs, with the numbers where there are any."""
    if values is None:
        return tuple(map(Need, bound.needs))
    unmet = bound.unmet(values)
    return tuple(Need(need, _with_numbers(need, values), need not in unmet) for need in bound.needs)


def _with_numbers(need: str, values: Mapping[str, Any]) -> str:
    def number(match: re.Match[str]) -> str:
        value = values.get(match[0])
        return match[0] if not isinstance(value, (int, float)) else f"{value:.10g}"

    return re.sub(r"[a-z_]\w*", number, need)
