"""The usual roles and skills an organisation may begin with."""

from mainstay.core.system import MAINSTAY
from mainstay.resources.models import Role, Skill
from mainstay.resources.operations.vocabulary import add_role, add_skill

ROLES = (
    ("project-manager", "Project manager", "Leads a project day by day."),
    ("business-analyst", "Business analyst", "Finds out what is needed and writes it down."),
    ("civil-engineer", "Civil engineer", "Designs structures, pipes and ground works."),
    ("electrical-engineer", "Electrical engineer", "Designs networks, protection and control."),
    ("process-engineer", "Process engineer", "Designs what happens in works and plants."),
    ("site-manager", "Site manager", "Runs a construction site safely."),
    ("field-technician", "Field technician", "Installs, repairs and commissions on site."),
    ("data-engineer", "Data engineer", "Brings data together and keeps it right."),
    ("software-developer", "Software developer", "Writes and tests software."),
    ("change-manager", "Change manager", "Prepares people for a new way of working."),
    ("buyer", "Buyer", "Runs tenders and contracts."),
    ("ecologist", "Ecologist", "Looks after rivers, land and permits."),
)
SKILLS = (
    ("hydraulic-modelling", "Hydraulic modelling", "Models of pipes, sewers and rivers."),
    ("power-systems", "Power system studies", "Load flow, faults and protection."),
    ("gis", "Geographic information", "Maps and the data behind them."),
    ("machine-learning", "Machine learning", "Models that learn from data."),
    ("cyber-security", "Cyber security", "Safe control and office systems."),
    ("contract-law", "Contract law", "Works and service contracts."),
)


def set_up() -> None:
    """Add those that are not there yet."""
    known = {model: set(model.objects.values_list("key", flat=True)) for model in (Role, Skill)}
    for model, add, words in ((Role, add_role, ROLES), (Skill, add_skill, SKILLS)):
        for key, name, description in words:
            if key not in known[model]:
                add(None, actor=MAINSTAY, key=key, name=name, description=description)
