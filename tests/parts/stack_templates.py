"""A CloudFormation template in, the same without the types of resources that the local stand-in cannot make, out.

Whatever refers to a removed resource gets a constant in its place. `unproven_types.txt` names the types: what a test
here cannot show, docs/aws.md calls unproven.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

LISTED = Path(__file__).with_name("unproven_types.txt")


class _Loader(yaml.SafeLoader):
    """Reads short forms (`!Ref x`) as the long ones."""


def _long_form(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> Any:
    value: Any
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        assert isinstance(node, yaml.MappingNode)
        value = loader.construct_mapping(node, deep=True)
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in {"Ref", "Condition"} else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _long_form)


def read_template(text: str) -> dict[str, Any]:
    """A template with long forms only."""
    template: dict[str, Any] = yaml.load(text, _Loader)
    return template


def types_of(template: Mapping[str, Any]) -> set[str]:
    """The types of its resources."""
    return {resource["Type"] for resource in template["Resources"].values()}


def unproven_types() -> set[str]:
    """The committed list."""
    lines = LISTED.read_text().splitlines()
    return {line.split()[0] for line in lines if line and not line.startswith("#")}


def without(template: Mapping[str, Any], types: set[str], values: Mapping[str, str]) -> dict[str, Any]:
    """The template less the resources of these types.

    Args:
        template: of `read_template`.
        types: to be left out.
        values: what stands for `Name` or `Name.Attribute` of a resource left out; a made-up text by default.
    """
    gone = {name for name, resource in template["Resources"].items() if resource["Type"] in types}
    kept = {name: resource for name, resource in template["Resources"].items() if name not in gone}
    less = {**template, "Resources": kept}
    constants = {name: values.get(name, f"{name.lower()}-stand-in") for name in gone} | dict(values)
    result: dict[str, Any] = _replaced(less, gone, constants)
    return result


def _replaced(value: Any, gone: set[str], constants: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_replaced(each, gone, constants) for each in value if not (isinstance(each, str) and each in gone)]
    if isinstance(value, str):
        return _substituted(value, gone, constants)
    if not isinstance(value, dict):
        return value
    if value.keys() == {"Ref"} and value["Ref"] in gone:
        return constants[value["Ref"]]
    if value.keys() == {"Fn::GetAtt"} and value["Fn::GetAtt"][0] in gone:
        name = ".".join(value["Fn::GetAtt"])
        return constants.get(name, f"{name.lower()}-stand-in")
    return {
        key: _replaced(each, gone, constants)
        for key, each in value.items()
        if not (key == "DependsOn" and isinstance(each, str) and each in gone)
    }


def _substituted(text: str, gone: set[str], constants: Mapping[str, str]) -> str:
    def constant(found: re.Match[str]) -> str:
        name = found.group(1)
        if name.split(".")[0] not in gone:
            return found.group(0)
        return constants.get(name, f"{name.lower()}-stand-in")

    return re.sub(r"\$\{([\w.]+)\}", constant, text)
