"""Calls each action of the local cloud: `responses.py BUCKET CONFIGURED_BUCKET FUNCTION`.

botocore parses each response by its model of the operation, and leaves out what the model does not have. Prints as JSON
which operations were called, and what their responses have that the model does not.
"""

import io
import json
import sys
import xml.etree.ElementTree as ET

import boto3
from botocore.exceptions import ClientError

bucket, configured, function = sys.argv[1:]

# Headers of HTTP itself, and those that name the request.
OF_EACH_RESPONSE = {
    *("connection", "content-length", "content-type", "date", "keep-alive", "server", "transfer-encoding"),
    *("x-amz-id-2", "x-amz-request-id", "x-amzn-requestid"),
    # S3 sends it with lists; the model has it for HeadBucket only.
    "x-amz-bucket-region",
}
called = set()
unparsed = set()


def wire_name(name, shape):
    """The element that a member is in; a flattened list has its own."""
    if shape.type_name == "list" and shape.serialization.get("flattened") and "name" in shape.member.serialization:
        return shape.member.serialization["name"]
    return shape.serialization.get("name", name)


def in_body(shape):
    return {
        wire_name(name, member): member
        for name, member in shape.members.items()
        if member.serialization.get("location") is None
    }


def local(tag):
    return tag.split("}")[-1]


def find_in_xml(shape, node, path):
    kind = shape.type_name
    children = [child for child in node if isinstance(child.tag, str)]
    if kind == "structure":
        members = in_body(shape)
        attributes = {name.split(":")[-1] for name, member in members.items() if member.serialization.get("xmlAttribute")}
        yield from (f"{path}@{local(name)}" for name in node.attrib if local(name) not in attributes)
        for child in children:
            member = members.get(local(child.tag))
            below = f"{path}/{local(child.tag)}"
            if member is None:
                yield below
            elif member.type_name == "list" and member.serialization.get("flattened"):
                yield from find_in_xml(member.member, child, below)
            else:
                yield from find_in_xml(member, child, below)
    elif kind == "list":
        item = shape.member.serialization.get("name", "member")
        for child in children:
            below = f"{path}/{local(child.tag)}"
            yield from find_in_xml(shape.member, child, below) if local(child.tag) == item else [below]
    else:
        yield from (f"{path}/{local(child.tag)}" for child in children)


def find_in_json(shape, value, path):
    if shape.type_name == "structure":
        members = in_body(shape)
        for name, item in value.items():
            yield from find_in_json(members[name], item, f"{path}.{name}") if name in members else [f"{path}.{name}"]
    elif shape.type_name == "map":
        for name, item in value.items():
            yield from find_in_json(shape.value, item, f"{path}.{name}")
    elif shape.type_name == "list":
        for item in value:
            yield from find_in_json(shape.member, item, path)


def find_in_headers(shape, headers):
    members = [] if shape is None else shape.members.items()
    names = {
        member.serialization.get("name", name).lower()
        for name, member in members
        if member.serialization.get("location") == "header"
    }
    prefixes = tuple(
        member.serialization.get("name", "").lower()
        for _, member in members
        if member.serialization.get("location") == "headers"
    )
    for name in headers:
        name = name.lower()
        if name not in names | OF_EACH_RESPONSE and not (prefixes and name.startswith(prefixes)):
            yield f"header {name}"


def look(response_dict, operation_model, **_):
    name = operation_model.name
    called.add(name)
    if response_dict["status_code"] >= 300:
        return
    shape = operation_model.output_shape
    found = list(find_in_headers(shape, response_dict["headers"]))
    body = response_dict["body"]
    if shape is not None and isinstance(body, bytes) and body:
        payload = shape.serialization.get("payload")
        root = shape.members[payload] if payload else shape
        if root.type_name == "structure" and operation_model.service_model.metadata["protocol"] == "rest-json":
            found += find_in_json(root, json.loads(body), "")
        elif root.type_name == "structure":
            node = ET.fromstring(body)
            if operation_model.service_model.metadata["protocol"] == "query":
                node = next(child for child in node if local(child.tag) == f"{name}Result")
            found += find_in_xml(root, node, local(node.tag))
    unparsed.update(f"{name}: {one}" for one in found)


session = boto3.Session()
session.events.register("before-parse", look)


def refused(code, call, **parameters):
    try:
        call(**parameters)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
    else:
        raise AssertionError(f"{code} expected")


s3 = session.client("s3")
there = {"Bucket": bucket}
key = {**there, "Key": "responses/ä b"}
s3.create_bucket(**there)
s3.head_bucket(**there)
s3.list_buckets()
s3.put_object(**key, Body=b"hello", Metadata={"a": "b"}, Tagging="c=d", ChecksumAlgorithm="SHA256", CacheControl="no-store")
s3.get_object(**key, ChecksumMode="ENABLED", Range="bytes=1-2")["Body"].read()
s3.head_object(**key, ChecksumMode="ENABLED")
s3.get_object_attributes(**key, ObjectAttributes=["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"])
s3.get_object_acl(**key)
s3.get_object_tagging(**key)
s3.put_object_tagging(**key, Tagging={"TagSet": [{"Key": "e", "Value": "f"}]})
s3.delete_object_tagging(**key)
s3.copy_object(**{**key, "Key": "responses/copy"}, CopySource=key, ChecksumAlgorithm="SHA1")
refused("AccessControlListNotSupported", s3.put_object_acl, **key, ACL="private")
refused("AccessControlListNotSupported", s3.put_bucket_acl, **there, ACL="private")
for lock in (s3.get_object_retention, s3.get_object_legal_hold):
    refused("InvalidRequest", lock, **key)
