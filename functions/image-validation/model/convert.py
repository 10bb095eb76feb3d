"""Converts CenterNet from the npm package @vladmandic/human to model.onnx, and checks the result on real images.

    npm pack @vladmandic/human@3.3.6 --pack-destination /tmp && tar xzf /tmp/vladmandic-human-3.3.6.tgz -C /tmp
    python3.11 -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/python convert.py /tmp/package

Writes model.onnx, labels.json, LICENSE (the package's own) and card.json beside itself, the same bytes on every run,
or ends with exit status 1 and the reason where the model does not see what it should.

The package carries TensorFlow.js' form of the model: a TensorFlow graph as JSON, weights as float16 in one file.
It becomes a TensorFlow graph again, which both converts to ONNX and answers as the reference for the check.
"""

import itertools
import json
import os
import re
import shutil
import sys
from pathlib import Path

# oneDNN's convolutions trade exactness for speed: boxes differ by a tenth of a pixel with them, by 0.0003 without.
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import numpy as np
import onnx
import onnxruntime
import skimage.data
import tensorflow as tf
import tf2onnx
from google.protobuf.json_format import ParseDict
from skimage.transform import resize
from tensorflow.core.framework import node_def_pb2
from tensorflow.python.framework import tensor_util

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parents[1] / "shared"))
import training  # noqa: E402

# tf2onnx keeps nodes in sets, ordered by address: numbered instead, every run converts alike.
serial = itertools.count()
tf2onnx.graph.Node.__hash__ = lambda node: node.__dict__.setdefault("serial", next(serial))

VERSION = "3.3.6"
OPSET = 15
INPUT, OUTPUT = "tower_0/images", "tower_0/detections"
MIN_SCORE = 0.25
HORSE = 17
# Operators that TensorFlow.js fuses and TensorFlow knows only unfused.
FUSED = {"_FusedConv2D": "Conv2D", "FusedDepthwiseConv2dNative": "DepthwiseConv2dNative"}


def main(package: Path) -> None:
    version = json.loads((package / "package.json").read_text())["version"]
    training.require(version == VERSION, f"the package is version {version}, this script was written for {VERSION}")
    graph = read_graph(package / "models" / "centernet.json")
    labels = read_labels(package / "src" / "object" / "labels.ts")

    model, _ = tf2onnx.convert.from_graph_def(
        graph,
        name="centernet",
        input_names=[f"{INPUT}:0"],
        output_names=[f"{OUTPUT}:0"],
        opset=OPSET,
        tensors_to_rename={f"{INPUT}:0": INPUT, f"{OUTPUT}:0": OUTPUT},
    )
    for unused in [opset for opset in model.opset_import if opset.domain]:
        model.opset_import.remove(unused)
    model.doc_string = f"MobileNetV3 CenterNet from the npm package @vladmandic/human {VERSION} (MIT)"
    onnx.checker.check_model(model)
    serialized = model.SerializeToString(deterministic=True)
    metrics = check(serialized, graph, labels)

    (FOLDER / "model.onnx").write_bytes(serialized)
    (FOLDER / "labels.json").write_text(training.to_json(labels) + "\n")
    shutil.copyfile(package / "LICENSE", FOLDER / "LICENSE")
    training.write_card(FOLDER, describe(model, serialized, metrics))


def read_graph(path: Path) -> tf.compat.v1.GraphDef:
    """The TensorFlow graph in a TensorFlow.js model, with its weights inside."""
    model = json.loads(path.read_text())
    weights = read_weights(path, model["weightsManifest"][0])
    graph = tf.compat.v1.GraphDef()
    for node in model["modelTopology"]["node"]:
        if node["op"] == "Const":
            value = weights[node["name"]]
            const = graph.node.add(name=node["name"], op="Const")
            const.attr["dtype"].type = tf.as_dtype(value.dtype).as_datatype_enum
            const.attr["value"].tensor.CopyFrom(tensor_util.make_tensor_proto(value))
        else:
            graph.node.extend(unfuse(ParseDict(node, node_def_pb2.NodeDef())))
    return graph


def read_weights(path: Path, manifest: dict) -> dict[str, np.ndarray]:
    data = b"".join((path.parent / file).read_bytes() for file in manifest["paths"])
    weights, offset = {}, 0
    for weight in manifest["weights"]:
        stored = np.dtype(weight.get("quantization", weight)["dtype"])
        count = int(np.prod(weight["shape"]))
        values = np.frombuffer(data, stored, count, offset).astype(weight["dtype"])
        weights[weight["name"]] = values.reshape(weight["shape"])
        offset += count * stored.itemsize
    assert offset == len(data), f"{len(data) - offset} bytes of weights belong to no tensor"
    return weights


def unfuse(node: node_def_pb2.NodeDef) -> list[node_def_pb2.NodeDef]:
    """Convolution, bias and activation as nodes of their own; the last one has the fused node's name."""
    if node.op not in FUSED:
        return [node]
    filtered, bias = list(node.input[:2]), node.input[2]
    steps = [step.decode() for step in node.attr["fused_ops"].list.s]
    assert steps[0] == "BiasAdd" and len(node.input) == 3, f"{node.name}: {steps} over {list(node.input)}"
    attributes = {key: node.attr[key] for key in ("T", "strides", "padding", "data_format", "dilations")}
    nodes = [node_def_pb2.NodeDef(name=f"{node.name}/conv", op=FUSED[node.op], input=filtered, attr=attributes)]
    for index, step in enumerate(steps):
        last = index == len(steps) - 1
        inputs = [nodes[-1].name, bias] if step == "BiasAdd" else [nodes[-1].name]
        name = node.name if last else f"{node.name}/{step}"
        nodes.append(node_def_pb2.NodeDef(name=name, op=step, input=inputs, attr={"T": node.attr["T"]}))
    return nodes


