"""The client against a stack that is served: its outputs are in the file that PADDOCK_OUTPUTS names."""

from __future__ import annotations

import json
import os
import unittest
from pathlib import Path

import numpy as np

from paddock import Client, EndpointError, visualize

PROJECT = Path(__file__).resolve().parents[3]
SAMPLES = PROJECT / "functions/smoke-segmentation/samples"
OUTPUTS = os.environ.get("PADDOCK_OUTPUTS")


@unittest.skipUnless(OUTPUTS, "no stack is served: PADDOCK_OUTPUTS names no file")
class Stack(unittest.TestCase):
    def setUp(self) -> None:
        self.client = Client.from_outputs(json.loads(Path(str(OUTPUTS)).read_text()))
        self.addCleanup(self.client.close)

    def test_asks_every_kind_of_endpoint(self) -> None:
        iris = self.client.predict("iris", {"sl": 6.9, "sw": 3.1, "pl": 5.1, "pw": np.float32(2.3)})
        self.assertEqual(iris["species"], "virginica")
        ride = {"distance": 30, "healthpoints": 30, "magicpoints": 2500, "TMAX": 333, "TMIN": 300, "PRCP": 0}
        self.assertEqual(self.client.predict("pricing", ride), 0.99)
        image = self.client.predict("image-validation", PROJECT / "test/fixtures/images/horse.jpg")
        self.assertTrue(image["valid"])
        tensor = {"name": "X", "shape": [1, 4], "datatype": "FP32", "data": [6.9, 3.1, 5.1, 2.3]}
        answer = self.client.predict("v2/models/iris/infer", {"inputs": [tensor]})
        self.assertEqual(answer["outputs"][0]["data"], ["virginica"])

    def test_raises_what_is_wrong_with_a_request(self) -> None:
        with self.assertRaises(EndpointError) as raised:
            self.client.predict("iris", {"sl": "long"})
        self.assertEqual(raised.exception.status, 400)
        self.assertIn({"path": "sw", "message": "is required"}, raised.exception.errors)

    def test_finds_smoke_in_a_file_and_in_a_batch(self) -> None:
        scene = np.load(SAMPLES / "smoke.npy")
        smoke = self.client.infer(SAMPLES / "smoke.npy")
        self.assertEqual((smoke.shape, smoke.dtype), ((96, 96), np.float32))
        self.assertAlmostEqual(float(np.mean(smoke >= 0.5)), 0.303, places=3)
        np.testing.assert_array_equal(self.client.infer(np.stack([scene, scene])), np.stack([smoke, smoke]))

    def test_reads_an_answer_that_is_too_large_for_a_response(self) -> None:
        scene = np.tile(np.load(SAMPLES / "smoke.npy"), (9, 9, 1))
        self.assertEqual(self.client.infer(scene).shape, (864, 864))

    def test_draws_a_scene_with_its_smoke(self) -> None:
        scene = np.load(SAMPLES / "smoke.npy")
        figure = visualize(scene, self.client.infer(scene))
        self.assertEqual(figure.axes[1].get_title(), "smoke: 30% of the pixels")


if __name__ == "__main__":
    unittest.main()
