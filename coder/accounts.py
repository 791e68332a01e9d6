"""Accounts of a deed that name it by an anaphor: "the army dismissed the allegation", "a cell claimed responsibility".

Their clause has no word for the deed, so no rule fires in it; the deed is the one that the story has just told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .actors import read_actor
from .anaphors import NEAR, the_deed, words_of_others
from .claims import Mention, When
from .claimtypes import read_account
from .event_types import main_actor
from .interest import FRIENDS, Interest, relate, valence_of
from .phrases import phrase
from .records import Actor, Article, Attribution, Parse, Source, Span
from .resources import Resources
from .status import REALISED

_KINDS = frozenset({"denial", "claim_of_responsibility", "admission"})
_DEEDS = frozenset({"violence", "explosion", "battle", "abduction", "sexual", "mob", "territory", "property"})
_ATTACKS = frozenset({"violence", "explosion", "battle", "abduction"})
_GROUPS = frozenset({"Rebel group", "Political militia", "Identity militia"})
_DOERS = {  # types of actor for which a type of source speaks
    "military_official": frozenset({"State forces", "External/Other forces"}),
    "police_official": frozenset({"State forces"}),
    "state_official": frozenset({"State forces", "External/Other forces"}),
    "rebel_or_militia": _GROUPS,
    "combatant": _GROUPS,
}
_TELLING = frozenset({"report", "claim", "confirmation", "hearsay", "assessment", "revelation", "documentation"})
_REFUSING = ("reject", "dismiss")  # "rejected it" may be an offer


@dataclass(frozen=True, slots=True)
class _Account:
    """An attribution whose content is an anaphor, with the anaphor's place; ``said``: it means somebody's words."""

    link: Attribution
    parse: Parse
    anaphor: Span
    said: bool


@dataclass(frozen=True, slots=True)
class _Scene:
    """What all accounts of an article share: the article, rules and dictionaries, the story's country."""

    article: Article
    resources: Resources
    country: str | None

    def group(self, deed: Mention) -> str:
        """The group of a deed's action."""
        return self.resources.decisions.actions[deed.frame.action].group

    def interest(self, source: Source, actors: Sequence[Actor], deed: Mention, polarity: str = "positive") -> Interest:
        """What a source is to the parties of a deed done by ``actors``."""
        target = main_actor(deed.targets)
        return relate(
            source,
            main_actor(actors),
            target,
            valence_of(self.resources.decisions.actions[deed.frame.action], target),
            polarity,
            self.resources.camps,
            deed.when.day or self.article.published,
            self.country,
        )


def accounts_of(
    article: Article,
    mentions: Sequence[Mention],
    attributions: Sequence[Attribution],
    parses: Mapping[int, Parse],
    resources: Resources,
    country: str | None,
) -> list[Mention]:
    """The claims by which a source denies, admits or takes on a deed that it does not name.

    Each is about the nearest deed before it that fits: one that another source tells of when it speaks of "the
    allegation", else one whose doer the source can be. An account without such a deed is left out.

    Args:
        article: the article.
        mentions: its event mentions, in text order.
        attributions: all its attributions.
        parses: its parsed sentences.
        resources: rules and dictionaries.
        country: ISO3 of the country that the story is about.

    Returns:
        New mentions in text order. Type, place, day and target are the deed's; the trigger is the anaphor.
    """
    used = {link.attribution_id for mention in mentions for link in mention.reading.chain}
    above = {link.attribution_id: link for link in attributions}
    scene = _Scene(article, resources, country)
    out: list[Mention] = []
    for link in attributions:
        if link.claim_type not in _KINDS or link.attribution_id in used or link.evidence == "negated":
            continue
        account = _account(article, link, parses)
        if account is None:
            continue
        source = _speaker(scene, account)
        deed = _deed(scene, account, source, mentions)
        if deed is not None:
            out.append(_told(scene, account, source, deed, _chain(link, above)))
    return out


def _account(article: Article, link: Attribution, parses: Mapping[int, Parse]) -> _Account | None:
    parse = parses.get(link.sentence_index)
    if parse is None or link.cue_start is None or link.cue_text is None:
        return None
    if not link.content:
        found = re.search(r"(?i)responsibility|credit", link.cue_text)
        if link.claim_type != "claim_of_responsibility" or found is None:
            return None
        return _Account(link, parse, Span(link.cue_start + found.start(), link.cue_start + found.end()), False)
    start, end = link.content[0].start, link.content[-1].end
    text = article.text[start:end]
    said = words_of_others(text)
    found = said or the_deed(text)
    if found is None or (said is None and link.cue.startswith(_REFUSING)) or len(text.split()) > 12:
        return None
    return _Account(link, parse, Span(start + found.start(1), start + found.end(1)), said is not None)


