"""Changes of authorised work: asked for with their effect, decided by delegation, kept beside what was promised."""
