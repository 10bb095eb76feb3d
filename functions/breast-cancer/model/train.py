"""Trains the breast cancer model: gradient boosting on five columns as ONNX, with its card.

    python -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/python train.py

The model's 1 stands for *malignant*. scikit-learn's own target has it the other way round (0 malignant, 1 benign); the
contract's examples hold only with malignant as 1.

Writes model.onnx and card.json beside itself, the same bytes on every run, or ends with exit status 1 and the reason
where the model is not what the endpoint's contract says.
"""

import json
import sys
from pathlib import Path

import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.metrics import recall_score
from sklearn.model_selection import train_test_split

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parents[1] / "shared"))
import training  # noqa: E402

# The request's field for each of scikit-learn's columns, in the order of the model's input.
COLUMNS = {
    "meanConcavePoints": "mean concave points",
    "worstRadius": "worst radius",
    "worstTexture": "worst texture",
    "worstArea": "worst area",
    "worstConcavePoints": "worst concave points",
}
EXAMPLES = [
    ("A small tumour", [0.03821, 14.97, 24.64, 677.9, 0.1015], 0),
    ("A large tumour", [0.07951, 24.86, 26.58, 1866.0, 0.01], 1),
]


def answer(reason, prediction, status):
    body = {"reason": reason, "prediction": prediction, "status": str(status)}
    return {"status": status, "body": json.dumps(body, separators=(",", ":"))}


data = load_breast_cancer()
rows = data.data[:, [list(data.feature_names).index(column) for column in COLUMNS.values()]].astype(np.float32)
malignant = (data.target == list(data.target_names).index("malignant")).astype(np.int64)

train_rows, test_rows, train_malignant, test_malignant = train_test_split(
    rows, malignant, test_size=0.33, random_state=42
)
boosting = GradientBoostingClassifier(random_state=42).fit(train_rows, train_malignant)
accuracy = round(float(boosting.score(test_rows, test_malignant)), 4)
recall = round(float(recall_score(test_malignant, boosting.predict(test_rows))), 4)
training.require(accuracy >= 0.95, f"accuracy on the test part is {accuracy}, below 0.95")

model = training.to_model(boosting, len(COLUMNS))
training.require_agreement(model, boosting, rows)
training.require_agreement(model, boosting, training.split_probes(boosting.estimators_.ravel(), rows))

samples = []
for title, values, expected in EXAMPLES:
    label, _ = training.predict(model, values)
    training.require(label == expected, f"{values} is {label}, not {expected}")
    samples.append(
        {"title": title, "request": dict(zip(COLUMNS, values)), "answer": answer("OK", int(label), 200)}
    )
missing = "'body' must contain values for: " + ", ".join(COLUMNS)
samples.append({"title": "Nothing filled in", "request": {}, "answer": answer(missing, "", 400)})

path = FOLDER / "model.onnx"
path.write_bytes(model.SerializeToString(deterministic=True))
training.write_card(
    FOLDER,
    {
        "name": "breast-cancer",
        "title": "Breast cancer, malignant or benign",
        "description": "Tells from five measures of cell nuclei whether a tumour is malignant (1) or benign (0).",
        "origin": "scikit-learn gradient boosting of 100 trees, trained by train.py on five columns of scikit-learn's "
        "load_breast_cancer()",
        "license": {
            "model": "Apache-2.0",
            "data": "CC-BY-4.0: W. Wolberg, O. Mangasarian, N. Street, W. Street, Breast Cancer Wisconsin "
            "(Diagnostic), UCI Machine Learning Repository, doi:10.24432/C5DW2B",
        },
        "files": [training.describe_file(path, FOLDER)],
        "opset": training.describe_opset(model),
        **training.describe_tensors(
            path.read_bytes(), {"X": list(COLUMNS), "probabilities": ["benign", "malignant"]}, {"X": rows}
        ),
        "metrics": {"accuracy": accuracy, "recall": recall},
        "samples": samples,
        "notes": [
            "1 is malignant, 0 benign: the opposite of scikit-learn's own target.",
            "Accuracy and recall (of malignant) are those of the test part: "
            "train_test_split(test_size=0.33, random_state=42).",
            "Made to show serving a model; not a medical device.",
        ],
    },
)
