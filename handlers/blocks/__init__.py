"""From an answer to Block Kit, within every limit of Slack's."""
