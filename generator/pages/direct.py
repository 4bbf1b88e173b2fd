"""The Python that Jinja2 writes for a template, made to go straight: what is HTML is put out as it is, what a class declares is read without
a detour, and functions and macros are called by themselves.
"""

from __future__ import annotations

from keyword import iskeyword
from types import ModuleType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.utils import missing
from markupsafe import Markup, escape

from generator.pages.compiled import Module


class Writer(CodeGenerator):
    """Writes the Python of a template. What it names besides what Jinja2 does is of the environment: `html`, `escaped` (of a text), `Macro`,
    and `plain`, the types of which an attribute may be read straight, by its name. No function that templates can name asks for their
    context.
    """

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """What is told of the environment once, then the template."""
        self.writeline("html, escaped = environment.html, environment.escaped")
        for name in sorted({each.attr for each in node.find_all(nodes.Getattr) if _writable(each.attr)}):
            self.writeline(f"plain_{name} = environment.plain[{name!r}]")
        super().visit_Template(node, frame)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """A macro: one of the environment."""
        self.write("environment.")
        super().macro_def(macro_ref, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """An attribute: straight away where the class declares it."""
        if not _writable(node.attr):
            return super().visit_Getattr(node, frame)
        self.write(f"(held.{node.attr} if type(held := ")
        self.visit(node.node, frame)
        return self.write(f") in plain_{node.attr} else environment.getattr(held, {node.attr!r}))")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """A call: by Jinja2 where it gives more than is written."""
        given = (*node.args, *node.kwargs)
        other = node.dyn_args or node.dyn_kwargs or any(iskeyword(each.key) for each in node.kwargs)
        if other or not isinstance(node.node, nodes.Name | nodes.Getattr):
            return super().visit_Call(node, frame, forward_caller=forward_caller)
        self.visit(node.node, frame)
        self.write("(")
        for each in given:
            self.visit(each, frame)
            self.write(", ")
        return self.write("caller=caller)" if forward_caller else ")")

    def _output_child_pre(self, node: Any, frame: Frame, finalize: Any) -> None:
        if isinstance(node, nodes.CondExpr) and node.expr2 is None:
            node.expr2 = nodes.Const("")
        if _settled(node):
            self.write("(")
        elif _escaped(frame):
            self.write("(held if type(held := ")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: Any, frame: Frame, finalize: Any) -> None:
        if _settled(node):
            self.write(")")
        elif _escaped(frame):
            self.write(") is Markup else escaped(held) if type(held) is str else html(held))")
        else:
            super()._output_child_post(node, frame, finalize)


def _settled(node: Any) -> bool:
    """Whether what is put out is one of two texts that are written there, and are the same as HTML."""
    ends = (node.expr1, node.expr2) if isinstance(node, nodes.CondExpr) else (None,)
    return all(
        isinstance(each, nodes.Const) and isinstance(each.value, str) and escape(each.value) == each.value
        for each in ends
    )


def _escaped(frame: Frame) -> bool:
    return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile


def _writable(name: str) -> bool:
    """Whether an attribute is written in Python as in a template."""
    return name.isascii() and not name.startswith("_") and not iskeyword(name)


def declared(kind: type, name: str) -> bool:
    """Whether a class says that what is of it has an attribute, which is nothing to call but what is held: a slot, a property, a field, a
    number.
    """
    if issubclass(kind, ModuleType | type | str):
        return False
    if issubclass(kind, Module):
        return name in kind.exported
    own = next((each.__dict__[name] for each in kind.__mro__ if name in each.__dict__), None)
    return hasattr(own, "__set__") or type(own) is int or name in getattr(kind, "__dataclass_fields__", ())


class Macro(jinja2.runtime.Macro):
    """A macro that is given as many values as it names, straight away."""

    def __init__(self, *told: Any) -> None:
        super().__init__(*told)
        more = self.catch_kwargs or self.catch_varargs or self.explicit_caller
        self._plain = self._default_autoescape and not more
        self._more = {"caller"} if self.caller else set()

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        """The HTML that it makes."""
        wanting = self._argument_count - len(args)
        if not self._plain or wanting < 0:
            return super().__call__(*args, **kwargs)
        if wanting:
            args += tuple([kwargs.pop(name, missing) for name in self.arguments[-wanting:]])
        if kwargs or self._more:
            if kwargs.keys() != self._more:
                return super().__call__(*args, **kwargs)  # it says what is one too many, or missing
            args += (kwargs["caller"],)
        return str.__new__(Markup, self._func(*args))
