"""Countries whose name only says whose a party or a thing is: "U.S. soldiers", "a U.S. convoy", "the India embassy"."""

from __future__ import annotations

from .actor_lexicon import ActorLexicon, head_lemma
from .place_words import PlaceWords
from .records import Parse, Toponym

_MODIFIERS = frozenset({"compound", "amod", "nmod"})
_AT_HOME = frozenset({"police", "protesters", "rioters", "mob"})  # classes of those who act where they belong


def tells_nationality(parse: Parse, toponym: Toponym, actors: ActorLexicon, words: PlaceWords) -> bool:
    """Whether a country's name stands before a party, a position or a weapon, which may be anywhere (CODEBOOK 1.6).

    Args:
        parse: the sentence.
        toponym: a name in it.
        actors: the nouns for parties and things.
        words: the words around place names.

    Returns:
        False for a place that is no country, for crowds and police, who are rather at home, and before any other noun
        ("a Pakistan mosque").
    """
    if toponym.place is None or toponym.place.feature != "PCLI":
        return False
    token = parse.token_at(toponym.end - 1)
    if token is None or parse.deps[token] not in _MODIFIERS or parse.heads[token] < token:
        return False
    noun = parse.heads[token]
    if any(not parse.tags[k].startswith(("NN", "JJ", "VB", "CD", "HYPH", "POS")) for k in range(token + 1, noun)):
        return False
    lemma = head_lemma(parse.lower[noun])
    agent = actors.agents.get((lemma,))
    thing = actors.objects.get((lemma,))
    if agent is not None:
        return agent.class_ not in _AT_HOME
    return lemma in words.national or (thing is not None and thing.kind in ("position", "weapon"))
