"""A local Slack on the loopback: a page to try the bot without an account, and the double that the tests drive."""
