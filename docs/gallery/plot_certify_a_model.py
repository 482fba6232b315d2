r"""
From a fitted model to a certificate
====================================

Two models were trained on 341 tumours and tried on 228 others. What may be claimed of them, at
once and with 95% confidence? And can somebody else check the claim?
"""

# %%
# Any fitted estimator of scikit-learn will do, any function from rows to predictions, or the
# predictions themselves.

import tempfile
from pathlib import Path

import matplotlib.pyplot as plt
from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import genbounds as gb
from genbounds.plot import CertificatesDisplay

X, y = load_breast_cancer(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.4, random_state=0)
models = {
    "logistic regression": make_pipeline(StandardScaler(), LogisticRegression()),
    "random forest": RandomForestClassifier(random_state=0),
}
for model in models.values():
    model.fit(X_train, y_train)

# %%
# One call certifies both on the same test set. The statements hold together: each has its share of
# :math:`\delta`, the difference of the two models as well.

certificate = gb.certify(models, X_test, y_test, side="both")
print(certificate.sentence)
for condition in certificate.conditions:
    print("[ ]", condition)

# %%
# The difference contains 0, although the counts of errors are far apart: 228 tumours are not
# enough to bound it away from 0 at this level, with two other statements to pay for.

figure, axes = plt.subplots(figsize=(7.5, 2.8), layout="constrained")
display = CertificatesDisplay.from_certificates(certificate).plot(axes)

# %%
# A certificate is a file with every input, condition, theorem, version and a hash of the data.
# Whoever has it can recompute its numbers; whoever has the data too can count the errors again. On
# the command line that is `genbounds verify certificate.json`.

path = Path(tempfile.mkdtemp()) / "certificate.json"
certificate.save(path)
print(gb.verify(path, model=models, X=X_test, y=y_test).ok)

# %%
# A number that was changed in the file is found:

claimed = f"{certificate.statements[0].upper}"
path.write_text(path.read_text().replace(claimed, "0.01"))
changed = gb.verify(path)
print(changed.ok)
for what, passed, detail in changed.checks:
    if passed is False:
        print(f"{what}: {detail}")
