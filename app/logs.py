"""One log file a process, rotated; nothing personal in it: the id of a call stands for its caller, numbers are masked."""

import faulthandler
import logging
import sys
import threading
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from app.domain.masking import MaskingFormatter

FORMAT = "%(asctime)s %(levelname)s %(process)d %(threadName)s %(name)s: %(message)s"


def set_up(role: str, folder: Path, crashed: Callable[[str], None] = lambda _what: None) -> None:
    """Sends this process's log to folder/role.log (1 MB, three old ones kept), its crashes too.

    `crashed` is told the name of an exception nobody caught, on the thread where it happened. A folder that cannot be
    written sends the log to stderr: a full disk must not stop a call.
    """
    handler: logging.Handler
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / f"{role}.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8")
        faulthandler.enable((folder / f"{role}.crash").open("a", encoding="utf-8"))
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(MaskingFormatter(FORMAT))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.raiseExceptions = False  # a log that cannot be written is no reason to stop
    for talkative in ("httpx", "httpcore", "asyncio", "faster_whisper", "alembic"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    _catch_all(crashed)


def _catch_all(crashed: Callable[[str], None]) -> None:
    log = logging.getLogger("uncaught")

    def uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        log.error("uncaught", exc_info=(kind, error, trace))
        crashed(kind.__name__)

    sys.excepthook = uncaught
    threading.excepthook = lambda args: uncaught(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)
