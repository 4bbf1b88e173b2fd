"""Templates → HTML: the Jinja2 environment (autoescape, undefined is an error), what it keeps compiled, and the faults of a
package's template. With `compiled.py` and `direct.py`, which serve it alone, the only module that knows jinja2.
"""

from __future__ import annotations

import traceback
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, MutableMapping, Sequence
from collections.abc import Mapping as Map
from functools import cache, partial
from pathlib import Path, PurePath
from types import (
    BuiltinFunctionType,
    BuiltinMethodType,
    CodeType,
    CoroutineType,
    FrameType,
    FunctionType,
    GeneratorType,
    MethodType,
    ModuleType,
    TracebackType,
)
from typing import Any

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from generator.catalogue.declaring import TEMPLATE
from generator.catalogue.reads import note
from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.documents.files import read_text
from generator.layout import PACKAGES, TEMPLATES
from generator.pages import direct
from generator.pages.cells import escaped, html
from generator.pages.compiled import Compiled, Template
from generator.pages.unread import told, wrong
from generator.writing import OutsideError, inside


class TemplateFault(Exception):
    """A template of a package that cannot be rendered: what is wrong is the content's, not ours."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


def _template_fault(error: Exception, root: Path, template: str) -> TemplateFault | None:
    """The fault of the package's template in which an error happened, or of the `template` that was asked for; None in one of
    ours.
    """
    package, slash, name = template.partition("/")
    place = (f"{root / PACKAGES / package}/templates/{name}", 1) if slash else None
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
    if isinstance(error, RecursionError):
        found = wrong("Ce modèle s’appelle lui-même sans fin, ou imbrique trop de choses.")
    elif isinstance(error, MemoryError | SyntaxError | OverflowError):
        found = wrong("Ce modèle est trop grand : il imbrique ou répète trop de choses.")
    elif isinstance(error, jinja2.TemplateNotFound):
        found = wrong("Le modèle « {text} » n’existe pas.", text=str(error))
    else:
        found = told(str(error))
    return TemplateFault(fault("modele-faux", position, found.message, found.hint or hint, **found.values))


# What opens on a disk, or on Python itself.
_CLOSED = (
    *(PurePath, type, FunctionType, MethodType, BuiltinFunctionType, partial, CodeType, FrameType, TracebackType),
    *(GeneratorType, CoroutineType, ModuleType),
)
_READING = {*dir(tuple), *dir(frozenset), "copy", "get", "items", "keys", "values"}
_CHANGING = {*dir(list), *dir(dict), *dir(set)} - _READING
_METHODS = frozenset((MethodType, BuiltinMethodType))  # which Jinja2 may replace by its own
_LONGEST = 1_000_000  # letters, or items, that an operation of a template may make


def permitted(obj: object, name: str, value: object) -> bool:
    """Whether a template may ask for an attribute: none that is private, of a module its words only, of a file and of what
    Python runs nothing, and nothing that would change a list that all pages read.
    """
    if isinstance(obj, ModuleType):
        return isinstance(value, str) and not name.startswith("_")
    return _open(type(obj), name)


def _open(kind: type, name: str) -> bool:
    """Whether a template may ask for an attribute of what is of a type, whatever its value."""
    changing = name in _CHANGING and issubclass(kind, (list, dict, set))
    return not name.startswith("_") and not issubclass(kind, _CLOSED) and not changing


def reach(obj: object, name: str) -> Any:
    """An attribute asked for by its name, in the path of a column. Raises SecurityError for one that is not permitted."""
    value = getattr(obj, name)
    if not permitted(obj, name, value):
        raise SecurityError(f"access to attribute {name!r} is unsafe")
    return value


class Environment(SandboxedEnvironment):
    """Templates whose globals are a plain dict, once and for all: every import goes through their names. A template is content,
    which reads what it is given and reaches nothing else: no module, no file, nothing of Python itself.
    """

    intercepted_binops = frozenset(("*", "**"))
    code_generator_class, template_class = direct.Writer, Template
    html, escaped, Macro = staticmethod(html), staticmethod(escaped), direct.Macro
    opened: Callable[[type, str], bool]  # `_open`, remembered while this lasts: each reading has types of its own
    declared: Callable[[type, str], bool]  # so is this one
    held: dict[str, jinja2.Template]  # those that were loaded, by their names
    plain: dict[str, set[type]]  # the types of which an attribute that is open and declared was read, by its name

    def _load_template(self, name: str, globals: Any) -> jinja2.Template:
        """A template by its name: who asks depends on what it says."""
        note((TEMPLATE, name))
        held = self.held.get(name)
        if held is None:
            held = self.held[name] = super()._load_template(name, globals)
        return held

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute of an object or, for want of it, what it has under this key; straight away unless it is a method."""
        try:
            value = getattr(obj, attribute)
        except AttributeError:
            return obj[attribute] if type(obj) is dict and attribute in obj else super().getattr(obj, attribute)
        kind: Any = type(obj)
        if type(value) not in _METHODS and self.opened(kind, attribute):
            if self.declared(kind, attribute):
                self.plain[attribute].add(kind)
            return value
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may ask for an attribute."""
        return permitted(obj, attr, value)

    def call_binop(self, context: jinja2.runtime.Context, operator: str, left: Any, right: Any) -> Any:
        """A product or a power that fills no memory."""
        sized = [each for each in (left, right) if hasattr(each, "__len__")]
        size = len(sized[0]) * max(1, right if sized[0] is left else left) if sized else 0
        if operator == "**" or size > _LONGEST:
            raise SecurityError(f"access to attribute {operator!r} is unsafe")
        return super().call_binop(context, operator, left, right)

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether a template may call something: whatever it can name."""
        return True

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template."""
        return {**self.globals, **(d or {})}


def environment(root: Path, packages: Sequence[str]) -> Environment:
    """The templates of the generator (`record.html`) and of the packages of a project (`jardins/fiche.html`)."""
    loaders = {name: _Loader(root / PACKAGES / name / "templates") for name in packages}
    made = Environment(
        loader=jinja2.ChoiceLoader([jinja2.PrefixLoader(loaders), jinja2.FileSystemLoader(TEMPLATES)]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
        optimized=False,  # nothing is computed when a template is compiled
        bytecode_cache=Compiled(Path(__file__), Path(direct.__file__)),
    )
    made.opened, made.declared = cache(_open), cache(direct.declared)
    made.held, made.plain = {}, defaultdict(set)
    del made.globals["lipsum"]
    return made


class _Loader(jinja2.FileSystemLoader):
    """The templates of a folder: those that were read with the content, HTML files under no link."""

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Any]:
        """The text of a template, its file, and whether it is still so."""
        try:
            inside(Path(self.searchpath[0]), template)
        except OutsideError as error:
            raise jinja2.TemplateNotFound(template) from error
        if not template.endswith(".html"):
            raise jinja2.TemplateNotFound(template)
        return super().get_source(environment, template)


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
        except _FAULTS as error:
            found = _template_fault(error, root, name)
            if found is not None:
                yield found.diagnostic


def rendering(environment: Environment, template: str, names: Map[str, object], root: Path) -> str:
    """What a template makes of these names. Raises TemplateFault for a fault in a template of a package."""
    try:
        return environment.get_template(template).render(names)
    except _FAULTS as error:
        raise _template_fault(error, root, template) or error from error


# What a template can make happen.
_FAULTS = (
    *(jinja2.TemplateError, LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RuntimeError),
    *(AssertionError, MemoryError, SyntaxError),
)
