"""A route (接口) declared once; validation, dispatch, OpenAPI and command line come from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar, get_origin
from urllib.parse import unquote_to_bytes

from pydantic import BaseModel, ConfigDict, ValidationError

from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role
from geoname.errors import GeonameError, InvalidInputError
from geoname.faces.api.wording import Fault, faults_of, refused, word
from geoname.service.opened import Geoname
from geoname.settings import Limits

WITH_BODY = frozenset({"POST", "PATCH", "PUT"})
"""The methods whose values come in the body; the others have them in the address."""
_PLACEHOLDER = re.compile(r"{(\w+)}")


class Query(BaseModel):
    """What a route is asked, path values included; what is not declared is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Asked = TypeVar("Asked", bound=Query)


@dataclass(frozen=True)
class Route(Generic[Asked]):
    """One thing that can be asked.

    `answer` is the dataclass that `ask` gives back, or `bytes` when it gives ready GeoJSON. `command` is the
    command line's twin. Whoever asks needs at least the role `needs`. Every answer depends on the data, the
    language and the role alone.
    """

    path: str
    query: type[Asked]
    answer: type
    ask: Callable[[Geoname, Asked, Caller], Any]
    zh: str
    en: str
    group: str
    command: str
    method: str = "GET"
    media: str = "application/json"
    needs: Role = Role.PUBLIC
    problems: tuple[type[GeonameError], ...] = field(default=(InvalidInputError,))

    @cached_property
    def placeholders(self) -> tuple[str, ...]:
        """The parameters that stand in the path."""
        return tuple(_PLACEHOLDER.findall(self.path))

    @cached_property
    def rule(self) -> str:
        """The path as Flask writes it."""
        return _PLACEHOLDER.sub(r"<\1>", self.path)

    @cached_property
    def parameters(self) -> dict[str, str]:
        """From the name that a caller writes to the name of the field."""
        return {info.alias or name: name for name, info in self.query.model_fields.items()}

    @cached_property
    def is_versioned(self) -> bool:
        """Whether the answer is one record with its version, which its ETag then tells."""
        return is_dataclass(self.answer) and any(told.name == "version" for told in fields(self.answer))

    @cached_property
    def many(self) -> frozenset[str]:
        """The parameters that may be repeated."""
        return frozenset(
            name
            for name, attribute in self.parameters.items()
            if get_origin(self.query.model_fields[attribute].annotation) is tuple
        )

    def parameter_of(self, attribute: str | None) -> str | None:
        """The name that a caller knows for a field that an error names."""
        for name, known in self.parameters.items():
            if known == attribute:
                return name
        return attribute

    def read(self, values: Mapping[str, object], limits: Limits) -> Asked:
        """The query that the values make; InvalidInputError with every fault at once."""
        if "limit" in self.parameters and "limit" not in values:
            usual = self.query.model_fields["limit"].default
            values = {**values, "limit": min(usual, limits.page_size)}
        try:
            return self.query.model_validate(values, context=limits)
        except ValidationError as error:
            raise refused(faults_of(error, tuple(self.parameters))) from None

    def read_text(self, text: str, path_values: Mapping[str, str], limits: Limits) -> Asked:
        """The query that the part of an address after `?` and the values in its path make.

        WSGI hands over bytes that were not escaped (curl '…?q=青岩') as Latin-1 text.
        """
        values: dict[str, object] = dict(path_values)
        faults: list[Fault] = []
        for pair in text.split("&") if text else ():
            name, _, value = pair.partition("=")
            if "%" in pair or "+" in pair or not pair.isascii():
                try:
                    name, value = _plain(name), _plain(value)
                except UnicodeDecodeError:
                    faults.append(Fault(_shown(name), *word("not_utf8")))
                    continue
            if name in self.many:
                value = f"{values[name]},{value}" if name in values else value
            elif name in values:
                faults.append(Fault(_shown(name), *word("repeated")))
            if name or value:
                values[name] = value
        if faults:
            raise refused(faults)
        return self.read(values, limits)


def _plain(written: str) -> str:
    return unquote_to_bytes(written.replace("+", " ").encode("latin-1")).decode("utf-8")


def _shown(name: str) -> str:
    return name if name.isascii() and len(name) <= 40 else ascii(name[:40])