def read_labels(path: Path) -> list[str]:
    """COCO's labels in the order of the model's classes, which count from 0 (the list's own `class` from 1)."""
    labels = re.findall(r"label: '([^']+)'", path.read_text())
    assert len(labels) == 80 and labels[HORSE] == "horse", labels
    return labels


def check(serialized: bytes, graph: tf.compat.v1.GraphDef, labels: list[str]) -> dict[str, float]:
    """TensorFlow and onnxruntime agree on real images, and find a horse where there is one and nowhere else."""
    session = onnxruntime.InferenceSession(serialized)
    metrics = {"mAP": 0.251, "mAP50": 0.423}
    with tf.Graph().as_default(), tf.compat.v1.Session() as reference:
        tf.import_graph_def(graph, name="")
        for name in ("horse", "chelsea", "coffee", "astronaut"):
            x = prepare(getattr(skimage.data, name)())
            expected = reference.run(f"{OUTPUT}:0", {f"{INPUT}:0": x})[0]
            actual = session.run([OUTPUT], {INPUT: x})[0][0]
            # Of the 100 detections the weakest change places where their scores are almost equal.
            strong = expected[:, 4] >= 0.1
            difference = float(np.abs(expected[strong] - actual[strong]).max())
            training.require(difference < 1e-3, f"ONNX and TensorFlow differ by {difference} on {name}")
            print(f"{name}: ONNX agrees with TensorFlow within {difference:.1e}, {summary(actual[strong], labels)}")
            metrics[f"horseIn{name.capitalize()}"] = round(float(actual[actual[:, 5] == HORSE, 4].max(initial=0)), 3)
    for name, score in metrics.items():
        if name.startswith("horseIn"):
            training.require((score >= MIN_SCORE) == (name == "horseInHorse"), f"{name} is {score}")
    return metrics


def summary(detections: np.ndarray, labels: list[str]) -> str:
    """The best score of each label, best first."""
    best: dict[str, float] = {}
    for row in detections:
        best.setdefault(labels[int(row[5])], row[4])
    return ", ".join(f"{label} {score:.2f}" for label, score in best.items())


def prepare(image: np.ndarray) -> np.ndarray:
    """[1, 512, 512, 3] float32 from 0 to 255, stretched to the square as the model was trained."""
    rgb = image.astype(np.float32) * (255 if image.dtype == bool else 1)
    rgb = np.repeat(rgb[:, :, None], 3, axis=2) if rgb.ndim == 2 else rgb
    return resize(rgb, (512, 512), preserve_range=True, anti_aliasing=True).astype(np.float32)[None]


def describe(model: onnx.ModelProto, serialized: bytes, metrics: dict[str, float]) -> dict:
    return {
        "name": "image-validation",
        "title": "Is there a unicorn in the image",
        "description": "Detects objects of COCO's 80 classes; an image is a validated unicorn where it holds a horse.",
        "origin": f"MobileNetV3 CenterNet (models/centernet.json) of the npm package @vladmandic/human {VERSION}, "
        "converted by convert.py; trained by github.com/610265158/mobilenetv3_centernet.",
        "license": {
            "model": "MIT",
            "data": "COCO train2017 (cocodataset.org): annotations CC-BY-4.0, images under Flickr's terms of use",
        },
        "files": [training.describe_file(FOLDER / name, FOLDER) for name in ("model.onnx", "labels.json")],
        "opset": training.describe_opset(model),
        **training.describe_tensors(serialized, {OUTPUT: ["x1", "y1", "x2", "y2", "score", "class"]}),
        "metrics": metrics,
        # Answers come from the function, whose resizing is not scikit-image's: kept as they are.
        "samples": training.kept_samples(FOLDER / "card.json"),
        "notes": [
            "Input: RGB from 0 to 255, stretched to 512 x 512. Output: the 100 best detections, best first, "
            "corners in 512ths of the image's width and height, class an index into labels.json. "
            "Overlapping detections of one object are still in it.",
            "COCO has no unicorns. A horned horse counts as a horse, a horse without a horn as well, and a unicorn "
            "drawn in lines is missed (test/fixtures/images/README.md has scores).",
            "mAP and mAP50 are the trainer's figures on COCO val2017; horseIn… is the best score for `horse` in a "
            "image of scikit-image's, measured by convert.py.",
            "LICENSE is the package's; NOTICE says what was taken and what is known of its origin.",
        ],
    }


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python convert.py FOLDER_OF_THE_UNPACKED_PACKAGE")
    if os.environ.get("PYTHONHASHSEED") != "0":
        # tf2onnx names and orders nodes as it meets them in sets: the same bytes need the same hashes.
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "PYTHONHASHSEED": "0"})
    main(Path(sys.argv[1]))
