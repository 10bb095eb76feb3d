"""Serves iris with scikit-learn: the forest of a joblib file, loaded once, or with LOAD=each by each request."""

import json
import os

import joblib

path = os.environ["MODEL_FILE"]
features = os.environ["FEATURES"].split(",")
loaded = joblib.load(path)


def handler(event, context):
    forest = joblib.load(path) if os.environ.get("LOAD") == "each" else loaded
    request = json.loads(event["body"])
    (label,) = forest.predict([[request[feature] for feature in features]])
    return {"statusCode": 200, "headers": {"content-type": "text/plain"}, "body": str(label)}
