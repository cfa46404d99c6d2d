"""What others made and the web form needs: fetched with npm in exact versions, checked, and kept between builds."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import tarfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from generator.keep import Keep

LONGEST = 300
"""Seconds that a package may take to come."""


class Package(NamedTuple):
    """A package of npm in one version."""

    name: str
    version: str
    sha512: str
    """The digest of its archive, in Base64, as npm's `dist.integrity` gives it."""


SVELTIA = Package(
    "@sveltia/cms",
    "0.221.1",
    "J+Qoik9kGMk2L7vNpOQrnDmFRi+NB6vwJ0f657YtsxWH0P8WYSYRRSRC2pQ/jGGbVlM//Pg/WIgmkpswqoo3gQ==",
)
YAML = Package(
    "yaml", "2.9.1", "3NxN8+78OdzbT7C/WjGsyfPAtJaN3FNDsWxv7Y7mcDsT/oOmgW8BpyQQFFBnvZE3j9Y2Sdz1ULFLezL7Eb2yFw=="
)
LETTERS = Package(
    "@fontsource-variable/source-sans-3",
    "5.3.0",
    "dpi0GZk7EQe2tYpg6Q0Fx0OmUgnuGu+0rHPgtXqtKhglYmJuP7jZ12Mu1uN+NfRaJRY1Emn8AQJEWzmoZ4wa9g==",
)
"""Sveltia's own typeface, with the letters that it leaves out."""


class NotFetchedError(OSError):
    """A package could not be had: the machine's doing, or the network's."""


def files_of(package: Package, keep: Keep) -> Mapping[str, bytes]:
    """Return a package's files by their paths in it; fetch it if it is not kept, and refuse any other bytes."""
    name = f"{package.name.replace('/', '-').lstrip('@')}-{package.version}.tgz"
    archive = _checked(package, keep.made(name, lambda: _checked(package, _fetched(package))))
    with tarfile.open(fileobj=BytesIO(archive)) as opened:
        return {
            member.name.partition("/")[2]: content.read()
            for member in opened.getmembers()
            if member.isfile() and (content := opened.extractfile(member)) is not None
        }


def _checked(package: Package, archive: bytes) -> bytes:
    if base64.b64encode(hashlib.sha512(archive).digest()).decode() != package.sha512:
        raise NotFetchedError(
            f"пакет {package.name} {package.version} не тот: его контрольная сумма sha512 другая; "
            "удалите папку .cache/admin и соберите ещё раз"
        )
    return archive


def _fetched(package: Package) -> bytes:
    """Return a package's archive as npm gets it from wherever this machine's npm gets packages."""
    npm = shutil.which("npm")
    if npm is None:
        raise NotFetchedError(
            "для веб-формы нужна программа npm (она ставится вместе с Node.js); без формы: уберите --admin"
        )
    name = f"{package.name}@{package.version}"
    with TemporaryDirectory() as folder:
        command = [npm, "pack", name, "--ignore-scripts", "--loglevel=error"]
        try:
            subprocess.run(
                command,
                cwd=folder,
                check=True,
                capture_output=True,
                text=True,
                encoding="utf-8",
                errors="replace",
                timeout=LONGEST,
            )
        except subprocess.TimeoutExpired:
            raise NotFetchedError(f"npm не получил {name} за {LONGEST} секунд; проверьте сеть") from None
        except subprocess.CalledProcessError as error:
            said = error.stderr.strip().partition("\n")[0]
            raise NotFetchedError(f"npm не получил {name}; проверьте сеть. Он ответил: {said}") from None
        return next(Path(folder).glob("*.tgz")).read_bytes()
