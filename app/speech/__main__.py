"""`python -m app.speech`: the speech process; `python -m app.speech models …`: the installer of speech models."""

import sys


def main() -> int:
    if sys.argv[1:2] == ["models"]:
        from app.speech.models_cli import run_models

        return run_models(sys.argv[2:])
    from app.speech.process import run_from_environment

    return run_from_environment()


if __name__ == "__main__":
    sys.exit(main())
