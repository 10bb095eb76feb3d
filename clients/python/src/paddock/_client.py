"""The client: one method for each thing that an endpoint does."""

from __future__ import annotations

import io
import json
import mimetypes
import os
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Union
from urllib.parse import quote, urlsplit

import numpy as np
import requests
from numpy.typing import NDArray

from ._signing import Credentials, sign

LOCAL_API_URL = "http://127.0.0.1:4100/prod"
FUNCTION_URL = re.compile(r"\.lambda-url\.([a-z0-9-]+)\.on\.aws$")
REST_API = re.compile(r"\.execute-api\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$")

PathLike = Union[str, "os.PathLike[str]"]
"""The path of a file."""


@dataclass(frozen=True)
class SignedUpload:
    """A place in the stack's upload bucket, and the URL to put one object there."""

    url: str
    bucket: str
    file_name: str
    expires_in: int
    """Seconds for which the URL holds."""


class EndpointError(Exception):
    """What an endpoint answers instead of a result."""

    def __init__(self, status: int, message: str, errors: list[dict[str, str]]) -> None:
        super().__init__(f"{status}: {message}")
        self.status = status
        """The HTTP status."""
        self.message = message
        self.errors = errors
        """What is wrong with the request, by field: ``[{"path": "sl", "message": "is required"}]``."""


