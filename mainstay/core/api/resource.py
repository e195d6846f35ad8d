"""A noun as the API tells it: its fields, its lists with filters, order, selection and pages, and its single rows."""

from collections.abc import Callable, Iterable
from typing import Annotated, Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from ninja import Query
from pydantic import BaseModel, ConfigDict, create_model
from pydantic import Field as Rule

from mainstay.core.api import fields as columns
from mainstay.core.api import keyset, types
from mainstay.core.api.fields import Field, Kind
from mainstay.core.api.problems import Invalid
from mainstay.core.api.routes import Answer
from mainstay.core.errors import Missing
from mainstay.core.models.row import RowVersion

MOST_ROWS, USUAL_ROWS = 500, 100
MOST_SORTS, MOST_WORDS, MOST_EXTRA = 5, 10, 20
Row = dict[str, Any]
Finish = Callable[[HttpRequest, list[Row]], None]
Extend = Callable[[HttpRequest, Any, set[str]], tuple[Any, dict[str, Field]]]
ROW_ID = Field("id", Kind.WHOLE, "The row's number.")


class Resource:
    """A noun: what is told of it and how it is found."""

    def __init__(
        self,
        noun: str,
        fields: Iterable[Field],
        *,
        key: str = "code",
        order: tuple[str, ...] = ("code",),
        search: tuple[str, ...] = (),
        private: tuple[str, ...] = (),
        finish: Finish | None = None,
        added: dict[str, tuple[Any, Any]] | None = None,
        extend: Extend | None = None,
    ) -> None:
        """`private` are read for `finish`, which may change rows and adds the fields described by `added`;
        `extend` finds the fields whose names have a dot."""
        self.noun, self.key, self.order, self.search = noun, key, order, search
        self.fields = {field.name: field for field in fields}
        self.private, self.finish, self.extend = private, finish, extend
        self.added = added or {}
        self.One = self._told()
        self.Page = create_model(
            f"{noun}Page",
            __config__=ConfigDict(extra="forbid"),
            items=(list[self.One], Rule(description="The rows, in the order asked for.")),
            next=(str | None, Rule(None, description="The address of the next page.")),
            count=(int | None, Rule(None, description="The number of rows on all pages, when asked for.")),
        )
        self.Query = self._asked()
        self.Asked = Annotated[self.Query, Query()]

    def _told(self) -> type[BaseModel]:
        def only_key_is_certain(schema: dict[str, Any]) -> None:
            schema["required"] = [self.key]

        told: Any = {
            name: (field.documented(), Rule(description=field.help, examples=_examples(field)))
            for name, field in self.fields.items()
        }
        config = ConfigDict(extra="forbid", json_schema_extra=only_key_is_certain)
        return create_model(self.noun, __config__=config, **told, **self.added)

    def _asked(self) -> type[BaseModel]:
        sortable = ", ".join(name for name, field in self.fields.items() if field.is_sortable)
        asked: dict[str, Any] = {
            "limit": (types.whole(1, MOST_ROWS), Rule(USUAL_ROWS, description="Rows on a page.")),
            "cursor": (types.text(2000) | None, Rule(None, description="Where the page begins; from `next`.")),
            "sort": (
                types.text(200) | None,
                Rule(None, description=f"Up to {MOST_SORTS} fields, `-` for descending: {sortable}."),
            ),
            "fields": (
                types.text(1000) | None,
                Rule(None, description="Only these fields, separated by commas.", examples=[self.key]),
            ),
            "count": (columns.Literal["true", "false"] | None, Rule(None, description="Also count all rows.")),
        }
        if self.search:
            asked["q"] = (types.text(200) | None, Rule(None, description="Words that all occur in the row."))
        for field in self.fields.values():
            asked |= columns.parameters(field)
        return create_model(f"{self.noun}Query", **asked)

    def one(self, request: HttpRequest, rows: Any) -> Answer:
        """The single row of a query, or that there is none."""
        chosen = self._chosen(request.GET.get("fields"))
        found = self._rows(request, rows[:1], chosen)
        if not found:
            raise Missing("There is nothing here, or it is not open to you.")
        return Answer(found[0])

    def page(self, request: HttpRequest, rows: Any, query: Any) -> Answer:
        """A page of the rows that pass the filters, in the order asked for."""
        rows, known = self._extended(request, rows, query)
        rows = rows.filter(self._filter(request, query, known))
        steps = self._steps(query.sort, known, rows)
        count = rows.count() if query.count == "true" else None
        if query.cursor:
            rows = rows.filter(keyset.after(steps, keyset.decode(query.cursor, steps)))
        rows = rows.order_by(*(step.order() for step in steps))[: query.limit + 1]
        sources = tuple(step.field.ordered_by for step in steps)
        found = self._rows(request, rows, self._chosen(query.fields), sources)
        following = None
        if len(found) > query.limit:
            found = found[: query.limit]
            following = _address(request, keyset.encode(steps, found[-1]["_order"]))
        for row in found:
            del row["_order"]
        body = {"items": found, "next": following}
        if count is not None:
            body["count"] = count
        return Answer(body, links={"next": following} if following else {})

    def _rows(self, request: HttpRequest, rows: Any, chosen: list[Field], order: tuple[str, ...] = ()) -> list[Row]:
        number = _id_of(rows)
        sources = [number if field.source == "pk" else field.source for field in chosen]
        names = [*(field.name for field in chosen), *(f"_{name}" for name in self.private)]
        tellers = [(place, field.teller) for place, field in enumerate(chosen) if field.teller]
        found = []
        besides = (number if source == "pk" else source for source in (*self.private, *order))
        for stored in rows.values_list(*sources, *besides):
            values = list(stored)
            for place, tell in tellers:
                values[place] = tell(values[place])
            row = dict(zip(names, values, strict=False))
            if order:
                row["_order"] = stored[len(names) :]
            found.append(row)
        if self.finish:
            self.finish(request, found)
        for row in found:
            for name in self.private:
                del row[f"_{name}"]
        return found

    def _chosen(self, names: str | None) -> list[Field]:
        if not names:
            return list(self.fields.values())
        wanted = {self.key, *(name.strip() for name in names.split(","))}
        if unknown := wanted - self.fields.keys() - self.added.keys():
            raise _no_field("fields", unknown)
        return [field for name, field in self.fields.items() if name in wanted]

    def _extended(self, request: HttpRequest, rows: Any, query: Any) -> tuple[Any, dict[str, Field]]:
        """The rows with the dotted fields that filters and order name."""
        dotted = {name for name in request.GET if "." in name}
        dotted |= {name.strip(" -") for name in (query.sort or "").split(",") if "." in name}
        unknown = set(request.GET) - set(self.Query.model_fields) - {"as_of"} - dotted
        if unknown or (dotted and not self.extend) or len(dotted) > MOST_EXTRA:
            raise Invalid("There is no such parameter.", **dict.fromkeys(unknown | dotted, "Not known here."))
        if not dotted or not self.extend:
            return rows, self.fields
        rows, more = self.extend(request, rows, dotted)
        return rows, self.fields | more

    def _filter(self, request: HttpRequest, query: Any, known: dict[str, Field]) -> Q:
        condition = Q()
        for name in query.model_fields_set - {"limit", "cursor", "sort", "fields", "count", "q"}:
            if (value := getattr(query, name)) is not None:
                condition &= columns.condition(*_meant(name, self.fields), value, request)
        for name in (name for name in request.GET if "." in name):
            field, operator = _meant(name, known)
            value = request.GET[name]
            condition &= columns.condition(field, operator, _read(field, operator, value), request)
        for word in (getattr(query, "q", None) or "").split()[:MOST_WORDS]:
            condition &= Q(*(Q(**{f"{source}__icontains": word}) for source in self.search), _connector=Q.OR)
        return condition

    def _steps(self, sort: str | None, known: dict[str, Field], rows: Any) -> list[keyset.Step]:
        names = [name.strip() for name in sort.split(",")] if sort else list(self.order)
        plain = [name.removeprefix("-") for name in names]
        unknown = [name for name in plain if name not in known or not known[name].is_sortable]
        if unknown or len(names) > MOST_SORTS:
            raise _no_field("sort", unknown)
        steps = [keyset.Step(known[name.removeprefix("-")], name.startswith("-")) for name in names]
        return [*steps, keyset.Step(columns.renamed(ROW_ID, _id_of(rows)))]


