"""MinIO's client: `minio_client.py BUCKET`."""

import io
import os
import sys
import urllib.request

from minio import Minio

bucket = sys.argv[1]
client = Minio(
    os.environ["AWS_ENDPOINT_URL"].removeprefix("http://"),
    access_key=os.environ["AWS_ACCESS_KEY_ID"],
    secret_key=os.environ["AWS_SECRET_ACCESS_KEY"],
    secure=False,
)
assert client.bucket_exists(bucket)
data = b"y" * 11 * 1024 * 1024
client.put_object(bucket, "minio/large", io.BytesIO(data), -1, part_size=5 * 1024 * 1024, metadata={"Owner": "me"})
stat = client.stat_object(bucket, "minio/large")
assert (stat.size, stat.metadata["x-amz-meta-owner"]) == (len(data), "me"), stat
with client.get_object(bucket, "minio/large", offset=1, length=2) as response:
    assert response.read() == b"yy"
assert urllib.request.urlopen(client.presigned_get_object(bucket, "minio/large")).read() == data
assert [one.object_name for one in client.list_objects(bucket, prefix="minio/")] == ["minio/large"]
client.remove_object(bucket, "minio/large")
assert list(client.list_objects(bucket, prefix="minio/")) == []
