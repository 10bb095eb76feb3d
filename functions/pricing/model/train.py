"""Trains the pricing models: the default one and six demonstration breeds, as ONNX in model.tar.gz, with their card.

    python -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/python train.py

Paths below this folder are the keys in the model bucket. Writes the same bytes on every run, or ends with exit status 1
and the reason where the models are not what the endpoint's contract says. How rides and labels are made: breeds.py.
"""

import sys
from pathlib import Path

import numpy as np
import onnxruntime
from sklearn.linear_model import LogisticRegression

import breeds

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parents[1] / "shared"))
import training  # noqa: E402

# SageMaker names a training job's output folder after the algorithm and the time the job began.
DEFAULT_KEY = "linear-learner-2026-11-21-09-00-00-000/output/model.tar.gz"

# How much (a, b) a breed's threshold rises in full cold and in full rain; below 0 it falls.
BREEDS = {
    "akhal-teke": (0.9, 0.9),
    "arabian": (1.2, 0.4),
    "connemara": (0.2, -0.3),
    "friesian": (0.3, 0.5),
    "icelandic": (-0.4, 0.1),
    "shetland": (-0.3, -0.3),
}

HEAVY = {"distance": 30, "healthpoints": 30, "magicpoints": 2500, "TMAX": 333, "TMIN": 300, "PRCP": 0}
LIGHT = {"distance": 100, "healthpoints": 10000, "magicpoints": 50, "TMAX": 1, "TMIN": 1, "PRCP": 240}
# A frosty ride that an Arabian finds light and an Icelandic horse heavy.
FROSTY = {"distance": 60, "healthpoints": 5000, "magicpoints": 3600, "TMAX": -20, "TMIN": -120, "PRCP": 0}


def score(model, rides):
    session = onnxruntime.InferenceSession(model.SerializeToString())
    return session.run(None, {"data": np.asarray(rides, np.float32)})[0][:, 0]


def sample(title, model, request):
    """The exchange as the endpoint answers: the score with two decimals, as JavaScript writes a number."""
    exact = float(score(model, [[request[feature] for feature in breeds.FEATURES]])[0])
    training.require(
        abs(exact * 100 % 1 - 0.5) > 0.001, f"{request} scores {exact}, too near to where rounding turns"
    )
    return {"title": title, "request": request, "answer": {"status": 200, "body": f"{round(exact, 2):g}"}}


def require_same_fit(rides, heavy, model):
    """Our Newton fit is scikit-learn's logistic regression."""
    columns = breeds.to_columns(rides)
    reference = LogisticRegression(C=1 / breeds.RIDGE, solver="newton-cholesky", tol=1e-10, max_iter=200)
    reference.fit(columns / breeds.SCALE, heavy)
    expected = reference.predict_proba(columns / breeds.SCALE)[:, 1]
    difference = float(np.abs(score(model, rides) - expected).max())
    # Weights are float32 in the model: 1e-7 of a linear score of some 50.
    training.require(difference < 1e-5, f"the fit differs from scikit-learn's by {difference}")
    print(f"default model agrees with scikit-learn on {len(rides)} rides within {difference:.1e}")


rides = breeds.make_rides(np.random.default_rng(breeds.SEED), 10_000)
heavy = breeds.is_heavy(rides, 0, 0)
weights, biases = breeds.fit(breeds.to_columns(rides)[None], heavy[None])
default = breeds.to_model(weights[0], biases[0])
require_same_fit(rides, heavy, default)

models = dict(zip(BREEDS, breeds.fit_breeds(BREEDS.values())))

test_rides = breeds.make_rides(np.random.default_rng(breeds.SEED + 1), 10_000)
accuracy = float(np.mean((score(default, test_rides) >= 0.5) == breeds.is_heavy(test_rides, 0, 0)))
breed_accuracies = [
    float(np.mean((score(model, test_rides) >= 0.5) == breeds.is_heavy(test_rides, *BREEDS[breed])))
    for breed, model in models.items()
]
training.require(accuracy >= 0.99, f"accuracy of the default model is {accuracy}, below 0.99")
training.require(min(breed_accuracies) >= 0.97, f"accuracies of the breeds are {breed_accuracies}, one below 0.97")

samples = [
    sample("A heavy ride on a hot day", default, HEAVY),
    sample("A light ride in the rain", default, LIGHT),
    sample("A frosty ride, Arabian", models["arabian"], {**FROSTY, "breed": "arabian"}),
    sample("The same, Icelandic", models["icelandic"], {**FROSTY, "breed": "icelandic"}),
]
scores = [float(exchange["answer"]["body"]) for exchange in samples]
training.require(scores[0] == 0.99, f"the contract's heavy ride scores {scores[0]}, not 0.99")
training.require(scores[1] == 0, f"the contract's light ride scores {scores[1]}, not 0")
training.require(scores[3] - scores[2] > 0.2, f"the two breeds score {scores[2:]}, not 0.2 apart")

paths = {FOLDER / DEFAULT_KEY: default}
paths.update({FOLDER / "breeds" / breed / "model.tar.gz": model for breed, model in models.items()})
for path, model in paths.items():
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(breeds.to_archive(model))

training.write_card(
    FOLDER,
    {
        "name": "pricing",
        "title": "Heavier-than-usual magic points",
        "description": "Scores from 0 to 1 how likely a unicorn ride takes more magic points than usual for its distance "
        "and weather, with a model for each breed.",
        "origin": "logistic regression, trained by train.py on rides that breeds.py makes up",
        "license": {"model": "Apache-2.0", "data": "Apache-2.0: made up by breeds.py"},
        "files": [training.describe_file(path, FOLDER) for path in paths],
        "opset": training.describe_opset(default),
        **training.describe_tensors(default.SerializeToString(), {"data": breeds.FEATURES}, {"data": rides}),
        "metrics": {
            "accuracy": round(accuracy, 4),
            "breedAccuracyLowest": round(min(breed_accuracies), 4),
        },
        "samples": samples,
        "notes": [
            "Accuracy is that on 10,000 other rides, against their labels without noise.",
            "The last two samples are one frosty ride for two breeds: their scores are more than 0.2 apart.",
            "cold = clip(0.5 - TMIN / 200, 0, 1); rain = clip(PRCP / 200, 0, 1); "
            "score = sigmoid([distance, healthpoints, magicpoints, TMIN, TMAX, PRCP, distance * cold, "
            "distance * rain] @ weight + bias).",
            "Every breed has the same graph: Gemm, Clip (cold and rain), Gather, Mul, Concat, Gemm, Sigmoid. "
            "Only the initializers `weight` (float32 [8, 1]) and `bias` (float32 [1]) differ.",
            "So a breed can be made without Python by overwriting them in any model.onnx of this folder: the 32 bytes "
            "after the bytes `weight` 4a 20 (hex) and the 4 bytes after `bias` 4a 04, little-endian; each occurs once.",
        ],
    },
)
