"""What lasts of a publication from one round to the next: its folders in the working folder of the project, and what its stages keep."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping as Map
from hashlib import blake2b
from pathlib import Path

from generator.catalogue.difference import NOTHING
from generator.catalogue.project import Project
from generator.commands.making.parts import Extracts, Packages
from generator.commands.making.pipeline import Made
from generator.commands.making.shares import Going, Rendered, Way, followed, quiet
from generator.commands.making.tree import Tree
from generator.contracts.face import COLOURS
from generator.contracts.settings import Settings
from generator.layout import DOCS, IMAGES_MADE, PACKAGES_MADE, SCHEMAS_MADE, SETTINGS, SITE, THEME
from generator.packages import metadata
from generator.packages.built import Built, Published
from generator.packages.validation import Verdict
from generator.pages import drawings
from generator.pages.all import Pages
from generator.pages.draft import Draft
from generator.pages.kept import Kept
from generator.site import engine, search, warm
from generator.site.gate import Gate
from generator.site.links import Finding
from generator.text.interface import say
from generator.writing import Writer, entries

COPIES = "recherche"  # the pages as the index of the search reads them


class Lasting(Way):
    """Makes all stages whole, and keeps what narrower ones start from. To be closed."""

    def __init__(self, place: Path, engine_name: str, going: Going = quiet) -> None:
        super().__init__(going)
        self.place, self.name = place, engine_name
        self.site, self.docs = Tree(place / SITE), Tree(place / DOCS)
        self.data, self.images = Tree(place / PACKAGES_MADE), Tree(place / IMAGES_MADE)
        self.schemas = Tree(place / SCHEMAS_MADE)
        self.pages, self.packages, self.extracts = Kept(), Packages(), Extracts()
        self.helping: tuple[Draft, ...] = ()  # of the pages that contracts alone decide
        self.told = frozenset[str]()  # the paths of these, and of the pages that tell of packages
        self.gate = Gate()
        self.copies = search.Copies(place / COPIES)
        self.unindexed = False  # whether pages changed since the search was made
        self.settings = Settings()  # with which the site was made
        self.warm: warm.Warm | None = None
        self._beside = 0.0
        self._prints: dict[str, bytes] = {}  # of what an engine that makes all pages made last, by its paths

    def close(self) -> None:
        """End what runs beside."""
        if self.warm is not None:
            self.warm.close()
            self.warm = None

    @property
    def lost(self) -> bool:
        """Whether the engine, beside, has nothing left to start from."""
        return self.warm is not None and not self.warm.standing

    def beside(self) -> float:
        """The CPU seconds that the engine took, beside, since this was last asked."""
        if self.warm is None:
            return 0.0
        before, self._beside = self._beside, self.warm.spent
        return self._beside - before

    def configure(self, settings: Settings) -> tuple[bool, Map[str, bytes]]:
        """Have the engine read other settings: whether all its pages are to be made again, and the style sheets that are others."""
        if settings == self.settings:
            return False, {}
        (old, before), (new, sheet) = (
            (each.for_engine(), each.configuration.face.sheet()) for each in (self.settings, settings)
        )
        place = Tree(self.place)
        if new != old:
            place.put(SETTINGS, engine.written(new))
        if sheet:
            place.put(f"{THEME}/{COLOURS}", sheet)
        self.settings = settings
        return new != old, {COLOURS: sheet.encode()} if sheet != before else {}

    def others(self, made: Map[str, bytes]) -> dict[str, bytes]:
        """Of what an engine made whole, what is not as it was the time before; all of it when it makes fewer in between."""
        if self.warm is not None:
            return dict(made)
        before, self._prints = self._prints, {path: blake2b(data).digest() for path, data in made.items()}
        return {path: data for path, data in made.items() if before.get(path) != self._prints[path]}

    # --- The stages, whole ---------------------------------------------------------------------------------------------------

    def packaged(self, project: Project, date: str, packages: Path) -> tuple[Built, ...]:
        """Write every package under a folder."""
        names = project.catalogue.contracts.packages
        return self.packages.write(followed(names, say("paquets"), len(names), self.going), project, date, packages)

    def rendered(self, pages: Pages, built: tuple[Built, ...], reports: tuple[Verdict, ...], docs: Path) -> Rendered:
        """Write every page under `docs`."""
        self.helping = tuple(pages.helping())
        self.told = frozenset(draft.path for draft in (*pages.told(built, reports), *self.helping))
        drafts, writer = tuple(pages.later(built, reports, self.helping)), Writer(docs)
        made = self.pages.round(pages, drafts, (), NOTHING)
        for page in followed(made.early(), "pages", len(drafts), self.going):
            writer.write(page.file, page.text)
        made.settle()
        return len(drafts), self.pages.pictures

    def engine(self, staging: Path, name: str, epoch: int) -> engine.Made:
        """Build the site of the pages in a work directory."""
        if name != warm.ENGINE or not warm.POSSIBLE:
            return engine.build(staging, name, epoch)
        self.warm = self.warm or warm.Warm()
        return self.warm.build(staging, epoch)

    def extracted(self, published: Published, pages: Pages, site: Path) -> int:
        """Write what each page shows, to download; how many files."""
        self.extracts.write(published, pages.ground.extracts, site)
        return len(self.extracts.files())

    def settled(self, site: Path, coming: Collection[str]) -> tuple[Finding, ...]:
        """Write the policy into every page of a site; all that is wrong in it."""
        return self.gate.whole(site, coming)

    def made(self, project: Project, made: Made, date: str) -> None:
        """All stages are made."""
        self.packages.moved(self.data.root)
        self.settings = project.settings
        published = Published(project.catalogue, project.settings, date, made.built)
        self.site.parts["descriptions"] = frozenset(path for path, _ in metadata.files(published))
        self.site.parts["dessins"] = frozenset(path for path, _ in drawings.files(made.pages.ground))
        self.site.parts["images"] = frozenset(made.pictures)
        self.site.parts["fichiers"] = frozenset(project.files)
        self.images.parts["images"] = frozenset(path for path, _ in entries(self.images.root))
        for name in self.packages.built:
            self.data.parts[name] = frozenset(f"{name}/{path}" for path, _ in entries(self.data.root / name))
