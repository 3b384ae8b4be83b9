"""JSON Schema (draft 2020-12) from the types of the grammar.

A TypedDict becomes an object with exactly its keys, under its name in ``$defs``; ``Annotated`` adds what no
type says: the form of a number's text, the length of a list. A schema says less than the checker reads, and
nothing of what is true.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from .values import Json

DIALECT = "https://json-schema.org/draft/2020-12/schema"
EXPRESSION: Json = {
    "anyOf": [
        {"type": "string"},
        {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/Expression"}},
    ]
}
_PLAIN: dict[Any, Json] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    Any: {},
    object: {},
}


def schema_of(named: str, title: str, type_: Any) -> Json:
    """The schema of what has this type, under a name of its own.

    Raises:
        TypeError: a type of which the grammar has no use.
    """
    definitions: dict[str, Json] = {}
    body = _schema(type_, definitions)
    head = {"$schema": DIALECT, "$id": named, "title": title}
    return {**head, **body, "$defs": dict(sorted(definitions.items()))}


def _schema(type_: Any, definitions: dict[str, Json]) -> Json:
    if _is_expression(type_):
        definitions["Expression"] = EXPRESSION
        return {"$ref": "#/$defs/Expression"}
    if type_ in _PLAIN:
        return dict(_PLAIN[type_])
    origin, arguments = get_origin(type_), get_args(type_)
    if is_typeddict(origin or type_):
        return _reference(type_, definitions)
    match origin:
        case _ if origin is Annotated:
            told = {key: value for key, value in asdict(arguments[1]).items() if value is not None}
            return {**_schema(arguments[0], definitions), **told}
        case _ if origin is NotRequired:
            return _schema(arguments[0], definitions)
        case _ if origin is Literal:
            return {"enum": list(arguments)}
        case _ if origin in (Union, UnionType):
            return {"anyOf": [_schema(argument, definitions) for argument in arguments]}
        case _ if origin is list:
            return {"type": "array", "items": _schema(arguments[0], definitions)}
        case _ if origin is dict or origin is Mapping:
            return {"type": "object", "additionalProperties": _schema(arguments[1], definitions)}
    raise TypeError(f"no schema for {type_!r}")


def _is_expression(type_: Any) -> bool:
    """A text or a sequence: the only type of the grammar that is a part of itself."""
    return {str, Sequence} == {get_origin(part) or part for part in get_args(type_)}


def _reference(type_: Any, definitions: dict[str, Json]) -> Json:
    """A reference to the definition of an object, which is made where it is met first."""
    origin, arguments = get_origin(type_) or type_, get_args(type_)
    name = origin.__name__ + "".join(f"-{_short(argument)}" for argument in arguments)
    if name not in definitions:
        definitions[name] = {}  # an object may hold others of its kind
        filled = dict(zip(getattr(origin, "__parameters__", ()), arguments, strict=True))
        hints = get_type_hints(origin, include_extras=True)
        definitions[name] = {
            "type": "object",
            "properties": {
                key: _schema(filled.get(hint, hint), definitions) for key, hint in sorted(hints.items())
            },
            "required": sorted(key for key, hint in hints.items() if get_origin(hint) is not NotRequired),
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{name}"}


def _short(type_: Any) -> str:
    return "or".join(part.__name__ for part in get_args(type_) or (type_,))
