"""Documents × contracts → tables of typed records. A record knows its YAML node, so that every later stage can say
where a value stands. Keys are resolved here; what does not fit is a diagnostic and the rest goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field

from generator.contracts import Contracts, Field, ForeignKey, Resource
from generator.diagnostics import Diagnostic, Position, fault, french, listed, nearest
from generator.documents import Broken, Document, Mapping, Node, Scalar, Sequence, mark_at
from generator.values import Convert, Value, converter, identifier

Key = tuple[Value | None, ...]


class Record:
    """A row: typed values in the order of its resource's fields, and the YAML they come from."""

    __slots__ = ("document", "node", "parent", "resource", "values")

    def __init__(
        self, resource: Resource, values: list[Value | None], document: Document, node: Mapping, parent: Record | None
    ) -> None:
        self.resource = resource
        self.values = values
        self.document = document
        self.node = node
        self.parent = parent

    def __getitem__(self, name: str) -> Value | None:
        return self.values[self.resource.index[name]]

    def key(self, names: Iterable[str]) -> Key:
        """The values of several columns."""
        index = self.resource.index
        return tuple(self.values[index[name]] for name in names)

    @property
    def id(self) -> Key:
        """The value of the primary key."""
        return self.key(self.resource.primary_key)

    @property
    def label(self) -> str:
        """How the record is named on a page."""
        return str(self[self.resource.label] or self.id[-1]) if self.resource.label else str(self.id[-1])

    def writes(self, name: str) -> bool:
        """Whether something is written for a column, readable or not."""
        node: Node | None = self.node
        for step in self.resource.field(name).key:
            node = node.nodes.get(step) if isinstance(node, Mapping) else None
        return node is not None

    def at(self, name: str = "") -> Position:
        """The place of a column's value, of its key or of its parent when it is absent, or of the record."""
        if not name:
            return self.document.at(self.node.mark)
        column = self.resource.field(name)
        if column.filled and self.parent is not None:
            return self.document.at(self.node.mark)
        node: Node = self.node
        mark = self.node.mark
        for step in column.key:
            if not isinstance(node, Mapping) or step not in node.nodes:
                return self.document.at(mark)
            mark = node.key_mark(step)
            node = node.nodes[step]
        length = len(node.text) if isinstance(node, Scalar) and node.text and "\n" not in node.text else 1
        quote = 2 if isinstance(node, Scalar) and node.quoted else 0
        return self.document.at(node.mark or mark, length + quote)


