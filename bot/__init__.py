"""Earshot's core: calls, questions and answers. It knows nothing of Slack or the web."""
