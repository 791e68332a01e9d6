"""Place and day around an event: which of a sentence's belong to it, and what the story before it lends.

A sentence may name places and days of other clauses; those of a relative clause, of another clause with a subject of
its own, or of the source are not the event's (CODEBOOK 1.6). What a sentence leaves out it takes from the story, up
to the next list item.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .containment import distance
from .dates import event_date, find_dates
from .location import is_at, locate
from .records import Article, Attribution, Frame, Geography, Parse, Sentence, Span, TimeExpression, Toponym
from .story import Story

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_CLAUSES = ("relcl", "acl", "advcl", "ccomp", "parataxis", "csubj")
_OTHER_TIMES = frozenset("after before since because although though if unless until".split())
_SEATED = frozenset("stationed based born raised headquartered".split())  # "soldiers stationed in Gusau"
_REFERRING = frozenset("the this that these those".split())
_RUNNING = frozenset({"toll", "tolls"})  # that it rises on Tuesday says nothing of the deed's day
_LOOKING_BACK = frozenset("against over about after following since for to of".split())
_ITEM = re.compile(r"(?:[-–—*•·>#|]|\(?(?:\d{1,2}|[a-z])[.)])\s+")
_FRONTED = re.compile(
    r"(?:(?:and|but|further|meanwhile|elsewhere|also)\b,?\s*)?(?:[\w-]+\s)?"
    r"(?:in|at|near|around|outside|on|(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west) of)\s",
    re.IGNORECASE,
)
_THERE = re.compile(r"(?i)\b(?:(?:that|the|this)\s(?:area|region|town|city|village|district|province)|there)\b")
_LOCAL = frozenset({"eyewitness_resident", "police_official", "local_official"})  # they speak of where they are
_WELL_KNOWN = 300_000  # people
_ACROSS = 400  # km from a place of the story's country to one beyond its border
_ZONE = 60  # characters at the head of a sentence in which it sets its scene


def day_is_of(parse: Parse, at: int, head: int) -> bool:
    """Whether a day is said of a trigger.

    Args:
        parse: the sentence.
        at: the expression's offset in the article.
        head: the trigger's head.
    """
    return _is_of(parse, at, head, ("relcl", "acl"), False)


def place_is_of(parse: Parse, at: int, head: int) -> bool:
    """Whether a place is said of a trigger; a participle's mostly is ("a bus travelling to Jos")."""
    clause = _clause(parse, at)
    if clause is not None and parse.deps[clause] == "acl":
        return parse.heads[clause] == head or parse.lower[clause] not in _SEATED
    return _is_of(parse, at, head, ("relcl",), True)


def _is_of(parse: Parse, at: int, head: int, apart: tuple[str, ...], before: bool) -> bool:
    """Whether a clause is said of a trigger; ``before``: also one that another event's clause follows."""
    clause = _clause(parse, at)
    if clause is None or clause in _upwards(parse, head):
        return True
    governor, label = parse.heads[clause], parse.deps[clause]
    if label in apart:
        return governor == head
    if label == "advcl":
        return not any(parse.lower[c] in _OTHER_TIMES for c in parse.children[clause])
    return (before and clause < head) or label not in ("ccomp", "parataxis") or not _has_subject(parse, clause)


def happened_then(parse: Parse, at: int) -> bool:
    """Whether another clause tells of the same time, in the simple past: "dispersed traders who marched on Tuesday"."""
    clause = _clause(parse, at)
    if clause is None:
        return True
    earlier = any(parse.lower[c] in ("had", "has", "have") for c in parse.children[clause] if parse.deps[c] == "aux")
    return parse.tags[clause] in ("VBD", "VBN") and not earlier


def _clause(parse: Parse, at: int) -> int | None:
    """The head of the smallest clause around an offset; coordinated ones share what stands at their ends."""
    token = parse.token_at(at)
    while token is not None and parse.heads[token] != token:
        if parse.deps[token] in _CLAUSES:
            return token
        token = parse.heads[token]
    return token


def _upwards(parse: Parse, token: int) -> frozenset[int]:
    found = {token}
    while parse.heads[token] != token:
        token = parse.heads[token]
        found.add(token)
    return frozenset(found)


def _has_subject(parse: Parse, verb: int) -> bool:
    return any(parse.deps[c] in _SUBJECTS for c in parse.children[verb])


def refers_back(parse: Parse, frame: Frame, told: Sequence[int]) -> bool:
    """Whether an event noun takes up an event told before: "marched against the killings".

    Args:
        parse: the sentence.
        frame: the event.
        told: where its places and days stand; a noun that is followed by one needs no story.
    """
    if frame.nominal and parse.lower[frame.head] in _RUNNING:
        lo, hi = parse.starts[parse.left[frame.head]], parse.ends[parse.right[frame.head] - 1]
        return not any(lo <= at < hi for at in told)
    if not frame.nominal or not any(parse.lower[c] in _REFERRING for c in parse.children[frame.head]):
        return False
    label, governor = parse.deps[frame.head], parse.heads[frame.head]
    backward = label == "pobj" and parse.lower[governor] in _LOOKING_BACK
    return backward and not any(at >= frame.end for at in told)


def in_relative_clause(parse: Parse, frame: Frame) -> bool:
    """Whether a trigger stands in a relative clause: "a strike in which thirteen people died"."""
    token = frame.head
    while parse.deps[token] != "relcl" and parse.heads[token] != token:
        token = parse.heads[token]
    return parse.deps[token] == "relcl"


