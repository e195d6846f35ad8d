"""What the core does after others acted: people are told of the roles they got or lost."""

from mainstay.core.models import Event, Notice, Person
from mainstay.core.operation import on
from mainstay.core.roles import Role
from mainstay.core.verbs import Verb


def tell(people: list[Person], text: str, url: str, event: Event | None = None) -> None:
    """Leave a notice for each of the people."""
    Notice.objects.bulk_create([Notice(person=person, event=event, text=text[:300], url=url) for person in people])


def _tell_of_grant(event: Event, words: str) -> None:
    told = next((one for one in event.changes if one["noun"] == "grant"), None)
    if told is None:
        return
    fields = told["fields"]
    person_id = next((value for value in fields.get("person_id", []) if value), None)
    role = next((value for value in fields.get("role", []) if value), "")
    person = Person.objects.filter(pk=person_id).first()
    if person is not None and person_id != event.person_id:
        tell([person], f"{event.who} {words} {Role(role).label}.", "/profile/", event)


@on(Verb.GRANT_GIVE)
def tell_of_given_grant(event: Event) -> None:
    _tell_of_grant(event, "gave you the role")


@on(Verb.GRANT_WITHDRAW)
def tell_of_withdrawn_grant(event: Event) -> None:
    _tell_of_grant(event, "withdrew your role")
