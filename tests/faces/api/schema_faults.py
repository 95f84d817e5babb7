"""What of a value a schema of an OpenAPI 3.1 document does not allow: the part of JSON Schema used here."""

from __future__ import annotations

from datetime import date

TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "null": type(None),
}
KNOWN_KEYWORDS = {
    "$ref", "type", "title", "description", "default", "examples", "enum", "const", "format", "pattern",
    "properties", "required", "additionalProperties", "items", "prefixItems", "minItems", "maxItems", "anyOf",
    "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength",
}  # fmt: skip


def faults(value, schema, document, where="$"):
    """What of a value its schema does not allow; every keyword that the document uses is understood."""
    if set(schema) - KNOWN_KEYWORDS:
        yield f"{where}: unknown keywords {set(schema) - KNOWN_KEYWORDS}"
    if "$ref" in schema:
        yield from faults(value, resolved(schema["$ref"], document), document, where)
    if "anyOf" in schema and all(any(faults(value, one, document)) for one in schema["anyOf"]):
        yield f"{where}: {value!r} fits none of {schema['anyOf']}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where}: {value!r} is not in {schema['enum']}"
    if "type" in schema:
        kinds = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
        fits = any(isinstance(value, TYPES[kind]) for kind in kinds)
        if not fits or (isinstance(value, bool) and "boolean" not in kinds):
            yield f"{where}: {value!r} is no {kinds}"
    if schema.get("format") == "date" and isinstance(value, str):
        date.fromisoformat(value)
    if isinstance(value, dict):
        yield from faults_of_object(value, schema, document, where)
    if isinstance(value, list):
        shapes = schema.get("prefixItems", [])
        for position, item in enumerate(value):
            shape = shapes[position] if position < len(shapes) else schema.get("items", {})
            yield from faults(item, shape, document, f"{where}[{position}]")


def faults_of_object(value, schema, document, where):
    yield from (f"{where}: {name} is missing" for name in set(schema.get("required", ())) - set(value))
    known = schema.get("properties", {})
    for name, member in value.items():
        if name in known:
            yield from faults(member, known[name], document, f"{where}.{name}")
        elif schema.get("additionalProperties") is False:
            yield f"{where}: {name} is not declared"
        elif isinstance(schema.get("additionalProperties"), dict):
            yield from faults(member, schema["additionalProperties"], document, f"{where}.{name}")


def shapes_in(schema):
    """A schema and every schema inside it."""
    yield schema
    for keyword in ("items", "additionalProperties"):
        if isinstance(schema.get(keyword), dict):
            yield from shapes_in(schema[keyword])
    for one in (
        *schema.get("anyOf", ()),
        *schema.get("prefixItems", ()),
        *schema.get("properties", {}).values(),
    ):
        yield from shapes_in(one)


def resolved(reference, document):
    assert reference.startswith("#/")
    found = document
    for step in reference[2:].split("/"):
        found = found[step]
    return found


def inside(node):
    """Every object of the document."""
    if isinstance(node, dict):
        yield node
        for member in node.values():
            yield from inside(member)
    elif isinstance(node, list):
        for item in node:
            yield from inside(item)
