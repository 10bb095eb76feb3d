"""Trains the iris species model: a random forest as ONNX, with its card.

    python -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/python train.py

Writes model.onnx and card.json beside itself, the same bytes on every run, or ends with exit status 1 and the reason
where the model is not what the endpoint's contract says.
"""

import sys
from pathlib import Path

import numpy as np
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parents[1] / "shared"))
import training  # noqa: E402

FEATURES = ["sl", "sw", "pl", "pw"]
EXAMPLE = {"sl": 6.9, "sw": 3.1, "pl": 5.1, "pw": 2.3}

iris = load_iris()
rows = iris.data.astype(np.float32)
# Trained on the names: the model itself answers "virginica", no table of classes beside it can go out of step.
species = iris.target_names[iris.target].astype(object)

train_rows, test_rows, train_species, test_species = train_test_split(
    rows, species, test_size=0.33, random_state=42
)
# 64 trees: a power of two, so that each tree's share is exact in float32 and certain answers are exactly 1.
forest = RandomForestClassifier(n_estimators=64, random_state=42).fit(train_rows, train_species)
accuracy = round(float(forest.score(test_rows, test_species)), 4)
training.require(accuracy == 0.98, f"accuracy on the test part is {accuracy}, not 0.98")

model = training.to_model(forest, len(FEATURES))
training.require_agreement(model, forest, rows)
training.require_agreement(model, forest, training.split_probes(forest.estimators_, rows))

samples = []
for title, request, expected in [
    ("A virginica", EXAMPLE, "virginica"),
    ("A setosa", {"sl": 5.1, "sw": 3.5, "pl": 1.4, "pw": 0.2}, "setosa"),
    ("A versicolor", {"sl": 5.7, "sw": 2.8, "pl": 4.5, "pw": 1.3}, "versicolor"),
    ("Numbers as strings", {feature: str(value) for feature, value in EXAMPLE.items()}, "virginica"),
]:
    label, _ = training.predict(model, [float(request[feature]) for feature in FEATURES])
    training.require(label == expected, f"{request} is {label}, not {expected}")
    samples.append({"title": title, "request": request, "answer": {"status": 200, "body": label}})

path = FOLDER / "model.onnx"
path.write_bytes(model.SerializeToString(deterministic=True))
training.write_card(
    FOLDER,
    {
        "name": "iris",
        "title": "Iris species",
        "description": "Names the species of an iris from the length and width of its sepals and petals, in cm.",
        "origin": "scikit-learn random forest of 64 trees, trained by train.py on scikit-learn's load_iris()",
        "license": {
            "model": "Apache-2.0",
            "data": "CC-BY-4.0: R. A. Fisher, Iris, UCI Machine Learning Repository, doi:10.24432/C56C76",
        },
        "files": [training.describe_file(path, FOLDER)],
        "opset": training.describe_opset(model),
        **training.describe_tensors(
            path.read_bytes(), {"X": FEATURES, "probabilities": forest.classes_}, {"X": rows}
        ),
        "metrics": {"accuracy": accuracy},
        "samples": samples,
        "notes": [
            "Accuracy is that of the test part: train_test_split(test_size=0.33, random_state=42), 49 of 50 right.",
            "`label` is the species' name; `probabilities` are in alphabetical order of the species.",
        ],
    },
)
