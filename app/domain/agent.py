"""What an agent (坐席) is doing: ready, busy, on break, in wrap-up. No state changes by itself (agents' complaint 11)."""

from enum import StrEnum


class AgentState(StrEnum):
    READY = "ready"  # 示闲
    BUSY = "busy"  # 示忙
    ON_BREAK = "on_break"  # 小休
    WRAP_UP = "wrap_up"  # 话后处理: begins when a call ends, ends only by the agent
    OFFLINE = "offline"


class QueueStanding(StrEnum):
    """How an extension stands in the exchange's queue (排队)."""

    UNKNOWN = ""
    IN = "in"  # calls are given to it
    PAUSED = "paused"
    OUT = "out"
    FAILED = "failed"  # the exchange refused what was asked


class SupervisionMode(StrEnum):
    """How a team lead (班长) takes part in an agent's call."""

    LISTEN = "listen"  # 监听: hears both, is heard by nobody
    WHISPER = "whisper"  # 耳语: heard by the agent alone
    BARGE = "barge"  # 强插: heard by both


NO_ANSWER = "no answer"
"""The reason of an agent who was set busy because a call rang and was not taken: the one that no person chose."""


def standing_of(state: AgentState) -> QueueStanding:
    """What a state means in the queue: no state but ready gets calls, and only who signed off leaves."""
    if state is AgentState.READY:
        return QueueStanding.IN
    return QueueStanding.OUT if state is AgentState.OFFLINE else QueueStanding.PAUSED
