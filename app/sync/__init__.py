"""The console's side of the sync with the centre."""
