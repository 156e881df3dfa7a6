"""Both templates in, the policies of their roles out, as an installation `shop` has them; and who may do what."""

import json
import re
from collections.abc import Mapping
from typing import Any

from infra.stacks import TEMPLATES
from tests.parts.stack_templates import read_template

ACCOUNT, REGION, PREFIX, MODEL_ID = "123456789012", "us-east-1", "shop", "looksee-small-123456"
_ARNS = {
    "AWS::DynamoDB::Table": "arn:aws:dynamodb:{region}:{account}:table/{name}",
    "AWS::S3::Bucket": "arn:aws:s3:::{name}",
    "AWS::SageMaker::Endpoint": "arn:aws:sagemaker:{region}:{account}:endpoint/{name}",
    "AWS::SecretsManager::Secret": "arn:aws:secretsmanager:{region}:{account}:secret:{name}-AbCdEf",
    "AWS::Logs::LogGroup": "arn:aws:logs:{region}:{account}:log-group:{name}",
    "AWS::ECR::Repository": "arn:aws:ecr:{region}:{account}:repository/{name}",
    "AWS::ECS::Cluster": "arn:aws:ecs:{region}:{account}:cluster/{name}",
}
_NAMES = ("BucketName", "TableName", "EndpointName", "Name", "LogGroupName", "RepositoryName", "ClusterName", "Family")
_REF_IS_ARN = {"AWS::SageMaker::Endpoint", "AWS::SecretsManager::Secret"}


class Rendered:
    """The stacks' templates with everything filled in that policies refer to."""

    def __init__(self) -> None:
        texts = [(TEMPLATES / f"{name}.yaml").read_text() for name in ("base", "app")]
        base, app = (read_template(text) for text in texts)
        self._resources: dict[str, Any] = {**base["Resources"], **app["Resources"]}
        self._parameters = {
            name: str(parameter.get("Default", "x")) for name, parameter in app["Parameters"].items()
        } | {"Prefix": PREFIX, "ModelId": MODEL_ID}
        self._exports = {
            self.text(output["Export"]["Name"]): output["Value"]
            for output in base["Outputs"].values()
            if "Export" in output
        }

    def roles(self) -> dict[str, dict[str, Any]]:
        """Role -> one policy document with all its statements."""
        return {name: self.policy(name) for name, r in self._resources.items() if r["Type"] == "AWS::IAM::Role"}

    def policy(self, role: str) -> dict[str, Any]:
        """All that a role may do, as one policy document."""
        policies = self._resources[role]["Properties"]["Policies"]
        statements = [statement for policy in policies for statement in policy["PolicyDocument"]["Statement"]]
        return {"Version": "2012-10-17", "Statement": [self.value(statement) for statement in statements]}

    def text(self, value: Any) -> str:
        found = self.value(value)
        assert isinstance(found, str), f"{value} is no text"
        return found

    def value(self, value: Any) -> Any:
        """A value with references and substitutions filled in."""
        if isinstance(value, list):
            return [self.value(each) for each in value]
        if not isinstance(value, dict):
            return value
        match value:
            case {"Ref": str(name)}:
                return self._ref(name)
            case {"Fn::GetAtt": [str(name), "Arn"]}:
                return self._arn(name)
            case {"Fn::Sub": str(text)}:
                return self._substituted(text, {})
            case {"Fn::Sub": [str(text), dict(variables)]}:
                return self._substituted(text, variables)
            case {"Fn::ImportValue": name}:
                return self.text(self._exports[self.text(name)])
            case {"Fn::Join": [str(between), list(parts)]}:
                return between.join(self.text(part) for part in parts)
        return {key: self.value(each) for key, each in value.items()}

    def _substituted(self, text: str, variables: Mapping[str, Any]) -> str:
        def filled(found: re.Match[str]) -> str:
            name = found.group(1)
            if name in variables:
                return self.text(variables[name])
            return self._arn(name.removesuffix(".Arn")) if name.endswith(".Arn") else self._ref(name)

        return re.sub(r"\$\{([\w.:]+)\}", filled, text)

    def _ref(self, name: str) -> str:
        pseudo = {"AWS::AccountId": ACCOUNT, "AWS::Region": REGION, "AWS::Partition": "aws"}
        if name in pseudo:
            return pseudo[name]
        if name in self._parameters:
            return self._parameters[name]
        kind = self._resources[name]["Type"]
        return self._arn(name) if kind in _REF_IS_ARN else self._name(name)

    def _name(self, name: str) -> str:
        properties = self._resources[name].get("Properties", {})
        key = next((key for key in _NAMES if key in properties), "")
        return self.text(properties[key]) if key else name.lower()

    def _arn(self, name: str) -> str:
        pattern = _ARNS.get(self._resources[name]["Type"], "arn:aws:other:{region}:{account}:{name}")
        return pattern.format(region=REGION, account=ACCOUNT, name=self._name(name))


def may(policy: Mapping[str, Any], action: str, resource: str) -> bool:
    """True where a policy allows an action on a resource, as moto's IAM judges it."""
    from moto.iam.access_control import IAMPolicy, PermissionResult

    found = IAMPolicy(json.dumps(policy)).is_action_permitted(action, resource)
    return bool(found == PermissionResult.PERMITTED)
