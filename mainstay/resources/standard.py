"""The usual roles, skills and demand templates an organisation may begin with."""

from mainstay.core.system import MAINSTAY
from mainstay.engine.basics import Curve
from mainstay.resources.models import DemandTemplate, Role, Skill
from mainstay.resources.operations.demand_templates import add_demand_template
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

TEMPLATES = (
    (
        "system", "New system", "Software that is bought or built, and the people who will use it.",
        (
            ("project-manager", 12, Curve.FLAT), ("business-analyst", 18, Curve.FRONT),
            ("software-developer", 40, Curve.BELL), ("data-engineer", 18, Curve.BELL),
            ("change-manager", 12, Curve.BACK),
        ),
    ),
    (
        "works", "Construction works", "Something is designed, bought and built outside.",
        (
            ("project-manager", 10, Curve.FLAT), ("civil-engineer", 30, Curve.FRONT),
            ("electrical-engineer", 15, Curve.BELL), ("site-manager", 30, Curve.BACK),
            ("buyer", 10, Curve.FRONT), ("ecologist", 5, Curve.FRONT),
        ),
    ),
    (
        "study", "Study", "A question is answered on paper.",
        (
            ("project-manager", 20, Curve.FLAT), ("business-analyst", 50, Curve.BELL),
            ("process-engineer", 30, Curve.BELL),
        ),
    ),
)  # fmt: skip


def set_up() -> None:
    """Add those that are not there yet."""
    known = {model: set(model.objects.values_list("key", flat=True)) for model in (Role, Skill)}
    for model, add, words in ((Role, add_role, ROLES), (Skill, add_skill, SKILLS)):
        for key, name, description in words:
            if key not in known[model]:
                add(None, actor=MAINSTAY, key=key, name=name, description=description)
    templates = set(DemandTemplate.objects.values_list("key", flat=True))
    for key, name, description, shares in TEMPLATES:
        if key not in templates:
            lines = [{"role": role, "share": share, "curve": curve.value} for role, share, curve in shares]
            add_demand_template(None, actor=MAINSTAY, key=key, name=name, description=description, shares=lines)
