"""The client against a server that answers as a stack does."""

from __future__ import annotations

import io
import json
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable

import numpy as np

from paddock import Client, Credentials, EndpointError
from paddock._visualize import natural_colour

Answer = tuple[int, dict[str, str], bytes]
JSON = {"content-type": "application/json"}


class Asked:
    """A request as the server read it."""

    def __init__(self, handler: BaseHTTPRequestHandler) -> None:
        self.method, self.path = handler.command, handler.path
        self.headers = {name.lower(): value for name, value in handler.headers.items()}
        self.body = handler.rfile.read(int(self.headers.get("content-length", 0)))


class ClientTest(unittest.TestCase):
    def setUp(self) -> None:
        self.asked: list[Asked] = []
        self.answer: Callable[[Asked], Answer] = lambda _: (200, JSON, b"{}")
        test = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                asked = Asked(self)
                test.asked.append(asked)
                status, headers, body = test.answer(asked)
                self.send_response(status)
                for name, value in {**headers, "content-length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = do_PUT = answer

            def log_message(self, *_: Any) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.url = f"http://127.0.0.1:{server.server_port}"

    def client(self, **options: Any) -> Client:
        client = Client(f"{self.url}/prod", **options)
        self.addCleanup(client.close)
        return client

    def test_sends_numpys_values_as_json_and_asks_for_json(self) -> None:
        self.client().predict("wine", {"X": np.array([1, 2], np.float32), "n": np.int64(3)})
        (asked,) = self.asked
        self.assertEqual((asked.method, asked.path, asked.body), ("POST", "/prod/wine", b'{"X": [1.0, 2.0], "n": 3}'))
        self.assertEqual(asked.headers["accept"], "application/json")

    def test_gives_text_where_the_answer_is_none_of_json(self) -> None:
        self.answer = lambda _: (200, {"content-type": "text/plain"}, b"virginica")
        self.assertEqual(self.client().predict("iris", {}), "virginica")

    def test_raises_what_the_endpoint_says_in_any_of_its_forms(self) -> None:
        errors = [{"path": "sl", "message": "is required"}]
        for body, message in (
            (json.dumps({"message": "sl is required", "errors": errors}), "sl is required"),
            ('{"Message": "Forbidden"}', "Forbidden"),
            ('{"error": "There is no model horn"}', "There is no model horn"),
            ('{"reason": "must contain values", "prediction": ""}', "must contain values"),
            ("<Error><Message>Request has expired</Message></Error>", "Request has expired"),
            ("gateway", "gateway"),
            ('["odd"]', '["odd"]'),
        ):
            self.answer = lambda _, body=body: (400, JSON, body.encode())  # type: ignore[misc]
            with self.assertRaises(EndpointError) as raised:
                self.client().predict("iris", {})
            self.assertEqual((raised.exception.status, raised.exception.message), (400, message))
            self.assertEqual(raised.exception.errors, errors if "errors" in body else [])

    def test_signs_from_the_first_refusal_on(self) -> None:
        def answer(asked: Asked) -> Answer:
            if "authorization" in asked.headers:
                return 200, JSON, b"1"
            return 403, {"x-amzn-errortype": "MissingAuthenticationTokenException"}, b"{}"

        self.answer = answer
        client = self.client(credentials=Credentials("KEY", "secret", "token"), region="eu-west-1")
        self.assertEqual([client.predict("pricing", {}), client.predict("pricing", {})], [1, 1])
        self.assertEqual([("authorization" in asked.headers) for asked in self.asked], [False, True, True])
        self.assertIn("/eu-west-1/execute-api/aws4_request", self.asked[1].headers["authorization"])
        self.assertEqual(self.asked[1].headers["x-amz-security-token"], "token")

    def test_says_what_is_missing_to_sign_with(self) -> None:
        self.answer = lambda _: (403, {"x-amzn-errortype": "AccessDeniedException"}, b"{}")
        client = self.client()
        client._credentials = None
        with self.assertRaisesRegex(PermissionError, "takes signed requests only"):
            client.predict("pricing", {})

    def test_takes_a_refusal_of_the_handlers_own_for_an_error(self) -> None:
        self.answer = lambda _: (403, JSON, b'{"message": "not this bucket"}')
        with self.assertRaisesRegex(EndpointError, "403: not this bucket"):
            self.client().predict("image-validation", {})
        self.assertEqual(len(self.asked), 1)

    def test_uploads_an_array_and_gives_its_smoke_with_nan_for_no_data(self) -> None:
        place = {"url": f"{self.url}/bucket/a.npy?sig", "bucket": "bucket", "file_name": "a.npy", "expires_in": 900}
        answers = {
            "/prod/smoke-segmentation/uploads": json.dumps(place).encode(),
            "/bucket/a.npy?sig": b"",
            "/prod/smoke-segmentation": b'{"predictions": [[0.25, null]]}',
        }
        self.answer = lambda asked: (200, JSON, answers[asked.path])
        scene = np.ones((1, 2, 6), np.float32)
        smoke = self.client().infer(scene, nodata=-1.0)
        np.testing.assert_array_equal(smoke, np.array([[0.25, np.nan]], np.float32))
        self.assertEqual(smoke.dtype, np.float32)
        sent = [(asked.method, asked.path) for asked in self.asked]
        self.assertEqual(sent, [("POST", "/prod/smoke-segmentation/uploads"), ("PUT", "/bucket/a.npy?sig"), ("POST", "/prod/smoke-segmentation")])
        np.testing.assert_array_equal(np.load(io.BytesIO(self.asked[1].body)), scene)
        self.assertEqual(json.loads(self.asked[0].body)["size"], len(self.asked[1].body))
        self.assertEqual(json.loads(self.asked[2].body), {"bucket": "bucket", "file_name": "a.npy", "nodata": -1.0})

    def test_reads_a_large_answer_from_the_bucket_by_a_signed_request(self) -> None:
        buffer = io.BytesIO()
        np.save(buffer, np.zeros((2, 2), np.float32))
        place = {"url": f"{self.url}/put", "bucket": "b", "file_name": "a.npy", "expires_in": 900}
        answers = {
            "/prod/smoke-segmentation/uploads": json.dumps(place).encode(),
            "/put": b"",
            "/prod/smoke-segmentation": b'{"output": {"bucket": "b", "file_name": "predictions/1.npy"}}',
            "/b/predictions/1.npy": buffer.getvalue(),
        }
        self.answer = lambda asked: (200, JSON, answers[asked.path])
        client = self.client(credentials=Credentials("KEY", "secret"), s3_endpoint=self.url)
        self.assertEqual(client.infer(np.ones((2, 2, 6), np.uint8)).shape, (2, 2))
        self.assertIn("/s3/aws4_request", self.asked[-1].headers["authorization"])

    def test_says_where_nothing_answers(self) -> None:
        with self.assertRaisesRegex(ConnectionError, "is the stack running"):
            Client("http://127.0.0.1:9/prod").predict("iris", {})

    def test_shows_bands_from_their_2nd_to_98th_percentile(self) -> None:
        scene = np.zeros((10, 10, 6), np.uint16)
        scene[..., 2] = np.arange(100).reshape(10, 10)
        image = natural_colour(scene)
        self.assertEqual((image[0, 0, 0], image[9, 9, 0], image[..., 1].max()), (0, 1, 0))


if __name__ == "__main__":
    unittest.main()
