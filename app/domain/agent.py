"""What an agent (坐席) is doing: ready, busy, on break, in wrap-up. No state changes by itself (agents' complaint 11)."""

from enum import StrEnum


class AgentState(StrEnum):
    READY = "ready"  # 示闲
    BUSY = "busy"  # 示忙
    ON_BREAK = "on_break"  # 小休
    WRAP_UP = "wrap_up"  # 话后处理: begins when a call ends, ends only by the agent
    OFFLINE = "offline"
