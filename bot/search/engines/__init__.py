"""The engines behind the port of `bot.search.engine`, one file each; what begins with an underscore is their tool."""