def _speaker(scene: _Scene, account: _Account) -> Actor | None:
    """The source as an actor, when the text names it."""
    source, parse = account.link.source, account.parse
    if source.start is None or source.end is None:
        return None
    inside = [t for t in range(len(parse)) if source.start <= parse.starts[t] < source.end]
    head = next((t for t in inside if parse.heads[t] not in inside), None)
    if head is None or parse.tags[head].startswith("PRP"):
        return None
    known, on = scene.resources.actors, scene.article.published
    actor = read_actor(parse, phrase(parse, head), known, country=scene.country, on=on, material=True)
    return actor if actor.kind == "actor" else None


def _deed(scene: _Scene, account: _Account, source: Actor | None, mentions: Sequence[Mention]) -> Mention | None:
    """The nearest deed before an account that it can mean."""
    near = [
        m
        for m in mentions
        if m.frame.end <= (account.link.cue_start or 0)
        and account.link.sentence_index - m.frame.sentence_index <= NEAR
        and scene.group(m) in _DEEDS
        and m.reading.status.value in REALISED | {"unknown"}
        and not _same(m, account.link)
        and (account.link.claim_type != "claim_of_responsibility" or _claimable(scene, m))
    ]
    near.reverse()
    if account.said and (told := next((m for m in near if m.reading.chain), None)) is not None:
        return told
    return next((m for m in near if _can_be(scene, account.link, source, m)), None)


def _claimable(scene: _Scene, mention: Mention) -> bool:
    """Whether a deed is one that groups claim: an attack with a type of its own."""
    return (
        scene.group(mention) in _ATTACKS
        and mention.typing.acled is not None
        and bool(mention.typing.acled.sub_event_type)
    )


def _same(mention: Mention, link: Attribution) -> bool:
    """Whether the source of an account told of the deed itself."""
    name = link.source.name
    return bool(name) and any(a.source.name == name for a in mention.reading.chain)


def _can_be(scene: _Scene, link: Attribution, source: Actor | None, deed: Mention) -> bool:
    """Whether the source of an account can be the doer of a deed."""
    doer, kind = main_actor(deed.actors), link.source.source_type
    relation = scene.interest(link.source, deed.actors, deed)
    if relation.relation_to_actor in FRIENDS or (doer and source and doer.name and doer.name == source.name):
        return True
    if relation.relation_to_actor == "opponent" or relation.relation_to_target in FRIENDS:
        return False
    unknown = doer is None or doer.inter is None or (doer.name or "").startswith("Unidentified")
    if link.claim_type == "claim_of_responsibility":
        return unknown and kind in ("rebel_or_militia", "combatant", "unspecified")
    return (unknown and kind in _DOERS) or (doer is not None and doer.inter in _DOERS.get(kind, ()))


def _chain(link: Attribution, above: Mapping[str, Attribution]) -> tuple[Attribution, ...]:
    """The attributions over an account, outermost first, as far as they tell what is said."""
    out = [link]
    parent = above.get(link.parent_id or "")
    while parent is not None and parent.claim_type in _TELLING:  # not "accused the army, which denied it"
        out.insert(0, parent)
        parent = above.get(parent.parent_id or "")
    return tuple(out)


def _told(
    scene: _Scene, account: _Account, source: Actor | None, deed: Mention, chain: tuple[Attribution, ...]
) -> Mention:
    """The deed once more, as its source accounts for it."""
    parse, (start, end) = account.parse, account.anaphor
    head = parse.token_at(start) or 0
    frame = replace(
        deed.frame,
        sentence_index=parse.sentence.index,
        head=head,
        tokens=(head,),
        start=start,
        end=end,
        clause=account.anaphor,
        nominal=True,
        cause=None,
        trail=(f"{parse.words[head]!r} means {deed.frame.rule_id} in sentence {deed.frame.sentence_index}",),
    )
    doer = main_actor(deed.actors)
    open_ = account.link.claim_type != "denial" and (doer is None or doer.generic)
    actors = (source,) if open_ and source is not None else deed.actors
    reading = read_account(parse, chain, scene.resources.cues)
    when = When(None, None, None, deed.when.day, deed.when.precision)
    return replace(
        deed,
        parse=parse,
        frame=frame,
        actors=actors,
        where_inherited=True,
        when=when,
        toll=None,
        reading=reading,
        interest=scene.interest(chain[-1].source, actors, deed, reading.polarity),
        part=0,
    )
