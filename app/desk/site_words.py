"""The words of this site on their way to the recogniser: when it is found, and whenever they change."""

from dataclasses import replace

from app.desk.commands import LearnWords
from app.desk.core import Core
from app.desk.speech_events import SiteWordsRead
from app.domain.notice import NoticeCode


class SiteWordsDesk(Core):
    def _on_site_words(self, event: SiteWordsRead) -> None:
        """A list that could not be read leaves those that were learnt as they are."""
        if event.problem:
            self._notice(NoticeCode.SITE_WORDS_WRONG, *event.problem)
        else:
            self._clear_notice(NoticeCode.SITE_WORDS_WRONG)
        if event.words is not None and event.words != self.policy.site_words:
            self.policy = replace(self.policy, site_words=event.words)
            self._teach_words()

    def _teach_words(self) -> None:
        if self.policy.site_words:
            self.ports.ears.send(LearnWords(self.policy.site_words))
