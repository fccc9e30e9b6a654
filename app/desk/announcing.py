"""Announcements whose words were changed: the speech process makes their sound, and the desk knows them from then on."""

from dataclasses import replace

from app.desk.commands import Say
from app.desk.core import Core
from app.desk.events import SpeechMade
from app.domain.announcement import Announcement
from app.domain.notice import NoticeCode


class Announcing(Core):
    def _make_announcements(self) -> None:
        """Asks for every sound that is missing, once the voices are there; until it comes the console says which is silent."""
        for announcement in self._silent():
            wish = Say(_request(announcement), announcement.spoken, announcement.voice, is_announcement=True)
            if not self.state.speech.voices or not self.ports.ears.send(wish):
                self._notice(NoticeCode.ANNOUNCEMENT_SILENT, announcement.text)

    def _on_announcement_made(self, event: SpeechMade) -> bool:
        """Whether it was one of ours; then its sound is used from now on."""
        made = next((one for one in self.policy.unspoken if _request(one) == event.request), None)
        if made is None:
            return False
        self.policy = replace(
            self.policy,
            announcements={**self.policy.announcements, made.key: event.path},
            sound_s={**self.policy.sound_s, made.key: event.seconds},
        )
        if not self._silent():
            self._clear_notice(NoticeCode.ANNOUNCEMENT_SILENT)
        return True

    def _silent(self) -> list[Announcement]:
        return [one for one in self.policy.unspoken if one.key not in self.policy.announcements]


def _request(announcement: Announcement) -> str:
    return f"announcement {announcement.key} {announcement.mark}"
