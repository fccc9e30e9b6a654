"""Repairs that the agent took back once: they do not come again in the same call."""

from dataclasses import replace

from app.domain.transcript import Transcript, Utterance

Refused = frozenset[tuple[str, str]]
"""What was heard, and what the program had written in its place."""


def refused_repairs(transcript: Transcript) -> Refused:
    """Those of which the heard words stand there again, by the agent's will."""
    found = set()
    for said in transcript.utterances:
        if said.first is None:
            continue
        kept = {(repair.was, said.text[repair.start : repair.end]) for repair in said.repairs}
        for repair in said.first.repairs:
            pair = (repair.was, said.first.text[repair.start : repair.end])
            if pair not in kept and said.text.count(repair.was) > said.first.text.count(repair.was):
                found.add(pair)
    return frozenset(found)


def without_refused(said: Utterance, refused: Refused) -> Utterance:
    """The utterance with what was heard in these places; it counts as the recogniser's, not as corrected by the agent."""
    for repair in reversed(said.repairs) if refused and not said.is_corrected else ():
        if (repair.was, said.text[repair.start : repair.end]) in refused:
            undone = replace(said, final=True).with_repair_undone(repair.start)
            said = replace(undone, final=said.final, first=None, original="")
    return said
