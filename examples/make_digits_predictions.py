"""Make digits_predictions.csv: what two classifiers say about digits they were not trained on.

The 1797 images that scikit-learn carries (`load_digits`) are split at random into two halves. A
logistic regression and a vote of the five nearest neighbours are trained on the first half and
predict the second. Both keep scikit-learn's default settings (but for enough iterations to
converge), so nothing was tuned on either half.

    python examples/make_digits_predictions.py

needs scikit-learn. The committed file was made with scikit-learn 1.9.1 and numpy 2.4.6; the same
versions make the same file, and another version's solver may move a prediction or two of the
logistic regression.
"""

import csv
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier

OUTPUT = Path(__file__).with_name("digits_predictions.csv")
SEED = 2026


def main() -> None:
    images, truth = load_digits(return_X_y=True)
    order = np.random.default_rng(SEED).permutation(len(truth))
    train, held_out = np.array_split(order, 2)
    models = {
        "logistic_regression": LogisticRegression(max_iter=5000),
        "nearest_neighbours": KNeighborsClassifier(n_neighbors=5),
    }
    columns = {"truth": truth[held_out]}
    for name, model in models.items():
        columns[name] = model.fit(images[train] / 16, truth[train]).predict(images[held_out] / 16)
        errors = int((columns[name] != columns["truth"]).sum())
        print(f"{name}: {errors} errors on {len(held_out)} images")
    with OUTPUT.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


if __name__ == "__main__":
    main()
