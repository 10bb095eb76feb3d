"""What every peer does with a request: the model of functions/iris, by ONNX Runtime on one thread."""

import os

import numpy as np
import onnxruntime

FEATURES = ("sl", "sw", "pl", "pw")

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
session = onnxruntime.InferenceSession(os.environ["MODEL_FILE"], options)


def species(flower):
    row = np.array([[float(flower[feature]) for feature in FEATURES]], np.float32)
    label, _ = session.run(None, {"X": row})
    return str(label[0])
