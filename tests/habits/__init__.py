"""The habits every test is held to: pytest plugins that the root conftest loads, one subject a file."""
