"""Two versions of the schema compared: each difference is breaking, compatible or cosmetic.

Judged for those who read the data, because that is what the schema's version promises:

* breaking (major): a file of the old version is no longer valid, or a program that reads it may fail;
* compatible (minor): more columns that may be null, more values of a vocabulary, wider bounds;
* cosmetic (patch): words, examples, order of vocabularies.

As long as the major version is 0, a breaking change needs a minor step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

Level = Literal["breaking", "compatible", "cosmetic"]
Step = Literal["none", "patch", "minor", "major"]
_STEPS: tuple[Step, ...] = ("none", "patch", "minor", "major")
_NEEDED: dict[Level, Step] = {"breaking": "major", "compatible": "minor", "cosmetic": "patch"}
_WORDS = {"description", "examples", "title", "unit", "null", "$comment"}
_HEAD = {"$id", "$schema", "version"}
_LOWER = {"minimum", "exclusiveMinimum", "minLength", "minItems"}
_UPPER = {"maximum", "exclusiveMaximum", "maxLength", "maxItems"}
_VERSION = re.compile(r"(\d{1,6})\.(\d{1,6})\.(\d{1,6})")


class NotASchema(ValueError):
    """What is compared is no JSON Schema of ours."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: where, what, how grave."""

    level: Level
    where: str
    what: str


@dataclass(frozen=True)
class Difference:
    """All differences between two versions, the step that they need and the step that was made."""

    old: str
    new: str
    changes: tuple[Change, ...]

    @property
    def needed(self) -> Step:
        """The smallest step of the version that the changes allow."""
        steps = [_NEEDED[change.level] for change in self.changes]
        step: Step = max(steps, key=_STEPS.index, default="none")
        return "minor" if step == "major" and self.old.startswith("0.") and self.new.startswith("0.") else step

    @property
    def declared(self) -> Step:
        """The step that the versions declare; ``none`` also for a step backwards."""
        old, new = _numbers(self.old), _numbers(self.new)
        if new <= old:
            return "none"
        steps: tuple[Step, ...] = ("major", "minor", "patch")
        return steps[next(k for k in range(3) if old[k] != new[k])]

    @property
    def enough(self) -> bool:
        """Whether the declared step is large enough."""
        return _STEPS.index(self.declared) >= _STEPS.index(self.needed) and _numbers(self.new) >= _numbers(self.old)


def _numbers(version: str) -> tuple[int, ...]:
    found = _VERSION.fullmatch(version)
    if found is None:
        raise NotASchema(f"{version!r:.40} is no version like 1.2.0")
    return tuple(map(int, found.groups()))


def compare(old: dict[str, Any], new: dict[str, Any]) -> Difference:
    """Compare two JSON Schemas: of one table each, or bundles of all tables.

    Raises:
        NotASchema: one of them is none, has no version, or one is a table and the other a bundle.
    """
    for schema in (old, new):
        if not isinstance(schema, dict) or not isinstance(schema.get("version"), str):
            raise NotASchema("it is no JSON Schema with a version")
        _numbers(schema["version"])
    if ("properties" in old) != ("properties" in new):
        raise NotASchema("one is a table and the other a bundle of tables")
    if "properties" in old:
        changes = list(_object(old, new, str(new.get("title", "")), old, new))
    else:
        changes = list(_bundles(old.get("$defs", {}), new.get("$defs", {})))
    order = {"breaking": 0, "compatible": 1, "cosmetic": 2}
    changes.sort(key=lambda change: order[change.level])
    return Difference(old["version"], new["version"], tuple(changes))


