"""Secrets at rest: tokens are encrypted before they reach the database, with keys that never do."""

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import SettingsError


class Vault:
    """Encrypts with the newest key, decrypts with any. `keys` are Fernet keys, the newest first.

    Source: the Fernet specification (AES-128 in CBC mode, HMAC-SHA-256), as the cryptography package implements it.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys]) if keys else None

    def seal(self, secret: str) -> bytes:
        """Encrypt. Raises SettingsError where there is no key."""
        return self._keys().encrypt(secret.encode())

    def open(self, sealed: bytes) -> str:
        """Decrypt. Raises SettingsError where no key fits."""
        try:
            return self._keys().decrypt(sealed).decode()
        except InvalidToken:
            raise SettingsError(
                "EARSHOT_KEYS holds no key that fits the stored tokens: add the old key behind the new one."
            ) from None

    def renew(self, sealed: bytes) -> bytes:
        """Encrypt anew with the newest key what an older one encrypted. Raises SettingsError where no key fits."""
        try:
            return self._keys().rotate(sealed)
        except InvalidToken:
            raise SettingsError(
                "EARSHOT_KEYS holds no key that fits the stored tokens: add the old key behind the new one."
            ) from None

    def _keys(self) -> MultiFernet:
        if self._fernet is None:
            raise SettingsError(
                "EARSHOT_KEYS is missing: tokens of installed workspaces are encrypted with it; make one with "
                "`earshot doctor --new-key`."
            )
        return self._fernet
