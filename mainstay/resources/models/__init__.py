"""The nouns of resources."""

from mainstay.resources.models.skill import Role, Skill

__all__ = ["Role", "Skill"]
