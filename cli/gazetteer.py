"""``dateline gazetteer``: look places up, and make a gazetteer of your own."""

from __future__ import annotations

from pathlib import Path

import click

from ..coder.gazetteer import open_gazetteer
from .main import EXIT_INVALID

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OUTPUT = click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path),
    help="The new gazetteer; use it with: dateline code --gazetteer FILE",
)  # fmt: skip
_BASE = click.option("--gazetteer", type=_FILE, help="A gazetteer file of your own instead of the built-in one.")


@click.group("gazetteer")
def command() -> None:
    """Look places up, and make a gazetteer of your own."""


@command.command("build")
@click.option(
    "--geonames", "dumps", multiple=True, required=True, type=_FILE, metavar="FILE",
    help="GeoNames dump (allCountries.txt, SY.txt; .zip and .gz too); repeatable.",
)  # fmt: skip
@click.option("--alternate", "alternates", multiple=True, type=_FILE, metavar="FILE", help="alternateNamesV2.txt.")
@click.option("--admin1", type=_FILE, metavar="FILE", help="admin1CodesASCII.txt.")
@click.option("--countries", type=_FILE, metavar="FILE", help="countryInfo.txt.")
@click.option("--only", is_flag=True, help="Leave out the countries that the dump does not cover.")
@_OUTPUT
def build_command(
    dumps: tuple[Path, ...],
    alternates: tuple[Path, ...],
    admin1: Path | None,
    countries: Path | None,
    only: bool,
    output: Path,
) -> None:
    """Make a gazetteer from GeoNames dumps. Countries they do not cover come from the built-in one."""
    from ..coder.gazetteer.dump import build

    built = build(dumps, output, alternates=alternates, admin1=admin1, countries=countries, only=only)
    click.echo(f"{built.rows} rows read, {built.features_left_out} of kinds that are not kept")
    if built.unknown_countries:
        click.echo(f"left out: unknown country codes {', '.join(built.unknown_countries)}; see --countries", err=True)
    click.echo(f"{built.places} places, {built.names} names -> {output}")


@command.command("add")
@click.argument("overlay", type=_FILE)
@_BASE
@_OUTPUT
def add_command(overlay: Path, gazetteer: Path | None, output: Path) -> None:
    """Add your own places (OVERLAY, a CSV file) to a gazetteer.

    Columns: name, country, latitude, longitude; and if you like other_names (parted by |), admin1, admin2,
    admin3, feature, population, priority (0 to 9), geonameid.
    """
    from ..coder.gazetteer.overlay import lay_over, read_overlay

    entries = read_overlay(overlay)
    lay_over(gazetteer, entries, output, f"{overlay.name}")
    click.echo(f"{len(entries)} places added -> {output}")


@command.command("learn")
@click.argument("events", type=_FILE)
@_BASE
@_OUTPUT
def learn_command(events: Path, gazetteer: Path | None, output: Path) -> None:
    """Add the places of EVENTS (CSV in ACLED's format, coded by you) that the gazetteer lacks."""
    from ..coder.gazetteer.learn import learn
    from ..coder.gazetteer.overlay import lay_over

    learnt = learn(events, open_gazetteer(gazetteer))
    lay_over(gazetteer, learnt.entries, output, f"learnt from {events.name}")
    for problem in learnt.problems[:20]:
        click.echo(problem, err=True)
    click.echo(
        f"{learnt.events} events: {len(learnt.entries)} places learnt, {learnt.known} known already, "
        f"{learnt.imprecise} events with geo_precision 2 or 3 passed over, {len(learnt.problems)} lines not usable "
        f"-> {output}"
    )
    if learnt.problems:
        raise SystemExit(EXIT_INVALID)


@command.command("lookup")
@click.argument("name")
@click.option("--country", help="Only places of this country (ISO code or name).")
@click.option("--limit", default=10, show_default=True, help="How many to show.")
@_BASE
def lookup_command(name: str, country: str | None, limit: int, gazetteer: Path | None) -> None:
    """Show the places called NAME, best first. Exit code 1 when there is none."""
    from ..schema.countries import load_countries

    nation = load_countries().get(country) if country else None
    if country and nation is None:
        raise click.UsageError(f"{country!r} is no country; use its ISO code (SYR) or name (Syria)")
    found = open_gazetteer(gazetteer).matches(name, nation.iso3 if nation else None)
    kinds = ("name", "other name", "stripped", "short form")
    for match in found[:limit]:
        place = match.place
        units = ", ".join(unit for unit in (place.admin3, place.admin2, place.admin1, place.country) if unit)
        click.echo(
            f"{place.name}  {place.feature}  {units}  {place.latitude:.4f} {place.longitude:.4f}  "
            f"pop {place.population}  id {place.geonameid}  [{kinds[match.tier]}"
            f"{f', priority {match.priority}' if match.priority else ''}]"
        )
    if len(found) > limit:
        click.echo(f"and {len(found) - limit} more")
    if not found:
        click.echo(f"no place called {name!r}; add it with: dateline gazetteer add overlay.csv", err=True)
        raise SystemExit(EXIT_INVALID)


@command.command("info")
@click.argument("file", required=False, type=_FILE)
def info_command(file: Path | None) -> None:
    """Show version, source and size of a gazetteer (the built-in one by default), and whether it is whole."""
    from ..coder.gazetteer.store import SCHEMA_VERSION

    gazetteer = open_gazetteer(file)  # refuses a damaged file
    places, names = gazetteer.counts()
    click.echo(f"file        {gazetteer.path}")
    click.echo(f"schema      {SCHEMA_VERSION}")
    click.echo(f"version     {gazetteer.version}")
    click.echo("checksum    right")
    click.echo(f"places      {places}")
    click.echo(f"names       {names}")
    click.echo(f"source      {gazetteer.source}")
    click.echo("licence     GeoNames' data: https://creativecommons.org/licenses/by/4.0/, changed; see NOTICE")
