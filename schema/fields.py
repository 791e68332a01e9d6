"""The kinds of field, each declared once; everything else is derived from them.

A kind is an annotated type: its constraints are Pydantic's, its column type follows from its Python type, and a
vocabulary is a marker that names a file of ``vocabularies/``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from .vocabulary import load_vocabulary


class Record(BaseModel):
    """Base of every row: strict (no coercion), frozen, no unknown columns."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Marks a field whose values are those of ``vocabularies/<name>.csv``."""

    name: str


def _member(name: str) -> AfterValidator:
    def check(value: str) -> str:
        if value not in load_vocabulary(name):
            raise ValueError(f"not in the vocabulary {name}")
        return value

    return AfterValidator(check)


def _vocabulary(name: str) -> Any:
    return Annotated[str, Vocabulary(name), _member(name)]


Text = Annotated[str, Field(min_length=1)]
Id = Annotated[str, Field(pattern=r"^[0-9a-f]{16,32}$")]
Offset = Annotated[int, Field(ge=0, le=2**62)]
Number = Annotated[int, Field(ge=0, le=2**62)]
Deaths = Annotated[int, Field(ge=0, le=10_000_000)]
Day = Annotated[date, Field(ge=date(1800, 1, 1), le=date(2200, 1, 1))]
Iso3 = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
IsoNumber = Annotated[int, Field(ge=0, le=999)]
Latitude = Annotated[float, Field(ge=-90.0, le=90.0)]
Longitude = Annotated[float, Field(ge=-180.0, le=180.0)]
Share = Annotated[float, Field(ge=0.0, le=1.0)]
Precision = Annotated[int, Field(ge=1, le=3)]

ActionName = Annotated[str, Field(pattern=r"^[a-z_]+$")]
RuleId = Annotated[str, Field(pattern=r"^[a-z]+\.[a-z_]+$")]
ArticleStatus = _vocabulary("article_status")
EventType = _vocabulary("event_type")
SubEventType = _vocabulary("sub_event_type")
DisorderType = _vocabulary("disorder_type")
Inter = _vocabulary("inter")
CivilianTargeting = _vocabulary("civilian_targeting")
PloverEvent = _vocabulary("plover_event")
PloverMode = _vocabulary("plover_mode")
QuadClass = _vocabulary("quad_class")
EventStatus = _vocabulary("event_status")
ClaimType = _vocabulary("claim_type")
Polarity = _vocabulary("polarity")
Factuality = _vocabulary("factuality")
SourceType = _vocabulary("source_type")
Anonymity = _vocabulary("source_anonymity")
Channel = _vocabulary("channel")
Mode = _vocabulary("attribution_mode")
Relation = _vocabulary("relation")
Interest = _vocabulary("interest")
ExportReason = _vocabulary("export_reason")
PlaceRole = _vocabulary("place_role")
Certainty = _vocabulary("actor_certainty")
SourceScale = _vocabulary("source_scale")


def column(description: str, example: Any, *, null: str | None = None, unit: str | None = None) -> Any:
    """A column: what it means, what null means (None: never null), its unit, and an example."""
    info: FieldInfo = Field(
        description=description,
        examples=[example],
        json_schema_extra={key: text for key, text in (("null", null), ("unit", unit)) if text},
    )
    return info