def _examples(field: Field) -> list[Any] | None:
    return None if field.example is None else [field.example]


def _id_of(rows: QuerySet) -> str:
    """The name of the row's number; kept versions have a primary key of their own."""
    return "row_id" if issubclass(rows.model, RowVersion) else "pk"


def _meant(name: str, known: dict[str, Field]) -> tuple[Field, str]:
    """The field and the operator of a parameter."""
    if name in known:
        return known[name], ""
    stem, _, operator = name.rpartition("_")
    if stem in known and operator in known[stem].operators:
        return known[stem], operator
    raise Invalid("There is no such parameter.", **{name: "Not known here."})


def _read(field: Field, operator: str, value: str) -> Any:
    if operator == "given" and value not in {"true", "false"}:
        raise Invalid("Answer true or false.", **{field.name: "Answer true or false."})
    return value if operator in {"in", "given"} else columns.read(field, value)


def _no_field(parameter: str, names: Iterable[str]) -> Invalid:
    words = ", ".join(sorted(names))[:200] or "too many"
    return Invalid(f"There is no such field for {parameter}: {words}.", **{parameter: f"Not known: {words}."})


def _address(request: HttpRequest, cursor: str) -> str:
    """The address of the next page: the same question with another beginning."""
    asked = [(name, value) for name, value in request.GET.items() if name != "cursor"]
    return f"{request.path}?{urlencode([*asked, ('cursor', cursor)])}"
