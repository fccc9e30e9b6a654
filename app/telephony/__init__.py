"""The telephony process: calls, their voices, and the ways into the telephone network."""