refused("InvalidRequest", s3.put_object_retention, **key, Retention={"Mode": "GOVERNANCE"})
refused("InvalidRequest", s3.put_object_legal_hold, **key, LegalHold={"Status": "ON"})
refused("InvalidObjectState", s3.restore_object, **key, RestoreRequest={"Days": 1})

for algorithm in ("SHA256", "CRC32"):
    upload = {**key, "UploadId": s3.create_multipart_upload(**key, ChecksumAlgorithm=algorithm)["UploadId"]}
    part = s3.upload_part(**upload, PartNumber=1, Body=bytes(5 * 1024**2), ChecksumAlgorithm=algorithm)
    copied = s3.upload_part_copy(**upload, PartNumber=2, CopySource={**there, "Key": "responses/copy"})
    s3.list_multipart_uploads(**there, Delimiter="/", EncodingType="url", Prefix="responses/")
    s3.list_multipart_uploads(**there, Delimiter="/", MaxUploads=1)
    s3.list_parts(**upload, MaxParts=1)
    checksum = f"Checksum{algorithm}"
    parts = [
        {"PartNumber": 1, "ETag": part["ETag"], checksum: part[checksum]},
        {"PartNumber": 2, "ETag": copied["CopyPartResult"]["ETag"], checksum: copied["CopyPartResult"][checksum]},
    ]
    s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})
s3.get_object_attributes(**key, ObjectAttributes=["Checksum", "ObjectParts"])
s3.abort_multipart_upload(**key, UploadId=s3.create_multipart_upload(**key)["UploadId"])
for listing in (s3.list_objects, s3.list_objects_v2, s3.list_object_versions):
    listing(**there, Prefix="responses/", MaxKeys=1, EncodingType="url")
    listing(**there, Delimiter="/")
s3.list_objects_v2(**there, FetchOwner=True, StartAfter="a")

settings = {
    "bucket_accelerate_configuration": None,
    "bucket_acl": None,
    "bucket_cors": "NoSuchCORSConfiguration",
    "bucket_encryption": None,
    "bucket_lifecycle_configuration": "NoSuchLifecycleConfiguration",
    "bucket_location": None,
    "bucket_logging": None,
    "bucket_notification_configuration": None,
    "object_lock_configuration": "ObjectLockConfigurationNotFoundError",
    "bucket_ownership_controls": None,
    "bucket_policy": "NoSuchBucketPolicy",
    "bucket_policy_status": "NoSuchBucketPolicy",
    "public_access_block": None,
    "bucket_replication": "ReplicationConfigurationNotFoundError",
    "bucket_request_payment": None,
    "bucket_tagging": "NoSuchTagSet",
    "bucket_versioning": None,
    "bucket_website": "NoSuchWebsiteConfiguration",
}
# No program declares these here.
NEVER = ("ObjectLockConfigurationNotFoundError", "ReplicationConfigurationNotFoundError", "NoSuchWebsiteConfiguration")
for name, code in settings.items():
    read = getattr(s3, f"get_{name}")
    if code is None:
        read(**there)
    else:
        refused(code, read, **there)
    if code not in NEVER:
        read(Bucket=configured)
s3.put_object(Bucket=configured, Key="a/versions", Body=b"1")
s3.delete_object(Bucket=configured, Key="a/versions")
s3.list_object_versions(Bucket=configured)
s3.delete_objects(Bucket=configured, Delete={"Objects": [{"Key": "a/versions"}]})
for name in ("analytics", "intelligent_tiering", "inventory", "metrics"):
    refused("NoSuchConfiguration", getattr(s3, f"get_bucket_{name}_configuration"), **there, Id="id")
    getattr(s3, f"list_bucket_{name}_configurations")(**there)
s3.delete_objects(**there, Delete={"Objects": [{"Key": "responses/copy"}, {"Key": key["Key"], "ETag": "other"}]})
s3.delete_object(**key)

lambdas = session.client("lambda")
named = {"FunctionName": function}
for kind in ("RequestResponse", "Event", "DryRun"):
    lambdas.invoke(**named, InvocationType=kind, LogType="Tail", Payload=json.dumps({}))["Payload"].read()
refused("ResourceNotFoundException", lambdas.invoke, FunctionName="nobody")
lambdas.list_functions(FunctionVersion="ALL")
lambdas.get_function(**named)
lambdas.get_function_configuration(**named)
lambdas.list_aliases(**named)
lambdas.get_alias(**named, Name="live")
lambdas.update_alias(**named, Name="live", FunctionVersion="1")
lambdas.list_versions_by_function(**named)
refused("InvalidParameterValueException", lambdas.delete_function, **named)
lambdas.get_function_url_config(**named)
session.client("sts").get_caller_identity()
refused("ValidationError", session.client("sagemaker-runtime").invoke_endpoint, EndpointName="none", Body=io.BytesIO(b"{}"))
print(json.dumps({"called": sorted(called), "unparsed": sorted(unparsed)}))
