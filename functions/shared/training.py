"""What the training scripts share: agreement with scikit-learn, and writing a model with its card.

The shape of a card is `Card` in card.ts.
"""

import hashlib
import json
from pathlib import Path

import numpy as np
import onnxruntime

# The Open Inference Protocol's word for each of ONNX's element types that the scripts use.
OIP_DTYPES = {"tensor(float)": "FP32", "tensor(int64)": "INT64", "tensor(string)": "BYTES"}

# Sums over trees are float32 in ONNX and float64 in scikit-learn: a hundred terms differ by a few 1e-7.
TOLERANCE = 1e-6

LINE_WIDTH = 110


class SelfCheckError(SystemExit):
    """A model that is not what its contract says: the script ends with this line and exit status 1."""


def require(holds, message):
    if not holds:
        raise SelfCheckError(f"Self-check failed: {message}")


def to_model(classifier, features):
    """The classifier as ONNX: `[N, features]` float32 in, `label` and `probabilities` out (no ZipMap)."""
    from skl2onnx import to_onnx  # here, so that scripts without scikit-learn can use the rest

    model = to_onnx(
        classifier,
        np.zeros((1, features), np.float32),
        options={"zipmap": False},
        target_opset={"": 21, "ai.onnx.ml": 3},
    )
    # skl2onnx may name a domain twice; every reader takes that, but once says the same.
    opsets = {opset.domain: opset for opset in model.opset_import}
    del model.opset_import[:]
    model.opset_import.extend(opsets[domain] for domain in sorted(opsets))
    return model


def split_probes(trees, rows):
    """Rows that lie on a split threshold and one float32 step to either side of it.

    scikit-learn compares a float32 feature with a float64 threshold, ONNX with a float32 one; rounded the wrong way,
    only such a row goes to another leaf, and no row of the data set has to be one.
    """
    probes = []
    for tree in trees:
        for feature, threshold in zip(tree.tree_.feature, tree.tree_.threshold):
            if feature < 0:
                continue
            at = np.float32(threshold)
            for value in (np.nextafter(at, np.float32(-np.inf)), at, np.nextafter(at, np.float32(np.inf))):
                row = rows[len(probes) % len(rows)].copy()
                row[feature] = value
                probes.append(row)
    return np.array(probes, np.float32)


def require_agreement(model, classifier, rows):
    """ONNX and scikit-learn give the same label and the same probabilities on every row."""
    session = onnxruntime.InferenceSession(model.SerializeToString())
    labels, probabilities = session.run(None, {session.get_inputs()[0].name: rows})
    expected = classifier.predict_proba(rows)
    wrong = int((labels != classifier.predict(rows)).sum())
    require(wrong == 0, f"ONNX and scikit-learn give different labels on {wrong} of {len(rows)} rows")
    difference = float(np.abs(probabilities - expected).max())
    require(difference <= TOLERANCE, f"ONNX and scikit-learn differ by {difference} in a probability")
    print(f"ONNX agrees with scikit-learn on {len(rows)} rows, probabilities within {difference:.1e}")


def predict(model, row):
    """Label and probabilities of one row, from ONNX."""
    session = onnxruntime.InferenceSession(model.SerializeToString())
    label, probabilities = session.run(None, {session.get_inputs()[0].name: np.array([row], np.float32)})
    return label[0], probabilities[0]


def describe_tensors(serialized, labels=None, rows=None):
    """The `inputs` and `outputs` of a card; `labels` names the last axis of a tensor, `rows` gives its ranges."""
    session = onnxruntime.InferenceSession(serialized)

    def describe(tensor):
        shape = [size if isinstance(size, int) else -1 for size in tensor.shape]
        described = {"name": tensor.name, "dtype": OIP_DTYPES[tensor.type], "shape": shape}
        if tensor.name in (labels or {}):
            described["labels"] = list(labels[tensor.name])
        if tensor.name in (rows or {}):
            lowest, highest = rows[tensor.name].min(axis=0), rows[tensor.name].max(axis=0)
            described["ranges"] = [[float(f"{low:.4g}"), float(f"{high:.4g}")] for low, high in zip(lowest, highest)]
        return described

    return {
        "inputs": [describe(tensor) for tensor in session.get_inputs()],
        "outputs": [describe(tensor) for tensor in session.get_outputs()],
    }


def describe_file(path, folder):
    content = path.read_bytes()
    return {
        "path": path.relative_to(folder).as_posix(),
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def describe_opset(model):
    return {opset.domain or "ai.onnx": opset.version for opset in model.opset_import}


def to_json(value, indent="", before=0):
    """JSON as the repository's formatter leaves it: lists of plain values on one line where they fit."""
    inner = indent + "  "
    if isinstance(value, dict) and value:
        lines = []
        for name, member in value.items():
            key = f"{json.dumps(name)}: "
            lines.append(inner + key + to_json(member, inner, len(inner + key)))
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    text = json.dumps(value, ensure_ascii=False)
    plain = not isinstance(value, list) or not any(isinstance(item, dict) for item in value)
    # 110 columns, one of them for the comma.
    if not isinstance(value, list) or (plain and before + len(text) < LINE_WIDTH):
        return text
    return "[\n" + ",\n".join(inner + to_json(item, inner, len(inner)) for item in value) + f"\n{indent}]"


def write_card(folder, card):
    path = Path(folder) / "card.json"
    path.write_text(to_json(card) + "\n", encoding="utf-8")
    print(f"wrote {path.name}, " + ", ".join(f"{file['path']} ({file['bytes']} bytes)" for file in card["files"]))


def kept_samples(path):
    """The samples of a card that exists: for models whose answers only the endpoint itself can give."""
    return json.loads(path.read_text(encoding="utf-8"))["samples"] if path.exists() else []
