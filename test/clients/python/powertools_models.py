"""Powertools' models parse the events that a function saw, given as JSON on standard input: `{"url": …, "rest": …, "s3": …}`."""

import json
import sys

from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEvent, LambdaFunctionUrlEvent, S3Event
from aws_lambda_powertools.utilities.parser.models import (
    APIGatewayProxyEventModel,
    LambdaFunctionUrlModel,
    S3Model,
)

events = json.load(sys.stdin)
url = LambdaFunctionUrlModel.model_validate(events["url"])
assert url.requestContext.http.method == "POST" and url.cookies == ["a=1"], url
assert LambdaFunctionUrlEvent(events["url"]).json_body == {"x": 1}
rest = APIGatewayProxyEventModel.model_validate(events["rest"])
assert rest.httpMethod == "POST" and rest.requestContext.identity.sourceIp is not None, rest
assert APIGatewayProxyEvent(events["rest"]).json_body == {"x": 1}
S3Model.model_validate(events["s3"])
assert S3Event(events["s3"]).object_key == "powertools/a b.txt"
