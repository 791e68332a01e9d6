"""From an agent noun, a name or a nation to an actor: class, name, inter type (CODEBOOK 1.3, 1.4).

Each reading keeps the classes that decided: ``("pastoral", "communal")`` says that herders are pastoral, and
communal by what they do here.
"""

from __future__ import annotations

from dataclasses import replace

from .actor_context import Context, context_of
from .actor_features import Features, Scene, ending_at
from .actor_lexicon import AgentClassRow, AgentRow, Entry, head_lemma
from .actor_names import fill
from .phrases import is_plural
from .records import Actor

ABROAD = "External/Other forces"
ARMED_TYPES = frozenset({"State forces", "Rebel group", "Political militia", "Identity militia", ABROAD})
STATE = frozenset({"military", "police", "government", "leader", "mutineer"})
FORCES = frozenset({"military", "rebel", "militant", "militia", "unidentified", "armed_body", "communal", "gang"})
PEOPLE = frozenset({"civilian", "person", "tribal", "pastoral", "settler", "crowd", "protesters", "official"})
_OWNED = FORCES | STATE | {"body", "official", "external", "person", "guard", "opposition"}
_ETHNIC = frozenset({"military", "militant", "militia", "unidentified", "armed_body"})
_FIGHTS = frozenset({"violence", "clash"})
_STRIKE = frozenset({"military", "protest", "violence"})  # "workers struck" is no attack


def context(scene: Scene) -> Context:
    """What the phrase does and suffers here."""
    found = context_of(scene.parse, scene.token, scene.lexicon)
    if scene.token == scene.phrase.head:
        return found
    outer = context_of(scene.parse, scene.phrase.head, scene.lexicon)  # "hundreds of workers marched"
    return Context(found.doing | outer.doing, found.suffering | outer.suffering, outer.role)


def plural(scene: Scene) -> bool:
    """Whether the phrase means more than one person."""
    parse, head = scene.parse, scene.phrase.head
    return (
        is_plural(parse, scene.token)
        or (parse.tags[scene.token] == "NNP" and parse.lower[scene.token].endswith("s"))  # "Hindus"
        or scene.token != head
        or parse.lower[scene.token] in ("people", "police", "youth", "men", "women", "others", "children")
        or any(parse.deps[c] == "nummod" and parse.lower[c] not in ("one", "1") for c in parse.children[head])
    )


def from_entry(scene: Scene, entry: Entry, certainty: str, evidence: str) -> Actor:
    """A named actor; a state's forces outside their home country are external (CODEBOOK 1.3).

    Args:
        scene: the phrase.
        entry: the dictionary entry.
        certainty: "stated", "suspected" or "alleged".
        evidence: the words that named it.
    """
    if not entry.inter:
        return _organisation(scene, entry, certainty, evidence)
    place = entry.home or scene.country
    name = fill(entry.name, scene.lexicon, place, scene.on, {})
    if name is None:
        name = entry.name.split(" (")[0].split("{")[0].strip() or entry.name
    abroad = entry.inter == "State forces" and entry.home and scene.country not in (None, entry.home)
    shown = "police" if entry.sector == "COP" else "military" if entry.sector == "MIL" else "named"
    return Actor(
        scene.phrase,
        "actor",
        name,
        ABROAD if abroad else entry.inter,
        entry.home or (scene.country if "{country}" in entry.name else None),
        armed=True if entry.inter in ARMED_TYPES and entry.sector not in (None, "GOV") else None,
        sector=entry.sector,
        certainty=certainty,
        read_as=(shown,),
        evidence=f"actors.csv: {evidence}",
    )


def _organisation(scene: Scene, entry: Entry, certainty: str, evidence: str) -> Actor:
    """A party or other unarmed body: itself where it acts, its people where they protest or suffer."""
    found = context(scene)
    country = entry.home or scene.country
    doing = found.doing
    base = Actor(
        scene.phrase,
        "actor",
        entry.name,
        None,
        country,
        sector=entry.sector,
        certainty=certainty,
        read_as=("party",),
        evidence=f"actors.csv: {evidence}",
    )
    if entry.sector == "PTY" and doing & _FIGHTS and doing != _STRIKE:
        return replace(base, inter="Political militia")
    harmed = "violence" in found.suffering
    if not harmed and "protest" not in doing:
        return base
    row = scene.lexicon.classes["civilian" if harmed else "protesters"]
    name = fill(row.name, scene.lexicon, scene.country or country, scene.on, {})
    return replace(
        base,
        name=name,
        inter=row.inter or None,
        associates=(entry.name,),
        armed=False,
        generic=True,
        read_as=("party", row.class_),
    )


