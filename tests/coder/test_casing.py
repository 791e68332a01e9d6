"""Case for text without it: names get capitals, nothing moves."""

from __future__ import annotations

import pytest
from dateline.coder.casing import readable
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("THE REBELS KILLED TWO SOLDIERS NEAR SAN VICENTE ON FRIDAY.",
         "The rebels killed two soldiers near San Vicente on Friday."),
        ("THE U.S. EMBASSY IN COLOMBIA WAS ATTACKED AT 5 P.M. ON 8 SEPTEMBER.",
         "The U.S. embassy in Colombia was attacked at 5 p.m. on 8 September."),
        ("THE PEOPLE'S FRONT [FPXL] LEFT YORO DEPARTMENT.",
         "The people's front [FPXL] left Yoro department."),
        ("PRESIDENT CARLOS PEREZ SAID THE ARMY MAY MARCH TO THE RADIO STATION.",
         "President Carlos Perez said the army may march to the radio station."),
        ("[TEXT] GUATEMALAN TROOPS LEFT TODAY.", "[Text] Guatemalan troops left today."),
        ("in ahmedabad, police said on monday that indian troops had left.",
         "In Ahmedabad, police said on Monday that Indian troops had left."),
        ("Police in NIAMEY said Two Men were hurt.", "Police in NIAMEY said Two Men were hurt."),
        ("THE UN", "THE UN"),
    ],
)  # fmt: skip
def test_readable(text: str, expected: str) -> None:
    assert readable(text) == expected


@given(st.text(max_size=120) | st.text("ABCÉİSŞß.' [](),-\n", max_size=60))
def test_nothing_moves(text: str) -> None:
    made = readable(text)
    assert len(made) == len(text)
    for old, new in zip(text, made, strict=True):
        assert old == new or {old.lower(), old.upper()} & {new, new.lower(), new.upper()}


@given(st.text(max_size=60))
def test_mixed_case_is_left_alone(text: str) -> None:
    mixed = f"The army left {text} on Monday"
    if sum(map(str.islower, mixed)) > sum(map(str.isupper, mixed)):
        assert readable(mixed) == mixed