class Client:
    """The endpoints of one stack.

    Requests are signed where the stack refuses those that are not: its refusal of the first one says so.
    """

    def __init__(
        self,
        api_url: str | None = None,
        *,
        credentials: Credentials | None = None,
        region: str | None = None,
        s3_endpoint: str | None = None,
        timeout: float = 60.0,
    ) -> None:
        """
        :param api_url: The stack's output ``apiUrl``, with the stage.
            Default: ``PADDOCK_API_URL``, else ``npm start`` on this machine.
        :param credentials: To sign with. Default: those of the environment.
        :param region: To sign for. Default: ``AWS_REGION``, else us-east-1; an address of AWS's says it itself.
        :param s3_endpoint: Where S3 is. Default: ``AWS_ENDPOINT_URL_S3``, ``AWS_ENDPOINT_URL``, else AWS's.
        :param timeout: Seconds to wait for an answer.
        """
        self.api_url = (api_url or os.environ.get("PADDOCK_API_URL") or LOCAL_API_URL).rstrip("/")
        self.region = region or os.environ.get("AWS_REGION") or "us-east-1"
        self.timeout = timeout
        self._credentials = credentials or Credentials.from_environment()
        self._s3_endpoint = s3_endpoint or os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
        self._session = requests.Session()
        self._signs_for: tuple[str, str] | None = None

    @classmethod
    def from_outputs(cls, outputs: Mapping[str, Any], **options: Any) -> Client:
        """Makes the client of a stack by its outputs: ``pulumi stack output --json``, ``npm run -s outputs``."""
        known = {"region": outputs.get("region"), "s3_endpoint": outputs.get("s3Endpoint")}
        return cls(str(outputs["apiUrl"]), **{**known, **options})

    def close(self) -> None:
        """Closes the client's connections."""
        self._session.close()

    def predict(self, endpoint: str, request: Mapping[str, Any] | os.PathLike[str]) -> Any:
        """Asks an endpoint.

        :param endpoint: Its name, or a path: ``iris``, ``v2/models/churn/infer``.
        :param request: What it takes, as its ``GET`` describes; numpy's values and arrays are numbers and lists.
            A path sends the file itself, as ``image-validation`` takes images.
        :returns: The answer: what its JSON says, or its text.
        :raises EndpointError: It answers with another status than 200.
        """
        if isinstance(request, Mapping):
            body = json.dumps(request, default=_plain).encode()
            return self._post(endpoint, body, "application/json")
        path = Path(request)
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return self._post(endpoint, path.read_bytes(), media_type)

    def generate_signed_url(self, file_name: str, size: int | None = None) -> SignedUpload:
        """Asks for a URL to put one object into the upload bucket.

        :param file_name: The object's key; it may have folders.
        :param size: Length of the file in bytes; given, it is signed, and a file of another length is refused.
        """
        request = {"file_name": file_name, **({} if size is None else {"size": size})}
        answer = self.predict("smoke-segmentation/uploads", request)
        return SignedUpload(answer["url"], answer["bucket"], answer["file_name"], answer["expires_in"])

    def upload(self, scene: NDArray[Any] | PathLike, file_name: str | None = None) -> SignedUpload:
        """Uploads a scene.

        :param scene: (H, W, 6) or (N, H, W, 6), of u1 i2 u2 i4 f2 f4 f8: blue, green, red, near infrared, shortwave
            infrared 1.6 and 2.2 µm. Floating-point values are reflectance, 0 to 1; bytes are divided by 255, other
            integers by 10,000. Or the path of a file with it: ``.npy``, GeoTIFF.
        :param file_name: The object's key. Default: a new one.
        :returns: Where it is, for :meth:`infer`.
        """
        if isinstance(scene, np.ndarray):
            buffer = io.BytesIO()
            np.save(buffer, scene, allow_pickle=False)
            content, suffix = buffer.getvalue(), ".npy"
        else:
            content, suffix = Path(scene).read_bytes(), Path(scene).suffix
        place = self.generate_signed_url(file_name or f"{uuid.uuid4()}{suffix}", len(content))
        response = self._send("PUT", place.url, content, {})
        if response.status_code != 200:
            raise _error_of(response)
        return place

    def infer(
        self, scene: SignedUpload | NDArray[Any] | PathLike, *, nodata: float | None = None
    ) -> NDArray[np.float32]:
        """Finds smoke in a scene, or in a batch of scenes.

        :param scene: What :meth:`upload` returned, or what it takes.
        :param nodata: Value of pixels without data.
        :returns: Probability of smoke from 0 to 1, float32: (H, W) of a scene, (N, H, W) of a batch. NaN where a
            pixel has no data.
        """
        place = scene if isinstance(scene, SignedUpload) else self.upload(scene)
        request: dict[str, Any] = {"bucket": place.bucket, "file_name": place.file_name}
        if nodata is not None:
            request["nodata"] = nodata
        answer = self.predict("smoke-segmentation", request)
        if "predictions" in answer:
            # None, which JSON has in place of NaN, becomes NaN.
            return np.array(answer["predictions"], dtype=np.float32)
        output = answer["output"]
        if not output["file_name"].endswith(".npy"):
            raise ValueError(f"The answer is no .npy file: download() gives the bytes of {output}")
        content = self.download(output["bucket"], output["file_name"])
        return np.asarray(np.load(io.BytesIO(content), allow_pickle=False), dtype=np.float32)

    def download(self, bucket: str, file_name: str) -> bytes:
        """Reads an object, signed with the client's credentials: answers over 5 MB are in the upload bucket."""
        key = quote(file_name, safe="/-_.~")
        url = (
            f"{self._s3_endpoint.rstrip('/')}/{bucket}/{key}"
            if self._s3_endpoint
            else f"https://{bucket}.s3.{self.region}.amazonaws.com/{key}"
        )
        response = self._send("GET", url, b"", self._signature("GET", url, b"", "s3", self.region))
        if response.status_code != 200:
            raise _error_of(response)
        return response.content

    def _post(self, endpoint: str, body: bytes, media_type: str) -> Any:
        url = f"{self.api_url}/{endpoint.strip('/')}"
        headers = {"content-type": media_type, "accept": "application/json"}
        if self._signs_for is None:
            response = self._send("POST", url, body, headers)
            self._signs_for = _scope_of(url, response, self.region)
        if self._signs_for is not None:
            signature = self._signature("POST", url, body, *self._signs_for)
            response = self._send("POST", url, body, {**headers, **signature})
        if response.status_code != 200:
            raise _error_of(response)
        is_json = response.headers.get("content-type", "").startswith("application/json")
        return response.json() if is_json else response.text

    def _signature(self, method: str, url: str, body: bytes, service: str, region: str) -> dict[str, str]:
        if self._credentials is None:
            raise PermissionError(
                f"{urlsplit(url).netloc} takes signed requests only: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY "
                "(npm start prints them), or pass credentials"
            )
        return sign(method, url, body, service=service, region=region, credentials=self._credentials)

    def _send(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> requests.Response:
        try:
            return self._session.request(
                method, url, data=body or None, headers=dict(headers), timeout=self.timeout
            )
        except requests.ConnectionError as error:
            raise ConnectionError(f"{url} does not answer: is the stack running (npm start)?") from error


def _scope_of(url: str, response: requests.Response, region: str) -> tuple[str, str] | None:
    """Service and region that a refusal asks to sign for; None where it is no such refusal."""
    refusal = response.headers.get("x-amzn-errortype")
    asks = ("AccessDeniedException", "MissingAuthenticationTokenException")
    if response.status_code != 403 or refusal not in asks:
        return None
    host = urlsplit(url).hostname or ""
    if found := FUNCTION_URL.search(host):
        return "lambda", found[1]
    if found := REST_API.search(host):
        return "execute-api", found[1]
    return ("lambda" if refusal == "AccessDeniedException" else "execute-api"), region


def _error_of(response: requests.Response) -> EndpointError:
    try:
        answer = response.json()
    except ValueError:
        found = re.search(r"<Message>(.*?)</Message>", response.text)
        return EndpointError(response.status_code, found[1] if found else response.text[:200], [])
    texts = [answer.get(name) for name in ("message", "Message", "error", "reason")] if isinstance(answer, dict) else []
    message = next((text for text in texts if isinstance(text, str)), response.text[:200])
    errors = answer.get("errors", []) if isinstance(answer, dict) else []
    return EndpointError(response.status_code, message, errors)


def _plain(value: Any) -> Any:
    """numpy's values as JSON has them."""
    if isinstance(value, (np.generic, np.ndarray)):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} is not JSON")
