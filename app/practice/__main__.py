"""`python -m app.practice exchange|trainer|list|call`."""

import sys

from app.practice.command_line import main
from app.practice.lifetime import leave

if __name__ == "__main__":
    leave(main(sys.argv[1:]))
