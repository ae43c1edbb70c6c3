"""What Earshot keeps: workspaces, channel settings, digests, threads; SQLAlchemy behind a small store."""