def from_agent(scene: Scene, agent: AgentRow, features: Features, evidence: str) -> Actor:
    """An agent noun with the words beside it (CODEBOOK 1.3).

    Args:
        scene: the phrase.
        agent: the noun's row.
        features: nationality, owner, certainty and the other words that change the reading.
        evidence: the words that decided.
    """
    inner = features.inner
    used = inner if _defers(agent, features) and inner is not None else agent
    start = _class_by_features(scene, used.class_, features, "mercenary" in used.noun)
    disarmed = start in ("captive", "former") or ("disarmed" in features.switches and start in FORCES | STATE)
    if features.owner is not None and not disarmed and _is_owner(features.owner, start):
        return from_entry(scene, features.owner, features.certainty, f"owner of {evidence.split(': ', 1)[-1]}")
    force = _force(scene, start, features) if disarmed else None
    final = _by_context(scene, _disarmed_class(scene, start) if disarmed else start, features)
    return _generic(scene, (agent, inner), start, final, features, evidence, force)


def _defers(agent: AgentRow, features: Features) -> bool:
    inner = features.inner
    if agent.defers != "yes" or inner is None:
        return False
    if inner.class_ in ("government", "leader"):  # "government forces", "government official"
        return agent.class_ in ("body", "leader")
    return True


def _disarmed_class(scene: Scene, start: str) -> str:
    """Whether somebody is no fighter any more ("former", "off-duty") or is held ("captured")."""
    words = [word.form for word in scene.words[: scene.head]]
    values = {scene.lexicon.value("disarmed", *words[k : k + n]) for k in range(len(words)) for n in (1, 2)}
    return "former" if start == "former" or "former" in values else "captive"


def _is_owner(entry: Entry, start: str) -> bool:
    """Whether people of this class are the named actor itself ("Boko Haram fighters", "Congress workers")."""
    if entry.inter:
        return start in _OWNED
    return entry.sector == "PTY" or start in _OWNED


def _class_by_features(scene: Scene, start: str, features: Features, mercenary: bool) -> str:
    """The class after nationality, "armed", "government", "foreign" and the like."""
    switches = features.switches
    if start == "officer":
        return "police" if features.nationality in (None, scene.country) else "military"
    if start == "military" and any(scene.lexicon.has("business", word.form) for word in scene.words[: scene.head]):
        return "civilian"  # "its Industrial Products division"
    fighting = start in ("militant", "military", "armed_body", "body")
    if "state" in switches and start in ("militant", "military", "armed_body"):
        return "military"
    if features.backers and start == "military" and features.nationality is None:
        return "unidentified"
    if start == "military" and features == replace(Features(), certainty=features.certainty) and _strange(scene):
        return "armed_body"
    if features.nationality is None and features.ethnicity and start in _ETHNIC:
        return "communal"
    if features.nationality is None and "external" in switches and start in ("military", "police", "armed_body"):
        return "external"
    if features.nationality is not None and start in ("armed_body", "body"):
        stateless = scene.lexicon.has("stateless", features.nationality.lower())
        return ("militant" if stateless else "military") if start == "armed_body" else "leader"
    if start == "external" and features.nationality is not None and not mercenary:
        return "military"
    if "civil" in switches and fighting and start != "militant":
        return "civilian"
    if "armed" in switches:
        if start in ("tribal", "pastoral"):
            return "communal"
        if start in ("civilian", "person", "body", "party"):
            return "unidentified"
    if "unknown" in switches and start in ("person", "body", "armed_body"):
        return "unidentified"
    return start


def _strange(scene: Scene) -> bool:
    """Whether a force bears a name that no dictionary knows ("the Ambo Force"), so that it may be anybody's."""
    at, lexicon = scene.head, scene.lexicon
    if scene.caseless or at == 0 or head_lemma(scene.words[at].form) not in ("force", "army", "troop"):
        return False
    before = scene.words[at - 1]
    if before.start == scene.parse.starts[0] or not before.surface[0].isupper() or before.form == "the":
        return False
    noun = ending_at(scene.words, at, 0, lexicon.agents)
    return not lexicon.has("corps", before.form) and (noun is None or noun[0] == at)


def _by_context(scene: Scene, start: str, features: Features) -> str:
    """The class by what the phrase does and suffers in its clause."""
    row = scene.lexicon.classes[start]
    found = context(scene)
    doing = found.doing
    if doing == _STRIKE and start not in STATE:
        doing = frozenset({"protest"})
    if row.violent and _turns_violent(scene, start, doing):
        if start == "opposition" and not _is_rebel(scene, features, doing):
            return "rioters"
        return row.violent
    if start in PEOPLE - {"official"} and "angry" in features.switches and not _only_angry(scene):
        return "rioters"
    protesting = "protest" in doing or "protesting" in features.switches
    if row.protesting and protesting and not doing & _FIGHTS:
        return row.protesting
    if start == "body" and plural(scene) and {"violence", "person"} <= found.suffering:
        return "civilian"
    if row.suffering and "violence" in found.suffering:
        return row.suffering
    return start


def _turns_violent(scene: Scene, start: str, doing: frozenset[str]) -> bool:
    if start in ("government", "leader"):
        return scene.material and bool(doing & {"violence", "clash", "military"})
    if not doing & _FIGHTS:
        return False
    if start in ("person", "civilian", "official", "captive"):  # one person is no riot and no armed group
        return plural(scene)
    return True


