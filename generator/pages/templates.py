"""Templates → HTML: the Jinja2 environment (autoescape, undefined is an error), what it keeps compiled, and the faults of a
package's template. The only module that knows jinja2.
"""

from __future__ import annotations

import os
import re
import sys
import traceback
import zlib
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from collections.abc import Mapping as Map
from contextlib import suppress
from pathlib import Path, PurePath
from types import CodeType, CoroutineType, FrameType, FunctionType, GeneratorType, MethodType, ModuleType, TracebackType
from typing import Any

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.documents.files import read_text
from generator.layout import MACHINE, PACKAGES, TEMPLATES

# Where compiled templates are kept: another folder as soon as the environment below is written otherwise.
COMPILED = MACHINE / "__pycache__" / f"templates-{zlib.crc32(Path(__file__).read_bytes()):08x}"


class TemplateFault(Exception):
    """A template of a package that cannot be rendered: what is wrong is the content's, not ours."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


def _template_fault(error: Exception, root: Path) -> TemplateFault | None:
    """The fault of the package's template in which an error happened; None in one of ours."""
    place = None
    if isinstance(error, jinja2.TemplateSyntaxError):
        place = error.filename or "", error.lineno
    else:
        for frame, line in traceback.walk_tb(error.__traceback__):
            if Path(frame.f_code.co_filename).is_relative_to(root / PACKAGES):
                place = frame.f_code.co_filename, line
    if place is None or not Path(place[0]).is_relative_to(root / PACKAGES):
        return None
    position = Position(Path(place[0]).relative_to(root).as_posix(), place[1], 1)
    hint = "La page « Les modèles de page » de la documentation dit ce qu’un modèle peut nommer."
    text = str(error)
    undefined = _UNDEFINED.match(text)
    unsafe = _UNSAFE.match(text) if isinstance(error, SecurityError) else None
    if isinstance(error, RecursionError):
        message = "Ce modèle s’appelle lui-même sans fin."
    elif isinstance(error, jinja2.TemplateNotFound):
        message = "Le modèle « {text} » n’existe pas."
    elif unsafe:
        message, text = "« {text} » n’est pas à la portée d’un modèle.", unsafe[1]
    elif undefined:
        message, text = "« {text} » n’existe pas.", undefined[1] or undefined[2]
    else:
        message = "Ce modèle ne se lit pas ({text})."
    return TemplateFault(fault("modele-faux", position, message, hint, text=text))


_UNDEFINED = re.compile("'([^']*)'(?: is undefined)?\\Z|.* has no attribute '([^']*)'\\Z", re.DOTALL)
_UNSAFE = re.compile("access to attribute '([^']*)'")

# What opens on a disk, or on Python itself.
_CLOSED = (
    *(PurePath, type, FunctionType, MethodType, CodeType, FrameType, TracebackType),
    *(GeneratorType, CoroutineType),
)


class Environment(SandboxedEnvironment):
    """Templates whose globals are a plain dict, once and for all: every import goes through their names. A template is content,
    which reads what it is given and reaches nothing else: no module, no file, nothing of Python itself.
    """

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may ask for an attribute: none that is private, of a module its words only, of a file and of what
        Python runs nothing.
        """
        if attr.startswith("_"):
            return False
        if isinstance(obj, ModuleType):
            return isinstance(value, str)
        return not isinstance(obj, _CLOSED)

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether a template may call something: whatever it can name."""
        return True

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template."""
        return {**self.globals, **(d or {})}


class Compiled(jinja2.BytecodeCache):
    """Compiled templates, kept as Python keeps its compiled modules; a folder that cannot be written keeps nothing."""

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Fill the bucket if this very source was compiled before."""
        with suppress(OSError), (COMPILED / bucket.key).open("rb") as file:
            bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keep what was compiled, in one move."""
        with suppress(OSError):
            COMPILED.mkdir(parents=True, exist_ok=True)
            partial = COMPILED / f"{bucket.key}.{os.getpid()}"
            with partial.open("wb") as file:
                bucket.write_bytecode(file)
            partial.replace(COMPILED / bucket.key)


def environment(root: Path, packages: Sequence[str]) -> Environment:
    """The templates of the generator (`record.html`) and of the packages of a project (`jardins/fiche.html`)."""
    loaders = {name: jinja2.FileSystemLoader(root / PACKAGES / name / "templates") for name in packages}
    return Environment(
        loader=jinja2.ChoiceLoader([jinja2.PrefixLoader(loaders), jinja2.FileSystemLoader(TEMPLATES)]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
        optimized=False,  # nothing is computed when a template is compiled
        bytecode_cache=None if sys.dont_write_bytecode else Compiled(),
    )


def misread(root: Path, templates: Iterable[str]) -> Iterator[Diagnostic]:
    """The templates of packages that cannot be read, whether a page uses them or not."""
    own = sorted(name for name in templates if "/" in name)
    reader = environment(root, ())
    for name in own:
        package, _, path = name.partition("/")
        file = f"{PACKAGES}/{package}/templates/{path}"
        text = read_text(root, file)[0]
        try:
            reader.parse(text or "", name, str(root / file))
        except (jinja2.TemplateError, RuntimeError) as error:
            found = _template_fault(error, root)
            if found is not None:
                yield found.diagnostic


def rendering(environment: Environment, template: str, names: Map[str, object], root: Path) -> str:
    """What a template makes of these names. Raises TemplateFault for a fault in a template of a package."""
    try:
        return environment.get_template(template).render(names)
    except (
        jinja2.TemplateError,
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
        ArithmeticError,
        RuntimeError,
    ) as error:
        raise _template_fault(error, root) or error from error
