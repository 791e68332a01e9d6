"""Reading a noun phrase as an actor (CODEBOOK 1.3, 1.4, 4): the order in which dictionaries decide.

A named actor wins over a nationality with an agent noun, that over an agent noun alone, that over a country
or leader that stands for its government, that over things. What is in no dictionary is kept without a name.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from .actor_context import Context
from .actor_features import (
    Features,
    Scene,
    ending_at,
    features_after,
    features_before,
    nation_at,
    scene_of,
)
from .actor_lexicon import ActorLexicon, AgentRow, Entry, Nation, ObjectRow, Word, head_lemma, load_actors, words_of
from .actor_names import choose, fill, find_alias
from .actor_reading import agentive, context, from_agent, from_entry, plural
from .records import Actor, Parse, Phrase

__all__ = ["ActorLexicon", "load_actors", "read_actor"]

_PRONOUNS = ("pronoun_group", "pronoun_person", "pronoun_thing")
_NAME_GOES_ON = frozenset({"for", "of", "and", "in"})
_NAME_REACH = 9  # tokens after a phrase in which its name may go on
_STANDS_FOR = {"leader": "leader", "seat": "government"}  # kinds of names, and the class that they are read as
_FORCE = frozenset({"violence", "clash", "military"})


def read_actor(
    parse: Parse,
    phrase: Phrase,
    lexicon: ActorLexicon,
    *,
    country: str | None,
    on: date | None,
    material: bool,
) -> Actor:
    """Read a phrase as an actor, or find what else it is (CODEBOOK 1.3, 1.4). Never loses the phrase.

    Args:
        parse: the sentence.
        phrase: the noun phrase.
        lexicon: the dictionaries.
        country: ISO3 of the event's country, else of the story's.
        on: the day that decides regimes and periods of groups.
        material: whether the phrase has a role in a deed, not in a statement; then a country that attacks
            stands for its military, else for its government.

    Returns:
        The actor; its evidence names the entry that decided.
    """
    scene = scene_of(parse, phrase, lexicon, country, on, material)
    if not scene.words:
        return Actor(phrase, "other", evidence="no word")
    for step in (_pronoun, _named, _metonym, _noun, _community, _apposed):
        found = step(scene)
        if found is not None:
            return found
    return _unknown(scene)


def _pronoun(scene: Scene) -> Actor | None:
    if len(scene.words) == 1:
        for kind in _PRONOUNS:
            if scene.lexicon.has(kind, scene.words[0].form):
                return Actor(scene.phrase, "actor", generic=True, read_as=(kind,), evidence="pronoun")
    return None


def _named(scene: Scene) -> Actor | None:
    """A named actor whose name covers the head. A spelling without capitals yields to an owner before it."""
    words = (*scene.words, *_following(scene))
    for at in range(scene.head + 1):
        found = find_alias(words, at, scene.lexicon, scene.country, scene.caseless)
        if found is None or found[0] <= scene.head:
            continue
        entry = choose(found[1], scene.country, scene.on)
        before = features_before(scene, at)
        plain = all(word.surface[0].islower() for word in words[at : found[0]])
        if plain and _belongs_elsewhere(before, entry):
            return None
        if "disarmed" in before.switches and entry.inter:
            return _disarmed(scene, entry, before)
        text = " ".join(word.surface for word in words[at : found[0]])
        certainty = features_after(scene, before).certainty
        itself = found[0] >= len(scene.words) and not scene.phrase.text.islower()
        return replace(from_entry(scene, entry, certainty, text), body=itself)
    return None


def _following(scene: Scene) -> tuple[Word, ...]:
    """What follows a capitalised head: a name may go on after the phrase ("Volunteers" "for the Defence of …")."""
    parse, phrase = scene.parse, scene.phrase
    if phrase.hi >= len(parse) or not scene.words[-1].surface[0].isupper():
        return ()
    if parse.lower[phrase.hi] not in _NAME_GOES_ON:
        return ()
    return words_of(parse.text(phrase.hi, min(phrase.hi + _NAME_REACH, len(parse))), phrase.end)


def _belongs_elsewhere(before: Features, entry: Entry) -> bool:
    if before.owner is not None or before.ethnicity is not None or before.backers:
        return True
    return before.nationality is not None and before.nationality not in (entry.home, *entry.countries)


def _disarmed(scene: Scene, entry: Entry, before: Features) -> Actor:
    name = from_entry(scene, entry, "stated", "").name
    row = scene.lexicon.classes["captive"]  # a captive named by its force alone ("two captured Houthis")
    return Actor(
        scene.phrase,
        "actor",
        fill(row.name, scene.lexicon, scene.country or entry.home, scene.on, {}),
        row.inter or None,
        scene.country or entry.home,
        (name,) if name else (),
        armed=False,
        certainty=before.certainty,
        generic=True,
        read_as=("captive",),
        evidence=f"actors.csv: {entry.name}",
    )


def _noun(scene: Scene) -> Actor | None:
    """An agent noun or a thing at the head; the longer entry wins, people before things."""
    agent = ending_at(scene.words, scene.head, 0, scene.lexicon.agents)
    thing = ending_at(scene.words, scene.head, 0, scene.lexicon.objects)
    if thing is not None and (agent is None or thing[0] < agent[0]):
        return _thing(scene, *thing)
    if agent is None or (agent[1].class_ == "leader" and _surname(scene)):
        return None
    return _agent(scene, *agent)


def _surname(scene: Scene) -> bool:
    """Whether a title stands as a name of its own: "King was arrested", "Mr. King", "Roger King"."""
    if scene.caseless or not scene.words[scene.head].surface[0].isupper():
        return False
    if len(scene.words) == 1 or scene.words[0].form in ("mr", "mrs", "ms", "dr"):
        return True
    if len(scene.words) != 2 or scene.head != 1 or scene.parse.tags[scene.token - 1] != "NNP":
        return False
    before = scene.words[0].form  # not "Saudi King", "Senate President"
    return before not in scene.lexicon.nations and (before,) not in scene.lexicon.agents


def _agent(scene: Scene, start: int, row: AgentRow) -> Actor:
    features = features_after(scene, features_before(scene, start))
    text = " ".join(word.surface for word in scene.words[: scene.head + 1])
    return from_agent(scene, row, features, f"agents.csv: {text}")


def _thing(scene: Scene, start: int, row: ObjectRow) -> Actor:
    """A thing; a military position is an armed target and bears the name of whoever holds it."""
    bare = Actor(scene.phrase, row.kind, evidence=f"objects.csv: {row.noun}")
    if row.kind not in ("position", "property"):
        return bare
    features = features_after(scene, features_before(scene, start))
    if "civil" in features.switches:
        return replace(bare, kind="property", armed=False)
    owner = _owner(scene, row, features)
    if row.kind == "position":
        return _held(bare, owner)
    if row.armed in ("owner", "nation") and owner is not None and owner.armed:
        return _held(replace(bare, kind="position"), owner)
    return replace(bare, armed=False, country=features.nationality)


def _owner(scene: Scene, row: ObjectRow, features: Features) -> Actor | None:
    """Who holds a position or a building: a named actor, a noun before it, or what the entry says."""
    if features.owner is not None:
        return from_entry(scene, features.owner, features.certainty, "owner")
    noun = features.inner
    if noun is None or noun.class_ in ("government", "leader"):
        if row.owner:
            noun = AgentRow.model_validate({"noun": row.owner, "class": row.owner})
        elif (row.kind == "position" or row.armed == "nation") and (
            noun or features.nationality or "state" in features.switches
        ):
            noun = AgentRow.model_validate({"noun": "military", "class": "military"})
        else:
            return None
    return from_agent(scene, noun, replace(features, inner=None), f"agents.csv: {noun.noun}")


def _held(thing: Actor, owner: Actor | None) -> Actor:
    if owner is None:
        return replace(thing, armed=True)
    if owner.inter == "Civilians":  # "the bishop's convoy"
        return replace(owner, kind="property", evidence=f"{thing.evidence} of {owner.evidence}")
    evidence = f"{thing.evidence}, held by {owner.evidence}"
    return replace(owner, kind="position", armed=True, associates=(), evidence=evidence)


def _metonym(scene: Scene) -> Actor | None:
    """A country, capital or leader that stands for a government or a military; a people for its people."""
    for at in range(scene.head + 1):
        found = nation_at(scene, at)
        if found is not None and found[0] > scene.head:
            break
    else:
        return None
    nation = found[1]
    text = " ".join(word.surface for word in scene.words[at : found[0]])
    evidence = f"{'regimes.csv: ' if nation.kind == 'leader' else ''}{nation.kind} {text}"
    features = replace(features_before(scene, at), nationality=nation.iso3, owner=None)
    if nation.kind in _STANDS_FOR:
        return from_agent(scene, _row(_STANDS_FOR[nation.kind]), features, evidence)
    if nation.kind == "noun" or (nation.kind == "adjective" and plural(scene)):
        return _people(scene, features, evidence)
    return _state(scene, nation, features, evidence)


def _community(scene: Scene) -> Actor | None:
    """An ethnic or religious group by its bare name ("Dinka attacked", "Hindus and Muslims")."""
    lexicon, word = scene.lexicon, scene.words[scene.head]
    forms = (word.form, head_lemma(word.form), word.form.removesuffix("s"))
    ethnicity = next((value for form in forms if (value := lexicon.value("ethnicity", form))), None)
    religion = next((value for form in forms if (value := lexicon.value("religion", form))), None)
    if word.surface[0].islower() or not (ethnicity or religion):
        return None
    features = replace(features_before(scene, scene.head), ethnicity=ethnicity, religion=religion)
    row = _row("tribal" if ethnicity else "civilian")
    return from_agent(scene, row, features, f"actor_affixes.csv: {word.surface}")


def _row(name: str) -> AgentRow:
    return AgentRow.model_validate({"noun": name, "class": name})


def _people(scene: Scene, features: Features, evidence: str) -> Actor:
    stateless = scene.lexicon.has("stateless", (features.nationality or "").lower())
    definite = scene.parse.lower[scene.phrase.lo] == "the"
    if definite and not stateless and context(scene).doing & {"military"} and plural(scene):
        return from_agent(scene, _row("military"), features, evidence)
    return from_agent(scene, _row("civilian"), features, evidence)


def _state(scene: Scene, nation: Nation, features: Features, evidence: str) -> Actor:
    found = context(scene)
    place = Actor(scene.phrase, "place", country=nation.iso3, read_as=("place",), evidence=evidence)
    stateless = scene.lexicon.has("stateless", nation.iso3.lower())
    if found.role == "modifier" and not _modifies_as_actor(scene, nation, found):
        return place
    if found.role == "" or (found.role == "object" and not _struck(scene, nation, found)):
        return place
    forceful = scene.material and bool((found.doing | found.suffering) & _FORCE)
    if nation.kind == "capital" and not forceful and "state" not in found.doing:
        return place
    if forceful and stateless:
        return from_agent(scene, _row("person"), features, evidence)
    state = from_agent(scene, _row("military" if forceful else "government"), features, evidence)
    return replace(state, body=nation.kind == "country")


def _struck(scene: Scene, nation: Nation, found: Context) -> bool:
    """Whether a country is itself the victim of a verb of force ("attacked Syria"), not where it happened."""
    parse = scene.parse
    direct = nation.kind != "capital" and parse.deps[scene.token] in ("dobj", "nsubjpass", "conj")
    return scene.material and direct and bool(found.suffering & {"violence", "clash"})


def _modifies_as_actor(scene: Scene, nation: Nation, found: Context) -> bool:
    """Whether "Israeli" in "Israeli shelling" is who did it; "a Nigerian attack" at home is only where."""
    if scene.parse.deps[scene.token] == "poss":
        return nation.kind != "capital"
    if nation.kind != "adjective" and not (nation.kind == "country" and nation.acronym):  # "U.S. jets"
        return False
    if nation.iso3 == scene.country:
        return "military" in found.doing and "violence" not in found.doing
    return bool(found.doing)


def _apposed(scene: Scene) -> Actor | None:
    """An unknown name with a noun that tells what it is: "commander X", "X, a farmer"."""
    parse = scene.parse
    for last in range(scene.head - 1, -1, -1):
        if not all(word.surface[0].isupper() for word in scene.words[last + 1 : scene.head + 1]):
            break
        agent = ending_at(scene.words, last, 0, scene.lexicon.agents)
        if agent is not None:
            return _agent(replace(scene, head=last), *agent)
        named = _named(replace(scene, head=last))
        if named is not None and parse.deps[scene.token] != "poss":
            return None
    token = parse.child(scene.token, "appos")
    if token is None or not parse.tags[scene.token].startswith("NNP"):
        return None
    lo, hi = parse.left[token], token + 1
    words = words_of(parse.text(lo, hi), parse.starts[lo])
    if not words:
        return None
    inner = replace(scene, words=words, head=len(words) - 1)
    agent = ending_at(words, inner.head, 0, scene.lexicon.agents)
    return _agent(inner, *agent) if agent is not None else None


def _unknown(scene: Scene) -> Actor:
    """What is in no dictionary: a name keeps a type by what it does and suffers, a common noun is a thing."""
    parse, found = scene.parse, context(scene)
    word = scene.words[scene.head]
    harmed = {"violence", "person"} <= found.suffering
    features = features_before(scene, scene.head)
    crowd = scene.lexicon.has("crowd_count", word.form)  # "hundreds marched", "arrested dozens"
    counted = crowd or parse.tags[scene.token] in ("CD", "DT", "JJ")
    harmed = harmed or (crowd and ("person" in found.suffering or parse.deps[scene.token] == "nsubjpass"))
    if counted and (harmed or found.role in ("subject", "agent")):
        return from_agent(scene, _row("civilian"), features, f"number or adjective {word.surface}")
    if parse.tags[scene.token].startswith("NNP") or (word.surface[0].isupper() and scene.token > 0):
        inter = None
        if found.doing & {"violence", "clash"}:
            inter = "Political militia"
        elif "protest" in found.doing:
            inter = "Protesters"
        elif harmed or _is_somebody(scene):
            inter = "Civilians"
        return Actor(
            scene.phrase,
            "actor",
            inter=inter,
            certainty=features.certainty,
            read_as=("name",),
            listed=False,
            evidence="unknown name",
        )
    if harmed or (agentive(scene, word.form) and found.doing & {"violence", "protest", "clash"}):
        return replace(from_agent(scene, _row("person"), features, f"unknown noun {word.surface}"), listed=False)
    return Actor(scene.phrase, "other", listed=False, evidence="unknown noun")


def _is_somebody(scene: Scene) -> bool:
    """Whether a relative clause calls a name "who" or "whom": places are "which"."""
    parse = scene.parse
    clauses = (c for c in parse.children[scene.token] if parse.deps[c] == "relcl")
    return any(
        parse.lower[t] in ("who", "whom", "whose") for clause in clauses for t in range(parse.left[clause], clause)
    )
