"""Speech: models and their installation, recognition of two voices, voice output; a process of its own."""
