import json
import subprocess

import pytest

from mainstay import frontend_build


@pytest.fixture
def workshop(tmp_path, monkeypatch):
    """A front end of two files whose build writes a manifest, and the list of tools that were called."""
    source, output = tmp_path / "frontend", tmp_path / "static" / "mainstay"
    (source / "src").mkdir(parents=True)
    (source / "node_modules").mkdir()
    output.parent.mkdir()
    (source / "src" / "main.ts").write_text("one")
    (source / "package-lock.json").write_text("{}")
    monkeypatch.setattr(frontend_build, "SOURCE", source)
    monkeypatch.setattr(frontend_build, "OUTPUT", output)
    calls = []

    def run(tool, *arguments, out=None):
        calls.append(tool)
        if out:
            (out / ".vite").mkdir(parents=True)
            text = (source / "src" / "main.ts").read_text()
            (out / ".vite" / "manifest.json").write_text(json.dumps({"src/main.ts": {"file": text}}))

    monkeypatch.setattr(frontend_build, "_run", run)
    return source, output, calls


def built(output):
    return json.loads((output / ".vite" / "manifest.json").read_text())["src/main.ts"]["file"]


def test_the_first_build_fetches_packages_and_builds(workshop, capsys):
    _, output, calls = workshop
    assert frontend_build.build() is True
    assert calls == ["npm", "npx"]
    assert built(output) == "one"
    assert capsys.readouterr().out == "Front end built into static/mainstay.\n"


def test_the_second_build_does_nothing(workshop, capsys):
    _, _, calls = workshop
    frontend_build.build()
    calls.clear()
    capsys.readouterr()
    assert frontend_build.build() is False
    assert calls == []
    assert capsys.readouterr().out == "Front end is up to date.\n"


def test_a_changed_source_is_built_again_without_fetching(workshop):
    source, output, calls = workshop
    frontend_build.build()
    calls.clear()
    (source / "src" / "main.ts").write_text("two")
    assert frontend_build.build() is True
    assert calls == ["npx"]
    assert built(output) == "two"


def test_a_changed_lock_file_fetches_again(workshop):
    source, _, calls = workshop
    frontend_build.build()
    calls.clear()
    (source / "package-lock.json").write_text('{"packages": {}}')
    frontend_build.build()
    assert calls == ["npm", "npx"]


def test_what_is_absent_or_forced_is_built(workshop):
    _, output, calls = workshop
    frontend_build.build()
    (output / ".vite" / "manifest.json").unlink()
    assert frontend_build.build() is True
    calls.clear()
    assert frontend_build.build(force=True) is True
    assert calls == ["npx"]


def test_a_failed_build_leaves_the_old_one_in_place(workshop, monkeypatch):
    source, output, _ = workshop
    frontend_build.build()

    def fail(tool, *arguments, out=None):
        raise frontend_build.BuildFailed("no")

    monkeypatch.setattr(frontend_build, "_run", fail)
    (source / "src" / "main.ts").write_text("two")
    with pytest.raises(frontend_build.BuildFailed):
        frontend_build.build()
    assert built(output) == "one"


def test_a_failure_is_told_in_one_line_that_names_the_error(monkeypatch):
    finished = subprocess.CompletedProcess([], 1, "", "npm notice\nnpm error code EUSAGE\nnpm error more\n")
    monkeypatch.setattr(frontend_build.subprocess, "run", lambda *_, **__: finished)
    monkeypatch.setattr(frontend_build, "_executable", lambda tool: tool)
    with pytest.raises(frontend_build.BuildFailed) as caught:
        frontend_build._run("npm", "ci")
    assert str(caught.value) == "The front end could not be built: npm said: npm error code EUSAGE"
