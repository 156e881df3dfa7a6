"""CloudFormation in front of moto: stacks come without what moto lacks, with outputs, and with a few real parts.

moto's change sets make resources and forget outputs and exports, so that executing one creates the stack anew. The
DynamoDB table is made in DynamoDB Local and the secrets are made by themselves, as the template describes them.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from starlette.responses import Response

from tests.parts.aws_front import Call, Hook, as_moto_said
from tests.parts.stack_templates import read_template, types_of, without

OWN = {"AWS::DynamoDB::Table"}
"""Types that moto has and a better part makes."""


@dataclass
class LocalStacks:
    """The hooks, and what they have seen.

    Args:
        client: makes clients of the pretended account.
        lacking: types that are stripped.
        values: what stands for references to them.
    """

    client: Callable[[str], Any]
    lacking: set[str]
    values: Mapping[str, str]
    types: set[str] = field(default_factory=set)
    """All types of the templates that came by."""
    proposed: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    """Stack -> the stripped template and parameters of its newest change set."""
    made: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Stack -> its template, whole."""
    whole: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def hooks(self) -> dict[str, Hook]:
        return {"CreateChangeSet": self.propose, "ExecuteChangeSet": self.execute, "DeleteStack": self.delete}

    def propose(self, call: Call) -> Response:
        told = dict(httpx.QueryParams(call.body.decode()))
        template = read_template(told["TemplateBody"])
        self.types |= types_of(template)
        stack, values = told["StackName"], {**_names(template, told), **self.values}
        less = without(template, self.lacking | OWN, values)
        for resource in less["Resources"].values():
            if resource["Type"] == "AWS::ECS::TaskDefinition":  # moto runs no task whose containers share its memory
                for definition in resource["Properties"]["ContainerDefinitions"]:
                    definition.setdefault("Memory", 512)
        stripped = json.dumps(less)
        self.proposed[stack], self.whole[stack] = (stripped, told), template
        return as_moto_said(call.on(str(httpx.QueryParams({**told, "TemplateBody": stripped})).encode()))

    def execute(self, call: Call) -> Response:
        told = dict(httpx.QueryParams(call.body.decode()))
        stack = told["StackName"]
        stripped, proposed = self.proposed[stack]
        kept = {k: v for k, v in proposed.items() if k.startswith(("Parameters.", "Capabilities."))}
        action = "UpdateStack" if stack in self.made else "CreateStack"
        if action == "CreateStack":
            call.on(_query({**told, "Action": "DeleteStack"}))  # the one that waits for its first change set
        done = call.on(
            _query({**kept, "Action": action, "StackName": stack, "TemplateBody": stripped, **_version(told)})
        )
        if done.status_code != 200:
            return as_moto_said(done)
        if stack not in self.made:
            self._make(self.whole[stack], proposed)
        self.made[stack] = self.whole[stack]
        return Response("<ExecuteChangeSetResponse><ExecuteChangeSetResult/></ExecuteChangeSetResponse>")

    def delete(self, call: Call) -> Response:
        stack = dict(httpx.QueryParams(call.body.decode()))["StackName"]
        if template := self.made.pop(stack, None):
            self._unmake(template, self.proposed[stack][1])
        done = call.on(call.body)
        if done.status_code != 200 and b"DependencyViolation" in done.content:
            self._delete_free_route_tables()  # moto leaves a stack's own, and then cannot delete its network
            done = call.on(call.body)
        return as_moto_said(done)

    def _make(self, template: dict[str, Any], told: Mapping[str, str]) -> None:
        for resource in template["Resources"].values():
            properties = resource.get("Properties", {})
            if resource["Type"] == "AWS::SecretsManager::Secret":
                generated = {"SecretString": "generated"} if "GenerateSecretString" in properties else {}
                self.client("secretsmanager").create_secret(Name=_named(properties["Name"], told), **generated)
            if resource["Type"] == "AWS::DynamoDB::Table":
                wanted = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")
                described = {name: properties[name] for name in wanted}
                table = _named(properties["TableName"], told)
                self.client("dynamodb").create_table(TableName=table, **described)
                self.client("dynamodb").update_time_to_live(
                    TableName=table, TimeToLiveSpecification=properties["TimeToLiveSpecification"]
                )

    def _unmake(self, template: dict[str, Any], told: Mapping[str, str]) -> None:
        for resource in template["Resources"].values():
            properties = resource.get("Properties", {})
            if resource["Type"] == "AWS::SecretsManager::Secret":
                self.client("secretsmanager").delete_secret(SecretId=_named(properties["Name"], told))
            if resource["Type"] == "AWS::DynamoDB::Table":
                self.client("dynamodb").delete_table(TableName=_named(properties["TableName"], told))
            if resource["Type"] == "AWS::ECR::Repository" and properties.get("EmptyOnDelete"):  # moto knows it not
                self._empty(_named(properties["RepositoryName"], told))

    def _delete_free_route_tables(self) -> None:
        ec2 = self.client("ec2")
        for table in ec2.describe_route_tables()["RouteTables"]:
            if not table["Associations"]:
                ec2.delete_route_table(RouteTableId=table["RouteTableId"])

    def _empty(self, repository: str) -> None:
        ecr = self.client("ecr")
        if images := ecr.list_images(repositoryName=repository)["imageIds"]:
            ecr.batch_delete_image(repositoryName=repository, imageIds=images)


def _names(template: Mapping[str, Any], told: Mapping[str, str]) -> dict[str, str]:
    """What `Ref` gives of the secrets and tables that are made here."""
    kinds = {"AWS::SecretsManager::Secret": "Name", "AWS::DynamoDB::Table": "TableName"}
    return {
        name: _named(resource["Properties"][kinds[resource["Type"]]], told)
        for name, resource in template["Resources"].items()
        if resource["Type"] in kinds
    }


def _query(told: Mapping[str, str]) -> bytes:
    return str(httpx.QueryParams(dict(told))).encode()


def _version(told: Mapping[str, str]) -> dict[str, str]:
    return {"Version": told["Version"]}


def _named(name: Any, told: Mapping[str, str]) -> str:
    """A name with the parameter `Prefix` filled in."""
    keys = {v: k for k, v in told.items() if k.startswith("Parameters.") and k.endswith(".ParameterKey")}
    prefix = told[keys["Prefix"].replace(".ParameterKey", ".ParameterValue")]
    text: str = name["Fn::Sub"] if isinstance(name, dict) else name
    return text.replace("${Prefix}", prefix)
