"""Lets moto's IAM decide by the names that AWS's IAM has for what is asked.

moto compares the name of the API's operation, which is not the action's name everywhere (API Gateway's actions are HTTP
methods, many of S3's have names of their own), looks at no resource but S3's and takes conditions for denials.
"""

from urllib.parse import parse_qs, urlparse

from moto.iam import access_control

# https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
S3_SETTINGS = {
    "accelerate": "AccelerateConfiguration",
    "acl": "BucketAcl",
    "cors": "BucketCORS",
    "encryption": "EncryptionConfiguration",
    "lifecycle": "LifecycleConfiguration",
    "logging": "BucketLogging",
    "notification": "BucketNotification",
    "object-lock": "BucketObjectLockConfiguration",
    "ownershipControls": "BucketOwnershipControls",
    "policy": "BucketPolicy",
    "publicAccessBlock": "BucketPublicAccessBlock",
    "replication": "ReplicationConfiguration",
    "requestPayment": "BucketRequestPayment",
    "tagging": "BucketTagging",
    "versioning": "BucketVersioning",
    "website": "BucketWebsite",
}
S3_BUCKET = {
    "DELETE": "DeleteBucket",
    "GET": "ListBucket",
    "HEAD": "ListBucket",
    "POST": "DeleteObject",
    "PUT": "CreateBucket",
}
S3_OBJECT = {"DELETE": "DeleteObject", "GET": "GetObject", "HEAD": "GetObject", "POST": "PutObject", "PUT": "PutObject"}


def s3_action(method, path, bucket_in_host=False):
    url = urlparse(path)
    query = parse_qs(url.query, keep_blank_values=True)
    is_object = "/" in url.path.strip("/") or (bucket_in_host and url.path.strip("/"))
    if is_object:
        if "tagging" in query:
            return {"GET": "GetObjectTagging"}.get(method, "PutObjectTagging")
        if "versionId" in query:
            return {"DELETE": "DeleteObjectVersion"}.get(method, "GetObjectVersion")
        return S3_OBJECT[method]
    if "versions" in query:
        return "ListBucketVersions"
    for name, setting in S3_SETTINGS.items():
        if name in query:
            if method == "DELETE":
                return "DeleteBucketPolicy" if name == "policy" else f"Put{setting}"
            return f"{'Get' if method == 'GET' else 'Put'}{setting}"
    return S3_BUCKET[method]


def iam_action(request):
    service, _, operation = request._action.partition(":")
    if service == "apigateway":
        return f"apigateway:{request._method}"
    if service == "s3":
        return f"s3:{s3_action(request._method, request._path)}"
    return {"lambda:Invoke": "lambda:InvokeFunction"}.get(request._action, request._action)


def install(on_action=lambda action, operation: None):
    check = access_control.IAMRequestBase.check_action_permitted
    matches = access_control.IAMPolicyStatement._check_element_matches

    def check_action_permitted(self, resource):
        operation = self._action
        self._action = iam_action(self)
        on_action(self._action, operation)
        return check(self, resource)

    def check_element_matches(self, element, value):
        # moto names no resource, except S3's; and bash's `*` is more than a regular expression's.
        return (element == "Resource" and value == "*") or matches(self, element, value)

    access_control.IAMRequestBase.check_action_permitted = check_action_permitted
    access_control.IAMRequestBase.check_signature = lambda self: None
    access_control.IAMPolicyStatement._check_element_matches = check_element_matches
    access_control.IAMPolicyStatement._check_conditions = lambda self, values: True
