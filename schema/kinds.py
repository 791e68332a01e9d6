"""An annotation taken apart: the base type, whether null is allowed, and the constraints.

Everything that follows from the models walks them through this module. An annotation that has no rule here raises,
so a new kind of field cannot slip past a check.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import annotated_types as at
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic.functional_validators import AfterValidator

from .fields import Vocabulary

SCALARS = (str, int, float, bool, date)
_DERIVED = (Vocabulary, at.Ge, at.Le, at.MinLen, at.MaxLen)


class DerivationError(TypeError):
    """An annotation of a model has no rule; add one, or use a kind of fields.py."""


@dataclass(frozen=True)
class Kind:
    """A base type (a scalar, ``list[...]`` or a model), whether null is allowed, and constraints."""

    base: Any
    nullable: bool = False
    constraints: tuple[Any, ...] = ()

    @cached_property
    def element(self) -> Kind | None:
        """The kind of a list's elements; None when this is no list."""
        return take_apart(get_args(self.base)[0]) if get_origin(self.base) is list else None

    @cached_property
    def model(self) -> type[BaseModel] | None:
        """The model of a record inside a row; None when this is none."""
        return self.base if isinstance(self.base, type) and issubclass(self.base, BaseModel) else None

    @property
    def vocabulary(self) -> str | None:
        """The name of the vocabulary of the values, or of the elements' values."""
        own = next((c.name for c in self.constraints if isinstance(c, Vocabulary)), None)
        return own or (self.element.vocabulary if self.element else None)

    @property
    def type_name(self) -> str:
        """The type in plain words, for people."""
        if self.element:
            return f"list of {self.element.type_name}"
        names = {str: "text", int: "integer", float: "number", bool: "boolean", date: "date"}
        return names.get(self.base) or str(self.base.__name__)


@cache
def columns(model: type[BaseModel]) -> tuple[tuple[str, Kind, FieldInfo], ...]:
    """The columns of a model in order, each with its kind.

    Raises:
        DerivationError: for an annotation or validator that nothing can be derived from.
    """
    decorated = model.__pydantic_decorators__
    if decorated.field_validators or decorated.model_validators or decorated.validators or decorated.root_validators:
        raise DerivationError(f"{model.__name__} has validators; rules belong into a *_rules.py")
    found = []
    for name, field in model.model_fields.items():
        kind = take_apart(_annotation(model, name))
        stray = [item for item in field.metadata if not _known(item)]
        if stray:
            raise DerivationError(f"{model.__name__}.{name}: constraint {stray[0]!r} cannot be derived")
        once = _once(kind.constraints, _constraints(field.metadata))
        found.append((name, Kind(kind.base, kind.nullable, once), field))
    return tuple(found)


def _once(*groups: Any) -> tuple[Any, ...]:
    found: list[Any] = []
    for group in groups:
        found += [item for item in group if repr(item) not in map(repr, found)]
    return tuple(found)


def _annotation(model: type[BaseModel], name: str) -> Any:
    for owner in model.__mro__:
        if name in owner.__dict__.get("__annotations__", {}):
            return _hints(owner)[name]
    raise DerivationError(f"{model.__name__}.{name} has no annotation")


@cache
def _hints(owner: type) -> dict[str, Any]:
    return get_type_hints(owner, include_extras=True)


def take_apart(annotation: Any) -> Kind:
    """Base type, nullability and constraints of an annotation.

    Raises:
        DerivationError: for a union of anything but a kind and None, an unknown type, and unknown constraints.
    """
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        arms = [arm for arm in get_args(annotation) if arm is not type(None)]
        if len(arms) != 1:
            raise DerivationError(f"{annotation} is a union of several types")
        inner = take_apart(arms[0])
        return Kind(inner.base, True, inner.constraints)
    if origin is Annotated:
        base, *extra = get_args(annotation)
        inner = take_apart(base)
        return Kind(inner.base, inner.nullable, inner.constraints + tuple(_constraints(extra)))
    if origin is list:
        take_apart(get_args(annotation)[0])
    elif annotation not in SCALARS and not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        raise DerivationError(f"{annotation} has no column type")
    return Kind(annotation)


def _known(item: Any) -> bool:
    return isinstance(item, (FieldInfo, AfterValidator, *_DERIVED)) or bool(getattr(item, "pattern", None))


def _constraints(extra: list[Any]) -> Iterator[Any]:
    has_vocabulary = any(isinstance(item, Vocabulary) for item in extra)
    for item in extra:
        if isinstance(item, FieldInfo):
            yield from _constraints(list(item.metadata))
        elif not _known(item):
            raise DerivationError(f"constraint {item!r} cannot be derived")
        elif not isinstance(item, AfterValidator):
            yield item
        elif not has_vocabulary:
            raise DerivationError(f"{item!r} stands without a vocabulary and cannot be derived")
