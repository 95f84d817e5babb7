"""Every error raised on purpose, classed by what the caller can do about it."""

from __future__ import annotations


class GeonameError(Exception):
    """An error raised on purpose; its text names the trouble and the remedy.

    `message` is English and `zh` the same in Chinese, which is what a user reads unless English is asked
    for. `field` names the parameter, column or option at fault, where there is one.
    """

    def __init__(self, message: str, *, zh: str = "", field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.zh = zh or message
        self.field = field

    def in_language(self, language: str) -> str:
        """The text in `zh` or `en`."""
        return self.zh if language == "zh" else self.message


class InvalidInputError(GeonameError):
    """The caller gave something that cannot be right: mend the input and ask again."""


class NotFoundError(GeonameError):
    """What was asked for is not there: ask for something else."""


class AmbiguousCodeError(GeonameError):
    """A code means more than one place: say which scheme; `meanings` lists (scheme, code, name)."""

    def __init__(
        self, message: str, *, zh: str = "", field: str, meanings: tuple[tuple[str, str, str], ...]
    ) -> None:
        super().__init__(message, zh=zh, field=field)
        self.meanings = meanings


class UnauthenticatedError(GeonameError):
    """A token is needed, or the one given is wrong or revoked: give one that is in force.

    `given` tells whether there was a token at all.
    """

    def __init__(self, message: str, *, zh: str = "", field: str | None = None, given: bool = True) -> None:
        super().__init__(message, zh=zh, field=field)
        self.given = given


class ForbiddenError(GeonameError):
    """The token's role or divisions do not suffice: ask somebody whose do."""


class TooLargeError(GeonameError):
    """More was given than is allowed: send less at a time."""


class ConflictError(GeonameError):
    """Somebody else changed or is changing the same thing: read again, then retry.

    `version` is that of the thing as it is now, where it has one.
    """

    def __init__(
        self, message: str, *, zh: str = "", field: str | None = None, version: int | None = None
    ) -> None:
        super().__init__(message, zh=zh, field=field)
        self.version = version


class ChangedSinceError(ConflictError):
    """The record is no longer as the caller read it: read it again, then change it."""


class VersionNeededError(InvalidInputError):
    """A change does not say which version of the record it was made for: read the record, then say so."""


class OutOfOrderError(ConflictError):
    """A step does not follow from where the thing stands: take the steps before it, or another one."""


class AgainstRulesError(GeonameError):
    """A proposal is against rules that block it: change it, claim an exception, or have it overruled.

    `findings` lists (id, rule, English, Chinese) of each finding that blocks.
    """

    def __init__(
        self,
        message: str,
        *,
        zh: str = "",
        field: str | None = None,
        findings: tuple[tuple[str, str, str, str], ...],
    ) -> None:
        super().__init__(message, zh=zh, field=field)
        self.findings = findings


class NotReadyError(GeonameError):
    """The service holds no data yet, or is building an index: load data or wait."""


class DataFileError(GeonameError):
    """A file is missing, cut off, of the wrong kind or fails its checksum: replace the file."""


class DatabaseError(GeonameError):
    """The database is damaged, of a newer version, or not ours: restore or upgrade."""


class StorageError(GeonameError):
    """The disk is full or not writable: make room; nothing was changed."""
