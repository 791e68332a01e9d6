"""Place and day around an event: which of a sentence's belong to it, and what the story before it lends.

Places and days that are said of other events or of the source are not the event's (CODEBOOK 1.6). What a sentence
leaves out it takes from the story, up to the next list item.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from .clauses import (
    asks_where,
    came_before,
    clause_at,
    day_is_of,
    happened_then,
    in_relative_clause,
    is_said_with,
    place_is_of,
    preceded,
    refers_back,
    verb_above,
    was_told_then,
)
from .containment import distance
from .dates import event_date, find_dates
from .described import capitals, region_seat, unlisted
from .gazetteer import Gazetteer
from .location import is_at, locate
from .nationality import tells_nationality
from .recalled import deed_meant, site_meant
from .records import Article, Attribution, Frame, Geography, Parse, Place, Sentence, Span, TimeExpression, Toponym
from .resources import Resources
from .sentences import is_heading
from .story import NEAR, Story

_ITEM = re.compile(r"(?:[-–—*•·>#|]|\(?(?:\d{1,2}|[a-z])[.)])\s+")
_FRONTED = re.compile(
    r"(?:(?:and|but|further|meanwhile|elsewhere|also)\b,?\s*)?(?:[\w-]+\s)?"
    r"(?:in|at|near|around|outside|on|(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west) of)\s",
    re.IGNORECASE,
)
_FURTHER = re.compile(r"(?i)\b(?:in|at|near|by|from|on)\b")
_THERE = re.compile(r"(?i)\b(?:(?:that|the|this)\s(?:area|region|town|city|village|district|province)|there)\b")
_THERE_TOO = re.compile(  # "Fighters there accuse ...", but not "there are fears"
    r"^There,|\bthere\b(?!(?:['’]s|\s+(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|should|must|"
    r"seem|appear|remain|exist|came|follow)))"
)
_LOCAL = frozenset({"eyewitness_resident", "police_official", "local_official"})  # they speak of where they are
_NATIONAL = frozenset({"government", "cabinet", "parliament"})  # what they tell may have happened anywhere
_WELL_KNOWN = 300_000  # people
_ACROSS = 400  # km from a place of the story's country to one beyond its border
_ZONE = 60  # characters at the head of a sentence in which it sets its scene


def starts_afresh(article: Article, sentence: Sentence) -> bool:
    """Whether a sentence begins an item of a list, which takes neither place nor day from the item before."""
    line = article.text.rfind("\n", 0, sentence.start) + 1
    mark = _ITEM.match(article.text, line)
    return mark is not None and mark.end() >= sentence.start


def passed_over(
    story: Story, article: Article, sentences: Sequence[Sentence], following: Sentence, geography: Geography
) -> Story:
    """The memory after sentences that tell of no event, but may say where and when the next ones happen.

    Only what stands at a sentence's head counts: "In Saint-Marc on Sunday a crowd ...".

    Args:
        story: the memory before them.
        article: their article.
        sentences: in order.
        following: the sentence after them, which the memory is for.
        geography: the article's places.
    """
    for sentence in sentences:
        if starts_afresh(article, sentence):
            story = story.afresh()
        if is_heading(article.text, sentence):
            story = story.elsewhere()
        if _FRONTED.match(sentence.text):
            story = _scene_of(story, article, sentence, geography)
    if starts_afresh(article, following):
        story = story.afresh()
    there = _named_just_before(sentences, geography) if _THERE_TOO.search(following.text) else None
    return story.placed(there, following.index) if there is not None else story


def _scene_of(story: Story, article: Article, sentence: Sentence, geography: Geography) -> Story:
    zone = Span(sentence.start, sentence.start + _ZONE)
    head = _FRONTED.match(sentence.text)
    other = _FURTHER.search(sentence.text, head.end() if head else 0)  # "in a leaflet distributed in Quibdo"
    near = min(zone.end, sentence.start + other.start()) if other else zone.end
    fronted = tuple(t for t in geography.toponyms if zone.start <= t.start < near)
    place = locate(replace(geography, toponyms=fronted), zone, sentence) if fronted else None
    if place is not None and place.precision < 3 and is_town(place) and is_credible(place, geography):
        story = story.placed(place, sentence.index)
    dates = find_dates(sentence, article.published, story.last_date, True)
    day = next((d.last for d in dates if d.precision == 1 and d.last is not None and d.start < zone.end), None)
    return story if day is None else story.dated(day, sentence.index)


def _named_just_before(sentences: Sequence[Sentence], geography: Geography) -> Toponym | None:
    """The last place that the sentence before names in "in" or "near": "It was less quiet in Migori. There, ..."."""
    last = sentences[-1] if sentences else None
    named = [t for t in geography.toponyms if last is not None and last.start <= t.start < last.end and is_town(t)]
    fitting = [t for t in reversed(named) if last is not None and is_at(t, last) and is_credible(t, geography)]
    return min(fitting, key=lambda t: t.precision == 3, default=None)


def is_credible(toponym: Toponym, geography: Geography) -> bool:
    """Whether an event of the article can be at a place: in a country that the article is about or names, across the
    border from a place there, or in a city so large that it needs no country beside it. Others are mostly villages
    that the gazetteer has elsewhere only.
    """
    place = toponym.place or toponym.anchor
    if place is None or geography.country in (None, place.iso3) or place.population >= _WELL_KNOWN:
        return place is not None
    others = [t.place for t in geography.toponyms if t.place is not None]
    if any(_is_country(other) and other.iso3 == place.iso3 for other in others):
        return True
    home = (other for other in others if not _is_country(other) and other.iso3 == geography.country)
    return any(distance(place, other) <= _ACROSS for other in home)


def _is_country(place: Place) -> bool:
    return place.feature.startswith("PCL")


def is_town(toponym: Toponym | None) -> bool:
    """Whether a toponym can be an event's location: a place that is more than a country."""
    return toponym is not None and toponym.place is not None and not _is_country(toponym.place)


