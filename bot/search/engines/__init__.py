"""The engines behind the port of `bot.search.engine`, one file each."""
