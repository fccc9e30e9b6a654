"""Hand-off cards that the emergency desk has not taken yet, kept over a restart (app.sync.emergency_desk.CardStore)."""

from collections.abc import Callable

import msgspec
from sqlalchemy import delete, select

from app.domain.handoff import HandOffCard
from app.storage.database import Database
from app.storage.facts import keep_fact
from app.storage.tables import fact

_PREFIX = "unsent-card "


class UnsentCards:
    """Uses a connection of its own, opened at the first use; all its methods belong to one thread. Raises StoreError."""

    def __init__(self, another: Callable[[], Database]) -> None:
        self._another = another
        self._opened: Database | None = None

    def keep(self, card: HandOffCard) -> None:
        """The latest revision takes the place of an earlier one."""
        with self._database.transaction() as connection:
            keep_fact(connection, _PREFIX + card.card, card)

    def forget(self, card: str) -> None:
        with self._database.transaction() as connection:
            connection.execute(delete(fact).where(fact.c.name == _PREFIX + card))

    def all(self) -> list[HandOffCard]:
        with self._database.transaction(writes=False) as connection:
            bodies = connection.execute(select(fact.c.value).where(fact.c.name.startswith(_PREFIX))).scalars().all()
        return [msgspec.json.decode(body, type=HandOffCard) for body in bodies]

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    @property
    def _database(self) -> Database:
        if self._opened is None:
            self._opened = self._another()
        return self._opened
