"""Loads the habits every test is held to (tests/habits); what is set up first is checked last."""

pytest_plugins = ("tests.habits.homes", "tests.habits.log", "tests.habits.leaks", "tests.habits.needs", "tests.habits.network")
