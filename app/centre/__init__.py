"""The centre: the server that consoles sync with and team leads watch. Importing this package imports no server library."""
