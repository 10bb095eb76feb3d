"""boto3 with no setting but what the environment has: `boto3_client.py BUCKET FUNCTION`."""

import io
import json
import sys
import urllib.request

import boto3
from botocore.exceptions import ClientError

bucket, function = sys.argv[1:]
assert boto3.client("sts").get_caller_identity()["Arn"] == "arn:aws:iam::123456789012:root"

s3 = boto3.client("s3")
s3.create_bucket(Bucket=bucket)
assert bucket in [one["Name"] for one in s3.list_buckets()["Buckets"]]
s3.put_object(
    Bucket=bucket,
    Key="boto3/ä b.txt",
    Body="hällo".encode(),
    Metadata={"owner": "joerg"},
    ContentDisposition='attachment; filename="ä.txt"',
)
got = s3.get_object(Bucket=bucket, Key="boto3/ä b.txt")
assert got["Body"].read().decode() == "hällo"
assert got["Metadata"] == {"owner": "joerg"}, got["Metadata"]
large = bytes(range(256)) * 50_000
s3.upload_fileobj(io.BytesIO(large), bucket, "boto3/large")
back = io.BytesIO()
s3.download_fileobj(bucket, "boto3/large", back)
assert back.getvalue() == large
pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix="boto3/", PaginationConfig={"PageSize": 1})
assert [one["Key"] for page in pages for one in page["Contents"]] == ["boto3/large", "boto3/ä b.txt"]
url = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "boto3/large"})
assert urllib.request.urlopen(url).read() == large
try:
    s3.head_object(Bucket=bucket, Key="boto3/none")
    raise AssertionError("there is no such object")
except ClientError as error:
    assert error.response["Error"]["Code"] == "404", error
listed = boto3.resource("s3").Bucket(bucket).objects.filter(Prefix="boto3/").delete()
assert len(listed[0]["Deleted"]) == 2, listed

lambdas = boto3.client("lambda")
answer = lambdas.invoke(FunctionName=function, Payload=json.dumps({"a": "ü"}), LogType="Tail")
assert json.load(answer["Payload"]) == {"a": "ü"}
assert function in [one["FunctionName"] for one in lambdas.list_functions()["Functions"]]
try:
    boto3.client("sagemaker-runtime").invoke_endpoint(EndpointName="none", Body=b"{}")
    raise AssertionError("there is no such endpoint")
except ClientError as error:
    assert error.response["Error"]["Code"] == "ValidationError", error
try:
    boto3.client("dynamodb").list_tables()
    raise AssertionError("DynamoDB is not served")
except ClientError as error:
    assert error.response["Error"]["Code"] == "NotImplemented", error