@dataclass(slots=True)
class Table:
    """The records of a resource and, when some of its files could not be read, which keys it may hold all the same."""

    resource: Resource
    records: list[Record] = field(default_factory=list)
    by_key: dict[Key, Record] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)  # identifiers of unread files
    incomplete: bool = False  # anything may be missing

    def may_hold(self, key: Key) -> bool:
        """Whether a key that is not found may stand in something that could not be read."""
        return self.incomplete or any(part in self.unknown for part in key)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All tables, and for each resource the records that name one of its records (filled by `resolve`)."""

    contracts: Contracts
    tables: Map[str, Table]

    def __getitem__(self, resource: str) -> list[Record]:
        return self.tables[resource].records

    def target(self, record: Record, key: ForeignKey) -> Record | None:
        """The record that a foreign key of a record names, or None."""
        wanted = record.key(key.fields)
        if None in wanted:
            return None
        return find(self.tables[key.resource], key.reference, wanted)

    def records(self) -> Iterator[Record]:
        """Every record of every table."""
        for table in self.tables.values():
            yield from table.records


def find(table: Table, columns: tuple[str, ...], wanted: Key) -> Record | None:
    """The record whose columns have these values; the columns are the primary key or a unique key."""
    if columns == table.resource.primary_key:
        return table.by_key.get(wanted)
    return next((r for r in table.records if r.key(columns) == wanted), None)


def load(documents: Iterable[Document], contracts: Contracts) -> tuple[Catalogue, list[Diagnostic]]:
    """Fill the tables of the contracts from the documents (paths start with the content folder's name)."""
    loader = _Loader(contracts)
    for document in documents:
        loader.add(document)
    return loader.catalogue, loader.diagnostics


@dataclass(frozen=True, slots=True)
class _Plan:
    """What loading a resource needs of its contract, worked out once."""

    resource: Resource
    columns: Map[str, tuple[int, Field, Convert]]  # YAML key → place, field, reader
    groups: Map[str, Map[str, tuple[int, Field, Convert]]]
    nested: Map[str, str]  # YAML key → child resource
    required: tuple[tuple[int, Field], ...]
    parent_places: tuple[tuple[int, int], ...]  # (place here, place in the parent)
    rank: int | None
    id_place: int | None


class _Loader:
    def __init__(self, contracts: Contracts) -> None:
        self.contracts = contracts
        self.tables = {name: Table(resource) for name, resource in contracts.resources.items()}
        self.catalogue = Catalogue(contracts, self.tables)
        self.diagnostics: list[Diagnostic] = []
        self.plans = {name: _plan(resource, contracts) for name, resource in contracts.resources.items()}
        self.sources = [
            (resource, _pattern(resource.rows.pattern))
            for resource in contracts.resources.values()
            if resource.rows.kind != "within"
        ]

    def add(self, document: Document) -> None:
        """Read one document into the table whose pattern takes it."""
        takers = [resource for resource, pattern in self.sources if pattern.match(document.path)]
        if not takers:
            if self.contracts.unread:
                return
            name = document.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
            patterns = [f"content/{resource.rows.pattern}" for resource, _ in self.sources]
            message, hint = "Aucune table ne lit ce fichier.", "Emplacements lus : {choices}."
            near = nearest(document.path, [pattern.replace("*", name) for pattern in patterns])
            position, choices = Position(document.path), listed(patterns, "et")
            self.diagnostics.append(fault("fichier-sans-table", position, message, hint, near, choices=choices))
            return
        if len(takers) > 1:
            message = "Ce fichier est lu par deux tables : « {a} » et « {b} »."
            hint = "Précisez « content » dans l’un des deux contrats."
            a, b = takers[0].name, takers[1].name
            self.diagnostics.append(fault("contrat-faux", Position(document.path), message, hint, a=a, b=b))
        resource = takers[0]
        stem = document.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        if resource.name in self.contracts.faulty:
            self._mark_unread(resource, None)
        elif document.root is None:
            self._mark_unread(resource, stem if resource.rows.kind == "records" else None)
        elif resource.rows.kind == "records":
            self._add_file(resource, document, stem)
        elif isinstance(document.root, Sequence):
            for item in document.root.items:
                self._add_record(self.plans[resource.name], document, item, None, 0)
        elif not isinstance(document.root, Broken) and not _is_empty(document.root):
            message = "Une liste est attendue : chaque élément commence par « - »."
            hint, position = "Ce fichier contient des lignes de la table « {title} ».", document.at(document.root.mark)
            self.diagnostics.append(fault("liste-attendue", position, message, hint, title=resource.title))
            self._mark_unread(resource, None)

    def _add_file(self, resource: Resource, document: Document, stem: str) -> None:
        plan, root = self.plans[resource.name], document.root or Broken(0)
        if _is_empty(root):
            self._mark_unread(resource, stem)
            message, hint = "Cette fiche est vide.", "Clés obligatoires : {choices}."
            choices = listed(dict.fromkeys(f.key[0] for _, f in plan.required), "et")
            self.diagnostics.append(fault("fiche-vide", Position(document.path), message, hint, choices=choices))
            return
        before = len(self.diagnostics)
        record = self._add_record(plan, document, root, None, 0)
        if record is None:
            self._mark_unread(resource, stem)
        elif plan.id_place is not None:
            given = record.values[plan.id_place]
            if given is None:
                self._mark_unread(resource, stem)
            elif given != stem:
                self._mark_unread(resource, stem)  # which of the two is right is not known
                message = "L’identifiant « {id} » ne correspond pas au nom du fichier « {stem} »."
                hint = "Le nom du fichier, l’identifiant et l’adresse de la page sont le même mot."
                position = record.at(resource.primary_key[0])
                self.diagnostics.append(
                    fault("identifiant-et-fichier", position, message, hint, stem, id=given, stem=stem)
                )
        elif len(self.diagnostics) > before:
            self._mark_unread(resource, stem)

    def _mark_unread(self, resource: Resource, stem: str | None) -> None:
        """Remember that a table lacks something we could not read, its nested tables too."""
        pending = [resource.name]
        for name in pending:
            if stem is None:
                self.tables[name].incomplete = True
            else:
                self.tables[name].unknown.add(stem)
            pending += (child.name for child in self.contracts.children(name))

    def _add_record(
        self, plan: _Plan, document: Document, node: Node, parent: Record | None, rank: int
    ) -> Record | None:
        resource = plan.resource
        if type(node) is not Mapping:
            if not isinstance(node, Broken):
                message = "Une ligne de la table « {title} » s’écrit avec des clés « cle: valeur »."
                position = document.at(node.mark)
                self.diagnostics.append(fault("groupe-attendu", position, message, title=resource.title))
            self._mark_unread(resource, None)
            return None
        values: list[Value | None] = [None] * len(resource.fields)
        failed: list[int] = []
        record = Record(resource, values, document, node, parent)
        if parent is not None:
            for place, source in plan.parent_places:
                values[place] = parent.values[source]
        if plan.rank is not None:
            values[plan.rank] = rank
        columns = plan.columns
        nested: list[tuple[str, Node]] = []
        for name, value in node.nodes.items():
            known = columns.get(name)
            if known is not None:
                if type(value) is Scalar:
                    place, _, convert = known
                    converted, problem = convert(value.text) if value.text else (None, None)
                    if problem is None and value.text:
                        values[place] = converted
                        continue
                self._fault_value(document, node, name, value, known, failed)
            elif name in plan.nested:
                nested.append((name, value))
            elif name in plan.groups:
                self._add_group(plan, document, node, name, values, failed)
            else:
                self._unknown_key(plan, document, node, name, failed)
        for place, column in plan.required:
            if values[place] is None and place not in failed:
                self._missing(record, column)
                failed.append(place)
        self._index(plan, record, failed)
        for name, value in nested:
            self._add_nested(plan, document, name, value, record)
        return record

    def _add_group(
        self, plan: _Plan, document: Document, holder: Mapping, name: str, values: list[Value | None], failed: list[int]
    ) -> None:
        columns, value = plan.groups[name], holder.nodes[name]
        if not isinstance(value, Mapping):
            failed.extend(place for place, _, _ in columns.values())
            if not isinstance(value, Broken):
                keys = ", ".join(f"{key}: …" for key in columns)
                message, hint = "« {name} » attend un groupe de clés.", "Écrivez {name}: {{{keys}}}"
                position = document.at(value.mark or holder.key_mark(name))
                self.diagnostics.append(fault("groupe-attendu", position, message, hint, name=name, keys=keys))
            return
        for key, part in value.nodes.items():
            known = columns.get(key)
            if known is None:
                message, hint = "La clé « {key} » est inconnue dans « {name} ».", "Clés possibles : {choices}."
                position = document.at(value.key_mark(key), len(key))
                suggestion = nearest(key, columns)
                if suggestion in columns:
                    failed.append(columns[suggestion][0])
                self.diagnostics.append(
                    fault(
                        "cle-inconnue",
                        position,
                        message,
                        hint,
                        suggestion,
                        key=key,
                        name=name,
                        choices=listed(columns),
                    )
                )
                continue
            if type(part) is Scalar and part.text:
                converted, problem = known[2](part.text)
                if problem is None:
                    values[known[0]] = converted
                    continue
            self._fault_value(document, value, key, part, known, failed)

    def _fault_value(
        self,
        document: Document,
        holder: Mapping,
        name: str,
        value: Node,
        known: tuple[int, Field, Convert],
        failed: list[int],
    ) -> None:
        """Say what is wrong with a value that could not be read."""
        place, column, convert = known
        failed.append(place)
        if isinstance(value, Broken):
            return
        if column.filled:
            message = "La colonne « {name} » est remplie par le générateur."
            position = document.at(holder.key_mark(name), len(name))
            self.diagnostics.append(fault("colonne-remplie", position, message, "Supprimez cette ligne.", name=name))
            return
        if not isinstance(value, Scalar):
            message = "« {title} » attend une valeur simple, pas une liste ni un groupe."
            self.diagnostics.append(
                fault("valeur-simple-attendue", document.at(value.mark), message, title=column.title)
            )
            return
        if not value.text:
            message = "La clé « {name} » est donnée sans valeur."
            hint = "Donnez-lui une valeur." if column.required else "Supprimez la ligne : absent veut dire absent."
            position = document.at(holder.key_mark(name), len(name))
            self.diagnostics.append(fault("valeur-vide", position, message, hint, name=name))
            return
        problem = convert(value.text)[1]
        if problem is not None:
            length = len(value.text) + (2 if value.quoted else 0) if "\n" not in value.text else 1
            position = document.at(value.mark, length)
            self.diagnostics.append(
                Diagnostic(
                    problem.code,
                    position,
                    french(column.title + " : ") + problem.message,
                    problem.hint,
                    problem.suggestion,
                )
            )

    def _unknown_key(self, plan: _Plan, document: Document, node: Mapping, name: str, failed: list[int]) -> None:
        """Say that a key is unknown; the column that it was meant to be is not said to be missing as well."""
        position = document.at(node.key_mark(name), len(name))
        filled = next((f for f in plan.resource.fields if f.filled and f.name == name), None)
        if filled is not None:
            message = "La colonne « {name} » est remplie par le générateur."
            self.diagnostics.append(fault("colonne-remplie", position, message, "Supprimez cette ligne.", name=name))
            return
        candidates = [*plan.columns, *plan.groups, *plan.nested]
        titles = [f.title for _, f, _ in plan.columns.values()]
        if name in plan.resource.index:
            group, inner = plan.resource.field(name).key
            failed.append(plan.resource.index[name])
            message, hint = "« {key} » s’écrit dans un groupe.", "Écrivez {group}: {{{inner}: …}}"
            self.diagnostics.append(fault("cle-inconnue", position, message, hint, key=name, group=group, inner=inner))
            return
        invisible = next((c for c in name if not c.isprintable() or (c.isspace() and c != " ")), "")
        if invisible:
            message = "La clé « {key} » contient une espace insécable (U+{code})."
            code = f"{ord(invisible):04X}"
            hint = "Retapez-la au clavier, les deux-points collés à la clé."
            failed += _meant(plan, name.strip())
            self.diagnostics.append(
                fault("espace-insecable", position, message, hint, name.strip(), key=name, code=code)
            )
            return
        if name in self.contracts.unplaced:
            return
        message, hint = "La clé « {key} » est inconnue dans la table « {title} ».", "Clés possibles : {choices}."
        if document.header:
            message, hint = "La table « {title} » n’a pas de colonne « {key} ».", "Colonnes possibles : {choices}."
        suggestion = nearest(name, candidates, titles)
        failed += _meant(plan, suggestion)
        self.diagnostics.append(
            fault(
                "cle-inconnue",
                position,
                message,
                hint,
                suggestion,
                key=name,
                title=plan.resource.title,
                choices=listed(candidates),
            )
        )

    def _missing(self, record: Record, column: Field) -> None:
        group, inner = column.key[0], column.key[-1]
        message, hint = "Il manque « {inner} » ({title}).", "Ajoutez la ligne « {inner}: … »."
        position = record.at()
        if record.document.header:
            hint = "Remplissez cette cellule."
            if inner not in record.document.header:  # once for the whole file
                message, hint = "Il manque la colonne « {inner} » ({title}).", "Ajoutez-la à l’en-tête."
                position = record.document.at(mark_at(1, 1))
        if len(column.key) > 1:
            hint = "Écrivez {group}: {{{inner}: …}}"
            if group in record.node.nodes:
                position = record.document.at(record.node.key_mark(group), len(group))
        self.diagnostics.append(
            fault("valeur-manquante", position, message, hint, group=group, inner=inner, title=column.title)
        )

    def _index(self, plan: _Plan, record: Record, failed: list[int]) -> None:
        """Add the record to its table, even a faulty one: what names it must not be blamed."""
        resource = plan.resource
        table = self.tables[resource.name]
        table.records.append(record)
        key = record.id
        if None in key or not key:
            for column in resource.primary_key:  # its key is unknown, not absent
                meant = _written(record, column)
                if resource.index[column] in failed and (meant or plan.id_place is None):  # else the file name says it
                    self._mark_unread(resource, meant)
            return
        other = table.by_key.setdefault(key, record)
        if other is not record:
            position = record.at(resource.primary_key[-1])
            message = "« {key} » est déjà l’identifiant d’une autre ligne de « {title} » ({place})."
            hint = "Donnez-lui un autre identifiant, ou supprimez l’une des deux lignes."
            place = other.at(resource.primary_key[-1])
            shown = " + ".join(str(part) for part in key)
            self.diagnostics.append(
                fault("cle-primaire-en-double", position, message, hint, key=shown, title=resource.title, place=place)
            )

    def _add_nested(self, plan: _Plan, document: Document, name: str, value: Node, parent: Record) -> None:
        child = self.plans[plan.nested[name]]
        if child.resource.name in self.contracts.faulty:
            self._mark_unread(child.resource, None)
            return
        if isinstance(value, Sequence):
            for rank, item in enumerate(value.items, 1):
                self._add_record(child, document, item, parent, rank)
            return
        self._mark_unread(child.resource, None)
        if isinstance(value, Broken):
            return
        position = document.at(value.mark)
        if _is_empty(value):
            position = document.at(parent.node.key_mark(name), len(name))
            hint = "Ajoutez un élément qui commence par « - », ou supprimez la ligne."
            self.diagnostics.append(fault("valeur-vide", position, "La liste « {name} » est vide.", hint, name=name))
            return
        message = "« {name} » attend une liste : chaque élément commence par « - »."
        self.diagnostics.append(fault("liste-attendue", position, message, name=name))


def _written(record: Record, column: str) -> str | None:
    """The identifier that a refused text was meant to be, or None when nothing usable is written."""
    node: Node | None = record.node
    for step in record.resource.field(column).key:
        node = node.nodes.get(step) if isinstance(node, Mapping) else None
    return identifier(node.text) or node.text if isinstance(node, Scalar) and node.text else None


def _meant(plan: _Plan, name: str) -> list[int]:
    """The places of the columns that a key fills."""
    if name in plan.columns:
        return [plan.columns[name][0]]
    return [place for place, _, _ in plan.groups.get(name, {}).values()]


def _pattern(glob: str) -> re.Pattern[str]:
    """The paths that a `content` of a contract takes: `*` is anything but a change of folder."""
    return re.compile("[^/]*/" + re.escape(glob).replace(r"\*", "[^/]*") + r"\Z")


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.text


def _plan(resource: Resource, contracts: Contracts) -> _Plan:
    columns: dict[str, tuple[int, Field, Convert]] = {}
    groups: dict[str, dict[str, tuple[int, Field, Convert]]] = {}
    references = {name for key in resource.foreign_keys for name in key.fields}
    for place, column in enumerate(resource.fields):
        if column.filled:
            continue
        is_id = (
            column.name in resource.primary_key
            and column.type == "string"
            and column.name not in references
            and column.constraints.pattern is None
            and not column.categories
        )
        missing = resource.missing_values if column.missing_values is None else column.missing_values
        convert = converter(
            column.type, column.format, column.constraints, column.categories, tuple(filter(None, missing)), is_id
        )
        if len(column.key) == 1:
            columns[column.key[0]] = (place, column, convert)
        else:
            groups.setdefault(column.key[0], {})[column.key[1]] = (place, column, convert)
    parent_places: tuple[tuple[int, int], ...] = ()
    if resource.rows.kind == "within":
        parent = contracts.resources[resource.rows.parent]
        key = next((k for k in resource.foreign_keys if k.resource == parent.name), None)
        if key is not None:
            pairs = zip(key.fields, key.reference, strict=True)
            parent_places = tuple((resource.index[a], parent.index[b]) for a, b in pairs if b in parent.index)
    rank = resource.index.get(resource.rows.rank) if resource.rows.rank else None
    required = tuple((i, f) for i, f in enumerate(resource.fields) if f.required and not f.filled)
    single = len(resource.primary_key) == 1 and resource.rows.kind == "records"
    id_place = resource.index[resource.primary_key[0]] if single else None
    nested = {child.rows.key: child.name for child in contracts.children(resource.name)}
    return _Plan(resource, columns, groups, nested, required, parent_places, rank, id_place)
