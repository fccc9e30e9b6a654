"""What a console keeps for itself: the encrypted store, the knowledge base, and the files that the site's staff may edit."""
