"""`python -m app.telephony`: the telephony process, told by the environment where its window speaks to it.

JIESU_TELEPHONY_LINK: address of the link; JIESU_LINK_KEY: its key in hexadecimal; JIESU_TAPS: file of the audio taps.
"""

import logging
import sys

from app.domain.masking import mask_log
from app.telephony.process import run_from_environment

if __name__ == "__main__":
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    mask_log()
    sys.exit(run_from_environment())
