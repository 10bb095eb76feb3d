"""The signer against AWS's published examples, and against the chain of its environment."""

import os
import unittest
from datetime import datetime, timezone
from unittest import mock

from paddock import Credentials
from paddock._signing import sign

KEY = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
NOW = datetime(2015, 8, 30, 12, 36, tzinfo=timezone.utc)


def signature(method: str, path: str, **options: str) -> str:
    """The signature of a request of AWS's test suite (aws-sig-v4-test-suite)."""
    headers = sign(
        method,
        f"https://example.amazonaws.com{path}",
        b"",
        service=options.get("service", "service"),
        region="us-east-1",
        credentials=KEY,
        now=NOW,
    )
    return headers["authorization"].rpartition("Signature=")[2]


class Signing(unittest.TestCase):
    def test_signs_as_aws_examples_do(self) -> None:
        self.assertEqual(
            signature("GET", "/"), "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
        )
        self.assertEqual(
            signature("POST", "/"), "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"
        )
        self.assertEqual(
            signature("GET", "/?Param2=value2&Param1=value1"),
            "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
        )

    def test_signs_the_token_and_for_s3_the_content(self) -> None:
        headers = sign(
            "GET", "https://s3.example/b/a%20b", b"", service="s3", region="r", credentials=KEY._replace(token="t")
        )
        self.assertEqual(headers["x-amz-security-token"], "t")
        self.assertIn("SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,", headers["authorization"])

    def test_reads_a_whole_key_from_the_environment_only(self) -> None:
        for environment, expected in (
            ({"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_SESSION_TOKEN": ""}, Credentials("a", "b")),
            ({"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_SESSION_TOKEN": "c"}, Credentials("a", "b", "c")),
            ({"AWS_ACCESS_KEY_ID": "a"}, None),
            ({}, None),
        ):
            with mock.patch.dict(os.environ, environment, clear=True):
                self.assertEqual(Credentials.from_environment(), expected)


if __name__ == "__main__":
    unittest.main()
