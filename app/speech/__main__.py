"""`python -m app.speech`: the speech process; with `models …` the installer of models, with `bench DIR` their comparison."""

import sys

_USAGE = """\
python -m app.speech models list|install|verify|add …   the speech models of this console
python -m app.speech bench DIR …                        compares the installed models on your own sounds
python -m app.listener [NAME …]                         shows or chooses which model listens
Without a word it is the speech process, which the console starts."""


def main() -> int:
    match sys.argv[1:2]:
        case ["models"]:
            from app.speech.models_cli import run_models

            return run_models(sys.argv[2:])
        case ["bench"]:
            from app.speech.bench import run_bench

            return run_bench(sys.argv[2:])
        case []:
            from app.speech.process import run_from_environment

            return run_from_environment()
        case _:
            print(_USAGE, file=sys.stdout if sys.argv[1] in ("-h", "--help") else sys.stderr)
            return 0 if sys.argv[1] in ("-h", "--help") else 2


if __name__ == "__main__":
    sys.exit(main())