def _bundles(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    for table in [*old, *(name for name in new if name not in old)]:
        if table not in new:
            yield Change("breaking", table, "the table is gone")
        elif table not in old:
            yield Change("compatible", table, "a new table")
        else:
            yield from _object(old[table], new[table], table, old[table], new[table])


def _object(old: Any, new: Any, where: str, old_root: Any, new_root: Any) -> Iterator[Change]:
    before, after = old.get("properties", {}), new.get("properties", {})
    for name in before:
        if name not in after:
            yield Change("breaking", f"{where}.{name}", "the column is gone")
        else:
            yield from _value(before[name], after[name], f"{where}.{name}", old_root, new_root)
    for name in after:
        if name not in before:
            free = _arms(after[name], new_root)[1]
            what = "a new column, null where an older file has none" if free else "a new column that is never null"
            yield Change("compatible" if free else "breaking", f"{where}.{name}", what)
    common = [name for name in before if name in after]
    if common != [name for name in after if name in before]:
        yield Change("compatible", where, "the order of the columns")
    was, now = set(old.get("required", ())), set(new.get("required", ()))
    for name in sorted((was ^ now) & before.keys() & after.keys()):
        what = "the column is required now" if name in now else "the column may be missing now"
        yield Change("breaking", f"{where}.{name}", what)
    yield from _keywords(old, new, where, {"properties", "required", "$defs", *_HEAD})


def _arms(schema: Any, root: Any) -> tuple[dict[str, Any], bool, dict[str, Any]]:
    """A value's schema without null, whether null is allowed, and its words."""
    words = {key: value for key, value in schema.items() if key in _WORDS}
    arms = schema.get("anyOf")
    if arms is None:
        return (
            _resolved({k: v for k, v in schema.items() if k not in _WORDS}, root),
            schema.get("type") == "null",
            words,
        )
    rest = [arm for arm in arms if arm.get("type") != "null"]
    if len(rest) != 1:
        return {"anyOf": rest}, len(rest) < len(arms), words
    outer = {k: v for k, v in schema.items() if k not in _WORDS and k != "anyOf"}
    return _resolved(outer | rest[0], root), len(rest) < len(arms), words


def _resolved(schema: dict[str, Any], root: Any) -> dict[str, Any]:
    reference = schema.get("$ref")
    if not isinstance(reference, str):
        return schema
    found = root.get("$defs", {}).get(reference.rsplit("/", 1)[-1], {})
    rest = {k: v for k, v in schema.items() if k != "$ref"}
    return rest | dict(found)


def _value(old: Any, new: Any, where: str, old_root: Any, new_root: Any) -> Iterator[Change]:
    (before, was_free, old_words), (after, free, new_words) = _arms(old, old_root), _arms(new, new_root)
    for key in sorted(old_words.keys() | new_words.keys()):
        if old_words.get(key) != new_words.get(key):
            yield Change("cosmetic", where, f"its {'meaning of null' if key == 'null' else key}")
    if was_free != free:
        yield Change("breaking", where, "null is allowed now" if free else "null is no longer allowed")
    if before.get("type") != after.get("type"):
        yield Change("breaking", where, f"the type was {before.get('type')} and is {after.get('type')}")
        return
    if "properties" in before or "properties" in after:
        yield from _object(before, after, where, old_root, new_root)
        return
    if "items" in before and "items" in after:
        yield from _value(before["items"], after["items"], f"{where}[]", old_root, new_root)
    yield from _keywords(
        before, after, where, {"items", "type"} if "items" in before and "items" in after else {"type"}
    )


def _keywords(old: dict[str, Any], new: dict[str, Any], where: str, skip: set[str]) -> Iterator[Change]:
    for key in sorted((old.keys() | new.keys()) - skip):
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        if key in _WORDS:
            yield Change("cosmetic", where, f"its {key}")
        elif key == "enum":
            yield from _terms(before, after, where)
        elif key in _LOWER | _UPPER:
            yield _bound(key, before, after, where)
        else:
            yield Change("breaking", where, f"{key} was {_short(before)} and is {_short(after)}")


def _terms(old: Any, new: Any, where: str) -> Iterator[Change]:
    if not isinstance(old, list) or not isinstance(new, list):
        what = "any value is allowed now" if new is None else "only the values of a vocabulary are allowed now"
        yield Change("compatible" if new is None else "breaking", where, what)
        return
    gone, more = [t for t in old if t not in new], [t for t in new if t not in old]
    if gone:
        yield Change("breaking", where, f"values are gone: {_short(gone)}")
    if more:
        yield Change("compatible", where, f"new values: {_short(more)}")
    if not gone and not more:
        yield Change("cosmetic", where, "the order of the values")


def _bound(key: str, old: Any, new: Any, where: str) -> Change:
    wider = new is None or (old is not None and ((new < old) if key in _LOWER else (new > old)))
    return Change("compatible" if wider else "breaking", where, f"{key} was {_short(old)} and is {_short(new)}")


def _short(value: Any) -> str:
    text = "not set" if value is None else ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    text = text if text.isprintable() else ascii(text)
    return text if len(text) <= 100 else text[:97] + "..."
