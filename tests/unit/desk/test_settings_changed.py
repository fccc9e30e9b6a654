"""Several settings changed at once: each of them is followed."""

from dataclasses import replace

from app.desk.commands import LoadEars
from tests.fakes import Place


def test_recognition_that_is_switched_on_together_with_another_setting_loads_its_model() -> None:
    place = Place(is_listening=False, models=("whisper-base",), models_folder="/models")
    wanted = replace(place.desk.policy, is_listening=True, dial_line="pbx2")

    place.desk.follow(wanted)
    place.desk.follow_speech(wanted)

    assert place.ears.of(LoadEars) == [LoadEars(("whisper-base",), "/models")]
