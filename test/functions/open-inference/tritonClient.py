"""Calls a server of the Open Inference Protocol by NVIDIA's client (PyPI `tritonclient[http]`) and prints, as one JSON
object, what the client made of the answers.

    python3 tritonClient.py host:port[/base/path]

The server has the models `echo-<datatype>` (version 1: x [batch, 2] in, y out) and `pair` (versions 2 and 10: a and b,
FP32 [batch, 2], in; sum and difference out).
"""

import json
import sys

import numpy as np
import tritonclient.http as triton
from tritonclient.utils import InferenceServerException

ECHOED = {
    "BOOL": np.array([[True, False], [False, True]]),
    "INT8": np.array([[-128, 127], [0, 1]], np.int8),
    "INT16": np.array([[-(2**15), 2**15 - 1], [0, 1]], np.int16),
    "INT32": np.array([[-(2**31), 2**31 - 1], [0, 1]], np.int32),
    "INT64": np.array([[-(2**63), 2**63 - 1], [0, 1]], np.int64),
    "UINT8": np.array([[255, 0], [1, 2]], np.uint8),
    "UINT16": np.array([[2**16 - 1, 0], [1, 2]], np.uint16),
    "UINT32": np.array([[2**32 - 1, 0], [1, 2]], np.uint32),
    "UINT64": np.array([[2**64 - 1, 0], [1, 2]], np.uint64),
    "FP16": np.array([[1.5, -65504], [np.inf, 6e-8]], np.float16),
    "FP32": np.array([[0.1, -3.4e38], [1e-45, -0.0]], np.float32),
    "FP64": np.array([[0.1, -1e300], [5e-324, -0.0]], np.float64),
    "BYTES": np.array([["", "höf"], ["🦄" * 100, "a\nb"]], np.object_),
}
# What JSON carries exactly, written by a server in JavaScript: no whole numbers beyond 2**53, and no -0.0.
ECHOED_AS_JSON = {
    **ECHOED,
    "INT64": np.array([[-(2**53) + 1, 2**53 - 1], [0, 1]], np.int64),
    "UINT64": np.array([[2**53 - 1, 0], [1, 2]], np.uint64),
    "FP32": np.array([[0.1, -3.4e38], [1e-45, 0]], np.float32),
    "FP64": np.array([[0.1, -1e300], [5e-324, 0]], np.float64),
}


def tensor(name, values, datatype=None, binary=True):
    made = triton.InferInput(name, list(values.shape), datatype or triton_type(values))
    return made.set_data_from_numpy(values, binary_data=binary)


def triton_type(values):
    return next(name for name, echoed in ECHOED.items() if echoed.dtype == values.dtype)


def echo(client, datatype, values, binary):
    outputs = [triton.InferRequestedOutput("y", binary_data=binary)]
    answer = client.infer(f"echo-{datatype}", [tensor("x", values, datatype, binary)], outputs=outputs).as_numpy("y")
    sent = values if datatype != "BYTES" or not binary else np.vectorize(str.encode, [np.object_])(values)
    return {
        "shape": list(answer.shape),
        "type": answer.dtype.name,
        # -0.0 and 0.0 are equal, but not the same.
        "same": bool((answer == sent).all()) and (datatype == "BYTES" or answer.tobytes() == sent.tobytes()),
    }


def described(result):
    names = [output["name"] for output in result.get_response()["outputs"]]
    return {
        "model": result.get_response()["model_name"],
        "version": result.get_response()["model_version"],
        "id": result.get_response().get("id"),
        "outputs": {name: result.as_numpy(name).tolist() for name in names},
    }


def refusal(call):
    try:
        return {"answered": str(call())}
    except InferenceServerException as refused:
        return {"status": refused.status(), "message": refused.message()}


def main(url):
    client = triton.InferenceServerClient(url=url)
    a = np.array([[5, 5], [1, 2]], np.float32)
    b = np.array([[1, 2], [3, 4]], np.float32)
    pair = [tensor("a", a), tensor("b", b)]
    batch = np.arange(2000, dtype=np.float32).reshape(1000, 2)
    row = np.zeros((1, 2), np.float32)
    return {
        "live": client.is_server_live(),
        "ready": client.is_server_ready(),
        "server": client.get_server_metadata(),
        "modelReady": client.is_model_ready("pair"),
        "versionReady": client.is_model_ready("pair", "2"),
        "noVersionReady": client.is_model_ready("pair", "3"),
        "noModelReady": client.is_model_ready("horn"),
        "model": client.get_model_metadata("pair"),
        "version": client.get_model_metadata("pair", "2"),
        "index": [entry for entry in client.get_model_repository_index() if entry["name"] in ("pair", "echo-FP16")],
        "json": {
            datatype: echo(client, datatype, values, False)
            for datatype, values in ECHOED_AS_JSON.items()
            if datatype != "FP16"
        },
        "binary": {datatype: echo(client, datatype, values, True) for datatype, values in ECHOED.items()},
        "allOutputs": described(client.infer("pair", pair, request_id="ride 7")),
        "requestedOutput": described(
            client.infer("pair", pair, model_version="2", outputs=[triton.InferRequestedOutput("difference")])
        ),
        "mixed": described(
            client.infer(
                "pair",
                [tensor("a", a, binary=False), tensor("b", b)],
                outputs=[
                    triton.InferRequestedOutput("difference", binary_data=False),
                    triton.InferRequestedOutput("sum"),
                ],
            )
        ),
        "later": described(client.async_infer("pair", pair).get_result()),
        "batch": bool(
            (client.infer("pair", [tensor("a", batch), tensor("b", batch)]).as_numpy("sum") == 2 * batch).all()
        ),
        "noRows": described(client.infer("pair", [tensor("a", row[:0]), tensor("b", row[:0])])),
        "wrongShape": refusal(lambda: client.infer("echo-FP32", [tensor("x", np.zeros((2, 3), np.float32))])),
        "wrongDatatype": refusal(lambda: client.infer("echo-FP32", [tensor("x", np.zeros((1, 2), np.int32))])),
        "wrongName": refusal(lambda: client.infer("echo-FP32", [tensor("z", row)])),
        "missingInput": refusal(lambda: client.infer("pair", [tensor("a", row)])),
        "wrongOutput": refusal(
            lambda: client.infer("echo-FP32", [tensor("x", row)], outputs=[triton.InferRequestedOutput("z")])
        ),
        "fp16AsJson": refusal(
            lambda: client.infer("echo-FP16", [tensor("x", ECHOED["FP16"][:1], binary=False)])
        ),
        "notUtf8": refusal(
            lambda: client.infer("echo-BYTES", [tensor("x", np.array([[b"\xff", b""]], np.object_))])
        ),
        "zeroByte": refusal(
            lambda: client.infer("echo-BYTES", [tensor("x", np.array([["a\x00b", ""]], np.object_))])
        ),
        "noModel": refusal(lambda: client.infer("horn", [tensor("x", row)])),
        "noVersion": refusal(lambda: client.get_model_metadata("pair", "3")),
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1])))
