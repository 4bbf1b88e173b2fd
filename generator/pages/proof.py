"""What the templates of packages make, read before anything is built: each of their pages is rendered in memory and read as the
last gate of a build reads the finished site, and so are the pages on which a link names a place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property
from itertools import chain, islice
from pathlib import Path

from generator import layout
from generator.authoring.json_schema import with_files
from generator.catalogue.project import Project
from generator.catalogue.sitemap import Address, sitemap
from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.documents.cleaning import position_at
from generator.documents.files import read_text
from generator.packages import extracts, folder, metadata, sums
from generator.packages.built import Built, Published
from generator.packages.descriptor import DESCRIPTOR
from generator.pages import drawings
from generator.pages.all import Pages
from generator.pages.draft import Draft, drawn_up
from generator.pages.fixed import HomeContext
from generator.pages.kinds import page_kinds
from generator.pages.markup import END, START, document
from generator.pages.templates import TemplateFault
from generator.prose import markdown
from generator.prose.passages import Lines, passages
from generator.prose.targets import target_of
from generator.site import html, policy
from generator.site.links import Finding, Links
from generator.text.characters import COMMANDS
from generator.text.interface import say

MOST_FINDINGS = 20  # told of one page: a loop in a template can make any number of them


def files(project: Project, built: tuple[Built, ...]) -> Iterator[str]:
    """The paths of the files that the site has beside its pages. `built`: its packages, written or planned."""
    published = Published(project.catalogue, project.settings, layout.EARLIEST, built)
    return chain(_downloads(published), _schemas(project), drawings.paths(project.catalogue), _pictures(project))


def prove(project: Project, built: tuple[Built, ...]) -> Iterator[Diagnostic]:
    """What is wrong in the pages that templates of packages make of a project without faults, and the anchors that links name
    in vain. The first fault of a template stops the rest: it would be met on each of its pages.
    """
    proofs = _Proofs(project, built)
    links = Links(proofs.files)
    text_of = cache(lambda path: read_text(project.root, path)[0] or "")
    told: set[tuple[Position, str]] = set()  # a template is blamed once, of the first of its pages
    try:
        for name, draft in proofs.drafts.items():
            if templates := _templates(draft):
                page = proofs[name]
                own, asked = links.of(name, page)
                lost = (
                    lost for each in asked if each.path in proofs for lost in each.unless(proofs[each.path].anchors)
                )
                found = (*_malformed(name, proofs), *own, *lost, *policy.stopped(name, page))
                for finding in islice(dict.fromkeys(found), MOST_FINDINGS):
                    place = _place(finding.target, templates, project.root, text_of)
                    if (place, finding.reason) not in told:
                        told.add((place, finding.reason))
                        yield _blamed(finding, draft, place)
        yield from _lost_anchors(project, proofs)
    except TemplateFault as error:
        yield error.diagnostic


def _malformed(name: str, proofs: _Proofs) -> Iterator[Finding]:
    if name in proofs.unprintable:
        yield Finding(name, 0, proofs.unprintable[name], say("ce caractère n’est permis dans aucun texte"))
    if name in proofs.unclosed:
        yield Finding(name, 0, "<…>", say("une balise ou un commentaire n’est pas bien refermé"))


class _Proofs(Mapping[str, html.Parsed]):
    """The pages of a site by the paths of their files, each rendered and read when it is first asked for."""

    def __init__(self, project: Project, built: tuple[Built, ...]) -> None:
        self.pages = Pages(project, layout.LATEST)  # when all that can be said of age is
        drawn = map(drawn_up, self.pages.later(built, (), helping=()))
        self.drafts = {f"{draft.path}index.html": draft for draft in drawn}
        self.named = {f"{address.path}index.html" for address in _addresses(project)}  # those that help are among them
        self.files = frozenset((*self.named, *_assets(layout.theme(project.root)), *files(project, built)))
        self.unclosed = set[str]()  # pages in which a tag, or a comment, is not well closed
        self.unprintable = dict[str, str]()  # a character that no text may hold, as a template made it
        self._read: dict[str, html.Parsed] = {}

    def __getitem__(self, name: str) -> html.Parsed:
        page = self._read.get(name)
        if page is None:
            draft = self.drafts.get(name) or self._helping[name]
            rendered = self.pages.renderer.render(draft.template, draft.path, draft.names())
            text = document(draft.title, rendered, layout.TOP)
            if forbidden := COMMANDS.search(text):
                self.unprintable[name] = f"\\u{ord(forbidden[0]):04x}"
            root = html.tree(text.encode("utf-8", "replace"))
            page = self._read[name] = html.parsed(root)
            if not html.holds(root, START, END):
                self.unclosed.add(name)
        return page

    @cached_property
    def _helping(self) -> dict[str, Draft]:
        """The pages that help, which no template of a package makes: most of the time, no link names a place of theirs."""
        return {f"{draft.path}index.html": draft for draft in self.pages.helping()}

    def __iter__(self) -> Iterator[str]:
        return iter(self.named)

    def __len__(self) -> int:
        return len(self.named)

    def __contains__(self, name: object) -> bool:
        return name in self.named


def _addresses(project: Project) -> Iterator[Address]:
    return sitemap(project.catalogue, project.names, page_kinds(), project.settings.guides)


def _assets(theme: Path) -> Iterator[str]:
    folder = theme / "assets"
    return (path.relative_to(theme).as_posix() for path in folder.rglob("*") if path.is_file())


def _downloads(published: Published) -> Iterator[str]:
    yield from (path for path, _ in metadata.files(published))
    for extract in extracts.extracts(published.catalogue).values():
        yield from extracts.files(extract)
    yield from (f"{layout.words().data}{name}" for name in folder.all_files())
    for each in published.packages:
        yield layout.download(each.package.name, sums.NAME)
        yield layout.download(each.package.name, DESCRIPTOR)
        files = (*each.files, *each.frames, *(file for table in each.tables for file in table.files))
        yield from (layout.download(each.package.name, file.path) for file in files)


def _pictures(project: Project) -> Iterator[str]:
    """Where the pictures of pages may be."""
    asked = _addresses(project)
    return (f"{each.path}{layout.words().image}" for each in asked if each.asker.page is not None or not each.path)


def _schemas(project: Project) -> Iterator[str]:
    return (layout.schema(resource.name) for resource in with_files(project.catalogue.contracts))


def _templates(draft: Draft) -> tuple[str, ...]:
    """The templates of packages that make a page: its own, or those that the home page shows."""
    if isinstance(draft.context, HomeContext):
        return tuple(str(shown["modele"]) for shown in draft.context.accueil["vitrines"])  # type: ignore[attr-defined]
    return (draft.template,) if "/" in draft.template else ()


def _place(target: str, templates: tuple[str, ...], root: Path, text_of: Callable[[str], str]) -> Position:
    """Where a template writes something, else the first line of the template of the page."""
    return next(_written(target, templates, root, text_of), Position(_file(templates[0]), 1, 1))


def _blamed(finding: Finding, draft: Draft, place: Position) -> Diagnostic:
    """A finding of the page of a draft, at the template that writes it."""
    message, hint = (
        "La page « {path} » aurait ici « {target} » : {reason}.",
        "Corrigez le modèle, ou la donnée qu’il montre.",
    )
    values = {"path": draft.path, "target": finding.target, "reason": finding.reason}
    return fault("modele-faux", place, message, hint, **values)


def _written(target: str, templates: tuple[str, ...], root: Path, text_of: Callable[[str], str]) -> Iterator[Position]:
    """The places where the templates of a page, then the others of their packages, write the target of a link or an anchor."""
    word = target.removeprefix("#").removesuffix("_")
    for template in templates if word else ():
        own = _file(template)
        folder = (root / own).parent
        others = sorted(path.relative_to(root).as_posix() for path in folder.glob("*.html") if path.is_file())
        for path in dict.fromkeys((own, *others)):
            text = text_of(path)
            if word in text:
                yield position_at(path, text, text.index(word), len(word))


def _file(template: str) -> str:
    """`jardins/fiche.html` → `datapackages/jardins/templates/fiche.html`."""
    package, _, name = template.partition("/")
    return f"{layout.PACKAGES}/{package}/templates/{name}"


def _lost_anchors(project: Project, proofs: _Proofs) -> Iterator[Diagnostic]:
    """The links of a prose to a place of a page that has no such place."""
    lines = Lines(project.root)
    for passage in passages(project.catalogue, project.articles):
        for link in markdown.links(passage.text):
            found = target_of(link.target, project.catalogue, project.targets) if "#" in link.target else None
            if found is None or found.outside or found.record is not None:
                continue
            path, _, anchor = found.address.partition("#")
            if anchor and anchor not in proofs[f"{path}index.html"].anchors:
                yield _lost(link.target, anchor, passage.at(link.offset, link.length, lines))


def _lost(target: str, anchor: str, place: Position) -> Diagnostic:
    message, hint = (
        "Le lien « {target} » : la page n’a pas d’ancre « #{anchor} ».",
        "Ouvrez la page : ses titres montrent leurs ancres.",
    )
    return fault("lien-casse", place, message, hint, target=target, anchor=anchor)
