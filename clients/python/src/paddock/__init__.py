"""Asks the inference endpoints of a paddock stack, on one's own machine or on AWS."""

from ._client import Client, EndpointError, SignedUpload
from ._signing import Credentials
from ._visualize import visualize

__all__ = ["Client", "Credentials", "EndpointError", "SignedUpload", "visualize"]
