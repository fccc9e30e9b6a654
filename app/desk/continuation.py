"""One case over several calls: a caller who was lost goes on where he was cut off - same ticket, same words, one clock."""

from dataclasses import replace

from app.desk.case import Case
from app.domain.call import CallId
from app.domain.transcript import Utterance


def moved(case: Case, call: CallId, answered_at: float) -> Case:
    """The case as it goes on with the next call. `answered_at`: when the call that it had so far was answered."""
    draft = case.draft
    if draft is not None:
        draft = replace(draft, ticket=replace(draft.ticket, call=call))
    return replace(case, call=call, draft=draft, earlier=(*case.earlier, (case.call, answered_at)))


def placed(case: Case, call: CallId, answered_at: float, heard: Utterance) -> Utterance:
    """An utterance of `call`, one of the case's calls, with times that count from the first of them.

    Numbers need no care: they are those of tap frames, which go on over every call and every restart.
    """
    times = dict(case.earlier)
    began_at = next((at for _, at in case.earlier if at), 0.0)
    own_at = times.get(call, answered_at)
    shift = own_at - began_at if began_at and own_at else 0.0
    if shift <= 0:
        return heard
    words = tuple(replace(word, start_s=word.start_s + shift, end_s=word.end_s + shift) for word in heard.words)
    return replace(heard, start_s=heard.start_s + shift, end_s=heard.end_s + shift, words=words)
