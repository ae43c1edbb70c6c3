"""Chaos: replicas that are killed and frozen at random while Slack misbehaves; every figure with its seed."""
