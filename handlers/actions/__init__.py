"""Buttons: one file each, found in this folder."""