def is_recent(parse: Parse, frame: Frame) -> bool:
    """Whether a verb in the present perfect tells of the time up to publication: "has set up a base"."""
    children = parse.children[frame.head]
    return not frame.nominal and any(parse.deps[c] == "aux" and parse.lower[c] in ("has", "have") for c in children)


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
    for sentence in (*sentences, following):
        if starts_afresh(article, sentence):
            story = story.afresh()
        if sentence is following or not _FRONTED.match(sentence.text):
            continue
        zone = Span(sentence.start, sentence.start + _ZONE)
        fronted = tuple(t for t in geography.toponyms if zone.start <= t.start < zone.end)
        place = locate(replace(geography, toponyms=fronted), zone, sentence) if fronted else None
        if place is not None and place.precision < 3 and is_town(place) and is_credible(place, geography):
            story = story.placed(place, sentence.index)
        for date in find_dates(sentence, article.published, story.last_date, True):
            if date.precision == 1 and date.last is not None and date.start < zone.end:
                story = story.dated(date.last, sentence.index)
                break
    there = _named_just_before(sentences, geography) if following.text.startswith("There,") else None
    return story.placed(there, following.index) if there is not None else story


def _named_just_before(sentences: Sequence[Sentence], geography: Geography) -> Toponym | None:
    """The last place that the sentence before names in "in" or "near": "It was less quiet in Migori. There, ..."."""
    last = sentences[-1] if sentences else None
    named = [t for t in geography.toponyms if last is not None and last.start <= t.start < last.end and is_town(t)]
    return next((t for t in reversed(named) if last is not None and is_at(t, last) and is_credible(t, geography)), None)


def is_credible(toponym: Toponym, geography: Geography) -> bool:
    """Whether an event of the article can be at a place: in a country that the article is about or names, across the
    border from a place there, or in a city so large that it needs no country beside it. Others are mostly villages
    that the gazetteer has elsewhere only.
    """
    place = toponym.place or toponym.anchor
    if place is None or geography.country in (None, place.iso3) or place.population >= _WELL_KNOWN:
        return place is not None
    others = [t for t in geography.toponyms if t.place is not None]
    if any(t.place.iso3 == place.iso3 for t in others if t.place is not None and not is_town(t)):
        return True
    home = (t.place for t in others if t.place is not None and is_town(t) and t.place.iso3 == geography.country)
    return any(distance(place, other) <= _ACROSS for other in home)


def is_town(toponym: Toponym | None) -> bool:
    """Whether a toponym can be an event's location: a place that is more than a country."""
    return toponym is not None and toponym.place is not None and not toponym.place.feature.startswith("PCL")


def event_place(
    parse: Parse,
    frame: Frame,
    geography: Geography,
    dates: Sequence[TimeExpression],
    story: Story,
    chain: Sequence[Attribution],
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

    Returns:
        The place, with ACLED's precision, or None; True when it is inherited.
    """
    sentence = parse.sentence
    here = tuple(
        t
        for t in geography.toponyms
        if sentence.start <= t.start < sentence.end and (not is_town(t) or is_credible(t, geography))
    )
    there = _THERE.search(sentence.text) is not None
    own = tuple(
        t
        for t in here
        if not is_town(t)
        or (place_is_of(parse, t.start, frame.head) and (there or not _is_speakers(parse, t.start, frame.head, chain)))
    )
    stated = [*(t.start for t in here), *(e.start for e in dates)]
    if story.last_place is not None and refers_back(parse, frame, stated):
        return story.last_place, True
    if frame.nominal:
        hi = parse.ends[parse.right[frame.head] - 1]
        inner = tuple(t for t in own if frame.end <= t.start < hi and is_at(t, sentence))
        own = inner or own
    found = locate(replace(geography, toponyms=own), frame.clause, sentence)
    if is_town(found):
        return found, False
    lately = story.place_for(sentence.index)
    near = _in_country(lately, found)
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
    far = _in_country(lately or geography.dateline or story.place_before(sentence.index), other)
    if far is not None and far.precision < 3:
        return (far if _only_place(geography) else replace(far, precision=max(far.precision, 2))), True
    return found or other, False


def _is_speakers(parse: Parse, at: int, head: int, chain: Sequence[Attribution]) -> bool:
    """Whether a place is where the source sits or speaks: "a source in Azaz said", "reported in Lima that"."""
    clause = _clause(parse, at)
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
    parse: Parse, frame: Frame, dates: tuple[TimeExpression, ...], geography: Geography, story: Story
) -> TimeExpression | None:
    """The date expression that dates an event, or None when it has the story's day.

    Args:
        parse: the sentence.
        frame: the event.
        dates: the sentence's date expressions.
        geography: the article's places.
        story: the memory before the sentence.
    """
    sentence, trigger = parse.sentence, Span(frame.start, frame.end)
    own = tuple(e for e in dates if day_is_of(parse, e.start, frame.head))
    places = [t.start for t in geography.toponyms if sentence.start <= t.start < sentence.end]
    known = story.day_for(sentence.index)
    if known is not None and refers_back(parse, frame, [*(e.start for e in dates), *places]):
        return None
    found = event_date(own, frame.clause, sentence, trigger=trigger, nominal=frame.nominal)
    if found is not None or known is not None:
        return found
    other = event_date(dates, frame.clause, sentence, trigger=trigger, nominal=frame.nominal)
    if other is None or other.precision is None or happened_then(parse, other.start):
        return other
    return replace(other, precision=max(other.precision, 2))
