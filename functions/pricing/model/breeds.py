"""Rides, the logistic models learned from them, and the archives that hold the models; train.py and generate.py use it.

Features in the order of the model's input: distance (km), healthpoints, magicpoints, TMIN and TMAX (tenths of a degree
Celsius), PRCP (tenths of a mm), the weather as NOAA's daily files (GHCN) have it.

A ride is heavy for a breed when `magicpoints >= 50 * distance * (1 + a * cold + b * rain)`:

- cold rises from 0 at TMIN 100 (10 degrees) to 1 at TMIN -100 (-10 degrees), and stays within;
- rain rises from 0 at PRCP 0 to 1 at PRCP 200 (20 mm), and stays within.

Multiplied out the threshold is linear in distance, distance * cold and distance * rain. So the ONNX graph computes these
two products from the six features, and a linear score over eight columns is all a breed has to learn. Every breed has the
same graph; only the initializers `weight` [8, 1] and `bias` [1] differ.
"""

import gzip
import io
import tarfile

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper

FEATURES = ["distance", "healthpoints", "magicpoints", "TMIN", "TMAX", "PRCP"]
SEED = 42
LABEL_NOISE = 0.05

# Brings the eight columns to about 0..1 for the fit; folded into the weights afterwards.
SCALE = np.array([100, 10_000, 10_000, 100, 100, 100, 100, 100], np.float64)

# How strongly the fit holds the weights down (scikit-learn's 1/C). Rides without label noise are separable, their
# likelihood alone has no maximum; with this the default model gives the contract's heavy ride its 0.99.
RIDGE = 0.125

# [cold, rain] before they are cut to 0..1, from the six features.
WEATHER_WEIGHT = np.zeros((6, 2), np.float32)
WEATHER_WEIGHT[FEATURES.index("TMIN"), 0] = -1 / 200
WEATHER_WEIGHT[FEATURES.index("PRCP"), 1] = 1 / 200
WEATHER_BIAS = np.array([0.5, 0], np.float32)


def make_rides(rng, count):
    """Rides as [count, 6] float32."""
    tmin = rng.normal(80, 90, count)
    rides = np.stack(
        [
            rng.uniform(1, 100, count),
            rng.uniform(0, 10_000, count),
            rng.uniform(0, 10_000, count),
            tmin,
            tmin + rng.uniform(10, 120, count),
            np.where(rng.random(count) < 0.4, rng.exponential(60, count), 0),
        ],
        axis=1,
    )
    return np.round(rides).astype(np.float32)


def to_columns(rides):
    """The eight columns of the linear score, as the graph computes them."""
    weather = np.clip(rides @ WEATHER_WEIGHT + WEATHER_BIAS, 0, 1)
    return np.concatenate([rides, rides[..., :1] * weather], axis=-1).astype(np.float64)


def is_heavy(rides, a, b):
    columns = to_columns(rides)
    threshold = 50 * (columns[..., 0] + a * columns[..., 6] + b * columns[..., 7])
    return columns[..., 2] >= threshold


def fit(columns, labels, iterations=60, tolerance=1e-9):
    """Ridge logistic regression by Newton's method, many breeds at once.

    columns [breeds, rides, 8], labels [breeds, rides]; returns weights [breeds, 8] and biases [breeds] for columns as
    they are (unscaled).
    """
    x = np.concatenate([columns / SCALE, np.ones_like(columns[..., :1])], axis=-1)
    y = labels.astype(np.float64)
    # The bias is not held down.
    ridge = np.diag([RIDGE] * len(SCALE) + [0.0])
    solution = np.zeros((len(x), x.shape[-1]))
    for _ in range(iterations):
        score = np.clip((x @ solution[..., None])[..., 0], -500, 500)
        probability = 1 / (1 + np.exp(-score))
        gradient = ((probability - y)[:, None, :] @ x)[:, 0] + solution @ ridge
        if np.abs(gradient).max() < tolerance * x.shape[1]:
            return solution[:, :-1] / SCALE, solution[:, -1]
        curvature = (x * (probability * (1 - probability))[..., None]).transpose(0, 2, 1) @ x + ridge
        solution -= np.linalg.solve(curvature, gradient[..., None])[..., 0]
    raise SystemExit(f"Self-check failed: the fit has not converged in {iterations} steps")


def to_model(weight, bias):
    """The graph with a breed's weights: `data` [N, 6] float32 in, `score` [N, 1] in 0..1 out."""
    constants = {
        "weather_weight": WEATHER_WEIGHT,
        "weather_bias": WEATHER_BIAS,
        "zero": np.array(0, np.float32),
        "one": np.array(1, np.float32),
        "distance_index": np.array([FEATURES.index("distance")], np.int64),
        "weight": np.asarray(weight, np.float32).reshape(8, 1),
        "bias": np.asarray(bias, np.float32).reshape(1),
    }
    graph = helper.make_graph(
        [
            helper.make_node("Gemm", ["data", "weather_weight", "weather_bias"], ["weather_raw"]),
            helper.make_node("Clip", ["weather_raw", "zero", "one"], ["weather"]),
            helper.make_node("Gather", ["data", "distance_index"], ["distance"], axis=1),
            helper.make_node("Mul", ["distance", "weather"], ["distance_weather"]),
            helper.make_node("Concat", ["data", "distance_weather"], ["columns"], axis=1),
            helper.make_node("Gemm", ["columns", "weight", "bias"], ["linear"]),
            helper.make_node("Sigmoid", ["linear"], ["score"]),
        ],
        "pricing",
        [helper.make_tensor_value_info("data", TensorProto.FLOAT, ["N", 6])],
        [helper.make_tensor_value_info("score", TensorProto.FLOAT, ["N", 1])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    checker.check_model(model)
    return model


def to_archive(model):
    """`model.tar.gz` that holds `model.onnx`, the same bytes for the same model: no dates, owners or file name."""
    content = model.SerializeToString(deterministic=True)
    archive = io.BytesIO()
    with gzip.GzipFile(filename="", fileobj=archive, mode="wb", mtime=0) as packed:
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as tar:
            entry = tarfile.TarInfo("model.onnx")
            entry.size = len(content)
            entry.mode = 0o644
            tar.addfile(entry, io.BytesIO(content))
    return archive.getvalue()


def fit_breeds(sensitivities, first_seed=0, rides_each=2000):
    """Models of the breeds with these (a, b), each learned from rides of its own with label noise.

    The breed at index i has the random numbers of `first_seed + i`: it is the same however many are made with it.
    """
    columns, labels = [], []
    for index, (a, b) in enumerate(sensitivities):
        rng = np.random.default_rng([SEED, first_seed + index])
        rides = make_rides(rng, rides_each)
        columns.append(to_columns(rides))
        labels.append(is_heavy(rides, a, b) ^ (rng.random(rides_each) < LABEL_NOISE))
    weights, biases = fit(np.array(columns), np.array(labels))
    return [to_model(weight, bias) for weight, bias in zip(weights, biases)]
