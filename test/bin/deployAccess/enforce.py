"""Asks moto, as a role with the printed policies, for every operation of the AWS provider; prints what is denied, as JSON.

Arguments: the policies' file, the operations' file, and `less` to take each action away in turn and print those that
nothing missed. Requests are as short as the service model lets them be: IAM decides before anything else is looked at.
"""

import json
import sys

import boto3
import iam_names
from botocore.config import Config
from botocore.exceptions import ClientError
from moto import mock_aws
from moto.core.authorization import enable_iam_authentication

REGION = "us-east-1"
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}],
}
# Names that the policies are about; where AWS gives ids, any will do.
NAMES = {"Bucket": "models-0123456", "Key": "models/model.onnx", "RoleName": "iris-0123456", "VersionId": "1"}


def example(shape, name=""):
    kind = shape.type_name
    if kind == "structure":
        return {name: example(shape.members[name], name) for name in shape.required_members}
    if kind in ("list", "map"):
        return [] if kind == "list" else {}
    if kind == "blob":
        return b"x"
    if kind in ("integer", "long", "float", "double"):
        return 1
    if kind == "boolean":
        return True
    return NAMES.get(name, (shape.enum or ["x" * max(1, shape.metadata.get("min", 1))])[0])


def deploy_role(policies):
    iam, sts = boto3.client("iam", REGION), boto3.client("sts", REGION)
    arn = iam.create_role(RoleName="deployer", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]["Arn"]
    set_policies(policies)
    taken = sts.assume_role(RoleArn=arn, RoleSessionName="deploy")["Credentials"]
    return boto3.Session(taken["AccessKeyId"], taken["SecretAccessKey"], taken["SessionToken"], REGION)


def set_policies(policies):
    iam = boto3.client("iam", REGION)
    for number, document in enumerate(policies):
        iam.put_role_policy(RoleName="deployer", PolicyName=str(number), PolicyDocument=json.dumps(document))


def is_denied(session, service, operation):
    config = Config(parameter_validation=False, retries={"total_max_attempts": 1})
    client = session.client(service, config=config)
    model = client.meta.service_model.operation_model(operation)
    params = example(model.input_shape) if model.input_shape else {}
    if service == "s3" and operation.endswith(("Object", "ObjectTagging")):
        params = {"Bucket": NAMES["Bucket"], "Key": NAMES["Key"], **({"Tagging": {"TagSet": []}} if "Put" in operation and "Tagging" in operation else {})}
    try:
        client._make_api_call(operation, params)
    except ClientError as error:
        text = f"{error.response['Error']} {error}"
        return "AccessDenied" in text or error.response["Error"].get("Code") in ("UnauthorizedOperation",)
    except Exception:
        # moto stumbled over the short request: it was let in.
        return False
    return False


def without(policies, action):
    return [
        {**document, "Statement": [{**one, "Action": [name for name in one["Action"] if name != action]} for one in document["Statement"]]}
        for document in policies
    ]


def main():
    policies, operations = (json.load(open(file)) for file in sys.argv[1:3])
    asked = []
    iam_names.install(lambda action, operation: asked.append(action))
    with mock_aws():
        session = deploy_role(policies)
        action_of, denied = {}, []
        for service, names in operations.items():
            for operation in names:
                asked.clear()
                with enable_iam_authentication():
                    if is_denied(session, service, operation):
                        denied.append(f"{service}:{operation}")
                if asked:
                    action_of[(service, operation)] = asked[-1]
        result = {"asked": sorted(set(action_of.values())), "denied": denied}
        if "less" in sys.argv:
            result["unmissed"] = []
            for action in result["asked"]:
                set_policies(without(policies, action))
                users = [key for key, name in action_of.items() if name == action]
                with enable_iam_authentication():
                    if not all(is_denied(session, *key) for key in users):
                        result["unmissed"].append(action)
        print(json.dumps(result))


main()
