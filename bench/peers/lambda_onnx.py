"""The least that serves iris with onnxruntime in Python: nothing is checked, logged or explained."""

import json
import os

import numpy as np
import onnxruntime

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
options.inter_op_num_threads = 1
session = onnxruntime.InferenceSession(
    os.environ["MODEL_FILE"], options, providers=["CPUExecutionProvider"]
)
features = os.environ["FEATURES"].split(",")


def handler(event, context):
    request = json.loads(event["body"])
    row = np.array([[request[feature] for feature in features]], dtype=np.float32)
    (label,) = session.run(["label"], {"X": row})
    return {"statusCode": 200, "headers": {"content-type": "text/plain"}, "body": str(label[0])}
