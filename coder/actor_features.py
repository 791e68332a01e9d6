"""The words beside an actor noun: nationality, owner, backers, certainty and what else changes its reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from .actor_lexicon import ActorLexicon, AgentRow, Entry, Nation, Word, head_lemma, words_of
from .actor_names import choose, find_alias
from .records import Parse, Phrase

T = TypeVar("T")
_OWNING = frozenset({"of", "from", "belonging", "in", "for", "with"})
_ANYBODY = frozenset({"people", "persons", "men", "individuals"})
_REACH = 12  # tokens after a phrase that may still describe it ("fighters … backed by Turkey")
_SWITCHES = ("disarmed", "armed", "unknown", "angry", "protesting", "state", "external", "civil")


@dataclass(frozen=True, slots=True)
class Scene:
    """A phrase being read, with everything its reading depends on."""

    parse: Parse
    phrase: Phrase
    lexicon: ActorLexicon
    country: str | None
    on: date | None
    material: bool
    words: tuple[Word, ...]
    head: int  # number of the head among the words
    token: int  # number of the head among the parse's tokens
    caseless: bool


@dataclass(frozen=True, slots=True)
class Features:
    """What the words beside a noun say."""

    certainty: str = "stated"
    switches: frozenset[str] = frozenset()
    religion: str | None = None
    ethnicity: str | None = None
    nationality: str | None = None  # ISO3
    owner: Entry | None = None  # a named actor that the noun belongs to
    owner_after: bool = False  # the owner is named after the noun ("supporters of X")
    inner: AgentRow | None = None  # the nearest noun for people before the head
    backers: tuple[Entry | str, ...] = field(default=())  # named actors or ISO3


def scene_of(
    parse: Parse,
    phrase: Phrase,
    lexicon: ActorLexicon,
    country: str | None,
    on: date | None,
    material: bool,
) -> Scene:
    """Split a phrase into words and find its head among them, past partitives ("dozens of soldiers")."""
    words = words_of(f"{phrase.text} {phrase.shared}", phrase.start)
    token = _past_partitives(parse, phrase, lexicon)
    head = max((k for k, word in enumerate(words) if word.start <= parse.starts[token]), default=0)
    at = next((k for k, word in enumerate(words) if word.start >= parse.starts[token]), head)
    if words and words[head].start + len(words[head].surface) <= parse.starts[token]:
        head = at
    text = parse.sentence.text
    return Scene(
        parse,
        phrase,
        lexicon,
        country,
        on,
        material,
        words,
        head,
        token,
        caseless=text.isupper() or text.islower() or _mostly_upper(text),
    )


def _mostly_upper(text: str) -> bool:
    upper = sum(map(str.isupper, text))
    return upper > 20 and upper > 0.9 * sum(map(str.isalpha, text))


def _past_partitives(parse: Parse, phrase: Phrase, lexicon: ActorLexicon) -> int:
    token = phrase.head
    beyond: list[int] = []  # the nouns after "of" still to be tried: "tens of thousands of soldiers" has two
    for _ in range(3):
        form = parse.lower[token]
        counts = any(lexicon.has("partitive", word) for word in (form, head_lemma(form)))
        if not (counts or parse.tags[token] in ("CD", "DT")):
            break
        links = [c for c in parse.children[token] if parse.lower[c] in ("of", "among") and c < phrase.hi]
        inner = [noun for link in links if (noun := parse.child(link, "pobj")) is not None and noun < phrase.hi]
        beyond = [*inner, *beyond]
        if not beyond or (parse.lower[beyond[0]] in _ANYBODY and _is_crowd(lexicon, form)):
            break
        token = beyond.pop(0)
    return token


def _is_crowd(lexicon: ActorLexicon, form: str) -> bool:
    """Whether a partitive tells more than the people it is of: "a gang of ten people"."""
    row = lexicon.agents.get((head_lemma(form),))
    return row is not None and row.class_ in ("gang", "mob", "crowd")


def nation_at(scene: Scene, at: int) -> tuple[int, Nation] | None:
    """The longest word for a country, people, capital or leader that starts at a word, and where it ends."""
    words = scene.words
    for nation in scene.lexicon.nations.get(words[at].form, ()):
        end = at + len(nation.words)
        if end > len(words) or any(words[at + k].form != w for k, w in enumerate(nation.words)):
            continue
        if nation.kind == "leader" and scene.on is not None and not nation.first <= scene.on <= nation.last:
            continue
        surface = words[at].surface
        if scene.caseless:
            if nation.acronym and end == scene.head + 1 and len(surface) < 3:
                continue
        elif surface[0].islower() or (nation.acronym and any(c.islower() for c in surface)):
            continue
        return end, nation
    return None


def ending_at(
    words: tuple[Word, ...], last: int, first: int, table: Mapping[tuple[str, ...], T]
) -> tuple[int, T] | None:
    """The longest entry of a noun table that ends at a word: where it starts, and the row."""
    lemma = head_lemma(words[last].form)
    for start in range(max(first, last - 3), last + 1):
        row = table.get((*(word.form for word in words[start:last]), lemma))
        if row is not None:
            return start, row
    return None


def _starting_at(scene: Scene, at: int, stop: int) -> tuple[int, AgentRow] | None:
    """The longest noun for people that starts at a word: where it ends, and the row."""
    words = scene.words
    for end in range(min(stop, at + 3), at, -1):
        key = (*(word.form for word in words[at : end - 1]), head_lemma(words[end - 1].form))
        row = scene.lexicon.agents.get(key)
        if row is not None:
            return end, row
    return None


def features_before(scene: Scene, stop: int) -> Features:
    """Read the words before a noun that starts at ``stop``."""
    found = Features()
    at = 0
    while at < stop:
        at, found = _step(scene, at, stop, found)
    return found


def _step(scene: Scene, at: int, stop: int, found: Features) -> tuple[int, Features]:
    lexicon, words = scene.lexicon, scene.words
    stance = at > 0 and lexicon.has("stance", words[at - 1].form)
    alias = find_alias(words[:stop], at, lexicon, scene.country, scene.caseless)
    long = alias is not None and alias[0] - at > 1  # "Islamic State" is no Islamic state
    for size in () if long else (3, 2, 1):
        end = at + size
        if end <= stop:
            read = _affix(lexicon, tuple(word.form for word in words[at:end]), found)
            if read is not None:
                return end, read
    if alias is not None:
        entry = choose(alias[1], scene.country, scene.on)
        if _backing(scene, alias[0], stop):
            return alias[0] + 1, replace(found, backers=(*found.backers, entry))
        return alias[0], found if stance else replace(found, owner=entry)
    nation = nation_at(scene, at)
    if nation is not None and nation[0] <= stop:
        end, word = nation
        if _backing(scene, end, stop):
            backer = lexicon.value("backed", words[end].form) == "backer"
            return end + 1, replace(found, backers=(*found.backers, word.iso3)) if backer else found
        return end, found if stance else replace(found, nationality=word.iso3)
    noun = _starting_at(scene, at, stop)
    if noun is not None:
        if _backing(scene, noun[0], stop) or stance:
            return noun[0] + (not stance), found
        return noun[0], replace(found, inner=noun[1])
    return at + 1, found


def _backing(scene: Scene, at: int, stop: int) -> bool:
    return at < stop and scene.lexicon.has("backed", scene.words[at].form)


def _affix(lexicon: ActorLexicon, forms: tuple[str, ...], found: Features) -> Features | None:
    certainty = lexicon.value("certainty", *forms)
    if certainty is not None:
        return replace(found, certainty=certainty)
    religion = lexicon.value("religion", *forms)
    if religion is not None:
        return replace(found, religion=religion)
    ethnicity = lexicon.value("ethnicity", *forms) or lexicon.value("ethnicity", *forms[:-1], head_lemma(forms[-1]))
    if ethnicity is not None:
        return replace(found, ethnicity=ethnicity)
    switches = {kind for kind in _SWITCHES if lexicon.has(kind, *forms)}
    if switches - {"state"}:
        return replace(found, switches=found.switches | switches)
    if switches:  # "government", "state": also nouns for people
        row = lexicon.agents.get((*forms[:-1], head_lemma(forms[-1])))
        return replace(found, switches=found.switches | switches, inner=row or found.inner)
    return None


def features_after(scene: Scene, found: Features) -> Features:
    """Add what follows the head: of-phrases inside the phrase, clauses and prepositions attached to it."""
    words = scene.words[scene.head + 1 :]
    if words and words[0].form in _OWNING:
        found = _owner_in(scene, words, found, words[0].form in ("in", "for", "with"))
    if found.owner is None or not found.backers:
        for child in scene.parse.children[scene.token]:
            loyal = child > scene.token and scene.lexicon.has("loyal", scene.parse.lower[child])
            if loyal or child >= scene.phrase.hi:
                found = _attached(scene, child, found)
    return found


def _owner_in(scene: Scene, words: tuple[Word, ...], found: Features, places_only: bool = False) -> Features:
    inside = replace(scene, words=words, head=len(words))
    for at in range(len(words)):
        if found.owner is None and not places_only:
            alias = find_alias(words, at, scene.lexicon, scene.country, scene.caseless)
            if alias is not None:
                entry = choose(alias[1], scene.country, scene.on)
                return replace(found, owner=entry, owner_after=True)
        if found.nationality is None:
            nation = nation_at(inside, at)
            if nation is not None and nation[1].kind != "leader":
                found = replace(found, nationality=nation[1].iso3)
    return found


def _attached(scene: Scene, child: int, found: Features) -> Features:
    parse, lexicon = scene.parse, scene.lexicon
    end = min(parse.right[child], child + _REACH)
    dep, word = parse.deps[child], parse.lower[child]
    if dep == "prep" and word in ("of", "from", "with", "for", "loyal"):
        if word != "loyal" and found.owner is not None:
            return found
        words = words_of(parse.text(child, end), parse.starts[child])
        return _owner_in(scene, words, found, False) if _names_owner(scene, child) else found
    if dep not in ("acl", "relcl", "amod", "appos"):
        return found
    words = words_of(parse.text(child, end), parse.starts[child])
    forms = {w.form for w in words[:3]}
    certain = next((value for form in forms if (value := lexicon.value("certainty", form))), None)
    if dep == "appos":
        return _owner_in(scene, words, found)
    if certain is not None:
        return replace(_owner_in(scene, words, found), certainty=certain)
    if any(lexicon.has("loyal", form) for form in forms):
        return _owner_in(scene, words, found)
    if any(lexicon.value("backed", form) == "backer" for form in forms):
        backer = _owner_in(scene, words, Features())
        entry = backer.owner or backer.nationality
        return replace(found, backers=(*found.backers, entry)) if entry else found
    return found


def _names_owner(scene: Scene, preposition: int) -> bool:
    """Whether a preposition's noun is what the phrase belongs to, not where it is or what it does."""
    inner = scene.parse.child(preposition, "pobj")
    return inner is not None and scene.parse.tags[inner].startswith(("NN", "JJ"))