def event_place(
    parse: Parse,
    frame: Frame,
    geography: Geography,
    dates: Sequence[TimeExpression],
    story: Story,
    chain: Sequence[Attribution],
    events: Sequence[int],
    resources: Resources,
) -> tuple[Toponym | None, bool]:
    """Where an event happened, and whether that is taken from the story.

    Places said of the event come first, then what the story told just before, then the sentence's other places
    (near which it happened at best), then the story's dateline and earlier places (CODEBOOK 1.6). A
    remembered place is taken only if the sentence names no other country.

    Args:
        parse: the sentence.
        frame: the event.
        geography: the article's places.
        dates: the sentence's date expressions.
        story: the memory before the sentence.
        chain: who says so; where they sit and speak is no place of the event.
        events: heads of the sentence's other event nouns.
        resources: the gazetteer and the words around place names.

    Returns:
        The place, with ACLED's precision, or None; True when it is inherited.
    """
    sentence, gazetteer = parse.sentence, resources.gazetteer
    last = story.place_before(sentence.index)
    here = tuple(
        t
        for t in geography.toponyms
        if sentence.start <= t.start < sentence.end and (not is_town(t) or is_credible(t, geography))
        if not tells_nationality(parse, t, resources.actors, resources.place_words)
    )
    spoken_of = last.place if last is not None else None
    country = spoken_of.iso3 if spoken_of is not None else geography.country
    here += tuple(capitals(sentence, country, spoken_of, gazetteer))
    there = _THERE.search(sentence.text) is not None

    def fits(at: int) -> bool:
        spoken = not there and _is_speakers(parse, at, frame.head, chain)
        return not spoken and place_is_of(parse, at, frame.head, events)

    own = tuple(t for t in here if not is_town(t) or fits(t.start))
    stated = [*(t.start for t in here), *(e.start for e in dates)]
    if asks_where(parse, frame):
        return locate(replace(geography, toponyms=own), frame.clause, sentence), False
    deed = deed_meant(parse, frame, story, here, stated, resources)
    if deed is not None and deed.place is not None and (frame.nominal or not any(map(is_town, own))):
        return deed.place, True
    if story.last_place is not None and refers_back(parse, frame, stated):
        return story.last_place, True
    if (where := _named_by_where(parse, frame.head)) is not None:
        own = tuple(t for t in own if verb_above(parse, parse.token_at(t.start)) == where) or own
    elif frame.nominal:
        hi = parse.ends[parse.right[frame.head] - 1]
        inner = tuple(t for t in own if frame.end <= t.start < hi and is_at(t, sentence))
        own = inner or own
    found = locate(replace(geography, toponyms=own), frame.clause, sentence)
    if is_town(found):
        return found, False
    lately = story.place_for(sentence.index)
    words = resources.place_words
    village = unlisted(parse, frame.head, geography.toponyms, dates, events, words) if lately is None else None
    if village is not None:
        return _in_region(village, sentence, _in_country(last or geography.dateline, found), gazetteer) or found, False
    near = _in_country(site_meant(parse, frame, story) or lately, found)
    if near is not None:
        return near, True
    # The source's seat is a last resort, and none when the story has told of a place.
    aside = tuple(
        t
        for t in here
        if story.last_place is None or not is_town(t) or not _is_speakers(parse, t.start, frame.head, chain)
    )
    other = locate(replace(geography, toponyms=aside), frame.clause, sentence)
    if other is not None and is_town(other):
        same = happened_then(parse, other.start)
        return (other if same else replace(other, precision=max(other.precision, 2))), False
    if found is not None and is_at(found, sentence):
        return found, False  # "in Mexico": no town of the story
    far = _in_country(lately or last or geography.dateline, other)
    national = bool(chain) and chain[-1].source.name in _NATIONAL
    if far is not None and far.precision < 3 and not (national and lately is None):
        return (far if _only_place(geography) else replace(far, precision=max(far.precision, 2))), True
    return found or other, False


