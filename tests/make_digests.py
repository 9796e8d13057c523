"""Write down which notebooks run by themselves, and which files run them: `uv run python -m tests.make_digests`."""

import hashlib
import json
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE_CONFIG = ROOT / "interview_kit" / "jupyter" / "labconfig" / "page_config.json"
PACKAGE = ROOT / "interview_kit" / "jupyter" / "labextensions" / "interview-kit" / "package.json"


def digest_of(notebook: Path) -> str:
    """Return the digest of a notebook's cells, their kind and their text, as the page works it out."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    text = json.dumps(
        [[cell["cell_type"], "".join(cell["source"])] for cell in cells], ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()


def page_config() -> dict:
    """Return what JupyterLab's page is told, with the digests of the notebooks that are shipped."""
    digests = [digest_of(path) for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
    return json.loads(PAGE_CONFIG.read_text(encoding="utf-8")) | {"interviewKitDigests": digests}


def package() -> dict:
    """Return what JupyterLab is told of the extension, with an address that is new whenever one of its files is."""
    files = sorted((PACKAGE.parent / "static").iterdir())
    digest = hashlib.sha256(b"".join(path.read_bytes().replace(b"\r\n", b"\n") for path in files)).hexdigest()
    told = json.loads(PACKAGE.read_text(encoding="utf-8"))
    told["version"] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    told["jupyterlab"]["_build"]["load"] = f"static/remoteEntry.js?v={digest[:16]}"
    return told


def main() -> None:
    """Write both."""
    for path, told in ((PAGE_CONFIG, page_config()), (PACKAGE, package())):
        path.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