def _is_rebel(scene: Scene, features: Features, doing: frozenset[str]) -> bool:
    """Whether a violent opposition is an armed one: it fights as armies do, where rebels are known."""
    country = _country(scene, features)
    return "military" in doing and country is not None and scene.lexicon.rebels_in(country, scene.on)


def _only_angry(scene: Scene) -> bool:
    """Whether the word is only of feeling ("angry residents"), not of deeds ("rioting residents")."""
    return all(scene.lexicon.value("angry", word.form) in (None, "feeling") for word in scene.words[: scene.head])


def _generic(
    scene: Scene,
    nouns: tuple[AgentRow, AgentRow | None],
    start: str,
    final: str,
    features: Features,
    evidence: str,
    force: str | None,
) -> Actor:
    country = _country(scene, features)
    final = _settle(scene, nouns[0], final, country)
    row = scene.lexicon.classes.get(final)
    name: str | None = None
    inter: str | None = None
    sector: str | None = None
    armed: bool | None = None
    if row is not None:
        name, inter = _name(scene, row, features, country), row.inter or None
        sector = (nouns[0].sector or row.sector or None) if final == start else row.sector or None
        armed = {"yes": True, "no": False}.get(row.armed)
    home = None if final == "external" else country
    if final in STATE and scene.country is not None and home not in (None, scene.country):
        inter = ABROAD
    return Actor(
        scene.phrase,
        "actor",
        name,
        inter,
        home,
        _associates(scene, nouns, final, features, country, force),
        True if "armed" in features.switches else armed,
        sector,
        features.certainty,
        generic=final not in STATE,
        read_as=(start,) if start == final else (start, final),
        evidence=evidence,
    )


def _settle(scene: Scene, noun: AgentRow, final: str, country: str | None) -> str:
    """Rebels need a rebel group active in their country; one ordinary criminal is no gang (CODEBOOK 4)."""
    if final == "rebel" and (country is None or not scene.lexicon.rebels_in(country, scene.on)):
        return "militant"
    if final == "gang" and not plural(scene) and agentive(scene, noun.noun):
        return "criminal"
    return final


def agentive(scene: Scene, noun: str) -> bool:
    """Whether a noun has an ending of nouns for people ("trafficker", "butchers")."""
    lemma = head_lemma(noun)
    return any(scene.lexicon.has("person_suffix", lemma[-size:]) for size in (2, 3, 4) if len(lemma) > size + 2)


def _country(scene: Scene, features: Features) -> str | None:
    owner = features.owner.home if features.owner is not None else None
    return features.nationality or owner or scene.country


def _name(scene: Scene, row: AgentClassRow, features: Features, country: str | None) -> str | None:
    lexicon = scene.lexicon
    if row.class_ == "communal" and features.ethnicity:
        more = {"ethnicity": features.ethnicity}
        return fill("{ethnicity} Ethnic Militia ({country})", lexicon, country, scene.on, more)
    if row.class_ == "military" and "unknown" in features.switches and not features.nationality:
        return "Unidentified Military Forces"
    return fill(row.name, lexicon, country, scene.on, {}) if row.name else None


def _force(scene: Scene, start: str, features: Features) -> str | None:
    """The name of the force that a captive, an off-duty or a former fighter belongs to."""
    if features.owner is not None and features.owner.inter:
        return from_entry(scene, features.owner, "stated", "").name
    inner = features.inner.class_ if features.inner is not None else ""
    source = start if start in ("military", "police", "rebel") else inner
    if source not in ("military", "police", "rebel"):
        return None
    return _name(scene, scene.lexicon.classes[source], features, _country(scene, features))


def _associates(
    scene: Scene,
    nouns: tuple[AgentRow, AgentRow | None],
    final: str,
    features: Features,
    country: str | None,
    force: str | None,
) -> tuple[str, ...]:
    found: list[str | None] = [force]
    if features.owner is not None and not force and final in PEOPLE:
        found.append(from_entry(scene, features.owner, "stated", "").name)
    if final in FORCES | STATE | {"external", "guard", "criminal"}:
        return tuple(dict.fromkeys(filter(None, found)))
    lexicon = scene.lexicon
    religion = features.religion or lexicon.value("religious_noun", head_lemma(nouns[0].noun))
    more = {"religion": religion} if religion else {}
    for noun in nouns:
        if noun is not None and noun.associate:
            found.append(fill(noun.associate, lexicon, country, scene.on, more))
    if religion:
        found.append(fill("{religion} Group ({country})", lexicon, country, scene.on, more))
    if features.ethnicity:
        template = "{ethnicity} Ethnic Group ({country})"
        found.append(fill(template, lexicon, country, scene.on, {"ethnicity": features.ethnicity}))
    if final == "official":
        template = lexicon.classes["government"].name
        found.append(fill(template, lexicon, country, scene.on, {}))
    return tuple(dict.fromkeys(filter(None, found)))
