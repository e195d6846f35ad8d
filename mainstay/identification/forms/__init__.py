"""What a request form asks: questions as data, their answers checked, their JSON schema, their fields on a page."""

from mainstay.identification.forms.answers import Answers, kept_answers
from mainstay.identification.forms.definition import Definition, Question, Section
from mainstay.identification.forms.known import Known
from mainstay.identification.forms.reading import read_definition, tell_definition

__all__ = [
    "Answers",
    "Definition",
    "Known",
    "Question",
    "Section",
    "kept_answers",
    "read_definition",
    "tell_definition",
]