def _named_by_where(parse: Parse, verb: int) -> int | None:
    """The verb beside whose place a clause with "where" stands: "clashed in Thies, where two people died"."""
    adverbs = {parse.lower[c] for c in parse.children[verb] if parse.deps[c] == "advmod"}
    named = parse.deps[verb] == "relcl" and "where" in adverbs
    return verb_above(parse, parse.heads[verb]) if named else None


def _in_region(village: Span, sentence: Sentence, told: Toponym | None, gazetteer: Gazetteer) -> Toponym | None:
    """The seat of the region that a story told of, for a village there that the gazetteer lacks."""
    seat = region_seat(told.place, gazetteer) if told is not None and told.place is not None else None
    if seat is None:
        return None
    text = sentence.text[village.start - sentence.start : village.end - sentence.start]
    return Toponym(village.start, village.end, text, seat, 0.5, "mention", 3)


def _is_speakers(parse: Parse, at: int, head: int, chain: Sequence[Attribution]) -> bool:
    """Whether a place is where the source sits or speaks: "a source in Azaz said", "reported in Lima that"."""
    clause = clause_at(parse, at)
    begun = at if clause is None or clause == head else parse.starts[clause]
    for said in chain:
        source = said.source
        if source.source_type not in _LOCAL and _holds(source.start, source.end, at):
            return True
        if begun < at and _holds(said.cue_start, said.cue_end, begun):
            return True
    return False


def _holds(start: int | None, end: int | None, at: int) -> bool:
    return start is not None and end is not None and start <= at < end


def _only_place(geography: Geography) -> bool:
    """Whether the article names no second place that could be an event's."""
    return len({t.place.geonameid for t in geography.toponyms if t.place is not None and is_town(t)}) < 2


def _in_country(remembered: Toponym | None, nation: Toponym | None) -> Toponym | None:
    """A remembered place, unless the sentence names another country."""
    if remembered is None or remembered.place is None:
        return None
    other = nation is not None and nation.place is not None and nation.place.iso3 != remembered.place.iso3
    return None if other else remembered


def event_expression(
    parse: Parse,
    frame: Frame,
    dates: tuple[TimeExpression, ...],
    geography: Geography,
    story: Story,
    events: Sequence[int],
    resources: Resources,
) -> TimeExpression | date | None:
    """The date expression that dates an event; the day of the deed that an event noun takes up; or None when it has
    the story's day.

    Args:
        parse: the sentence.
        frame: the event.
        dates: the sentence's date expressions.
        geography: the article's places.
        story: the memory before the sentence.
        events: heads of the sentence's other event nouns.
        resources: the groups of actions.
    """
    sentence, trigger = parse.sentence, Span(frame.start, frame.end)
    own = tuple(e for e in dates if day_is_of(parse, e.start, frame.head, events))
    places = [t for t in geography.toponyms if sentence.start <= t.start < sentence.end]
    stated = [*(e.start for e in dates), *(t.start for t in places)]
    known = story.day_for(sentence.index)
    deed = deed_meant(parse, frame, story, places, stated, resources)
    if deed is not None and deed.day is not None and (frame.nominal or all(_told_then(parse, e, frame) for e in own)):
        return deed.day
    if known is not None and refers_back(parse, frame, stated):
        return None
    followed = preceded(parse, frame)
    if followed is not None and not any(_inside(parse, e, frame) for e in dates):
        after = next((e for e in dates if is_said_with(parse, e.start, followed)), None)
        if after is not None and after.first is not None:
            return replace(after, last=after.first, precision=2)
    found = event_date(own, frame.clause, sentence, trigger=trigger, nominal=frame.nominal)
    since = sentence.index - story.date_sentence
    if found is not None:
        retold = known is not None and since <= NEAR and _told_then(parse, found, frame)
        return None if retold and _precedes(known, found) else found
    other = event_date(dates, frame.clause, sentence, trigger=trigger, nominal=frame.nominal)
    if other is None or other.precision is None:
        return None if known is not None else other
    before = other.precision == 1 and came_before(parse, other.start, frame.head)
    same = before or happened_then(parse, other.start)
    told = in_relative_clause(parse, frame) and same  # "they came on Sunday, said a man whose brother was killed"
    if known is not None and not told and not (before and (since > 1 or _precedes(known, other))):
        return None
    return other if same else replace(other, precision=max(other.precision, 2))


def _inside(parse: Parse, expression: TimeExpression, frame: Frame) -> bool:
    return parse.starts[parse.left[frame.head]] <= expression.start < parse.ends[parse.right[frame.head] - 1]


def _precedes(day: date | None, expression: TimeExpression) -> bool:
    return day is not None and expression.last is not None and day < expression.last


def _told_then(parse: Parse, expression: TimeExpression, frame: Frame) -> bool:
    return was_told_then(parse, expression.start, frame.head)
