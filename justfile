# An index of names; each line is also what to type without `just`.

# The sample organisation in a browser
demo *words:
    bin/mainstay demo {{words}}

# The tests on every database and browser this machine has
test *words:
    bin/mainstay test {{words}}

# Everything that must hold before a change goes in
check:
    bash .ci/run

# Floors, style, types: the quick part of the checks
lint:
    uv run ruff format --check
    uv run ruff check
    uv run lint-imports
    uv run mypy

# Rewrite files as the style asks
format:
    uv run ruff format
    uv run ruff check --fix
    git ls-files -z 'mainstay/*.html' | xargs -0 uv run djhtml --tabwidth 2 --extra-block partialdef,endpartialdef

# The description of the API, after a change of its routes
openapi:
    uv run mainstay openapi --output docs/api/openapi.json

# New migrations for changed models
migrations:
    uv run mainstay manage makemigrations

# The versions everybody uses, after a change of dependencies: chosen anew, with their hashes, and as bounds for uv
lock:
    sed -i '/^constraint-dependencies/,/^]/{/^ /d}' pyproject.toml
    uv lock --quiet --upgrade
    uv export --quiet --no-emit-project --no-annotate --no-header --format requirements.txt --output-file requirements.lock
    sed -nE 's/^([A-Za-z0-9._-]+==[^ ;]+).*/    "\1",/p' requirements.lock | sed -i '/^constraint-dependencies/r /dev/stdin' pyproject.toml
