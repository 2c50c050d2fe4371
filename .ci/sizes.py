"""Gate: files and functions stay short enough to be read (STYLE §3.3). Prints each one that does not, and fails.

A file or function may be longer where a line says why: `# long: reason`, in the first ten lines of the file or on the
line of the `def`.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("core", "papers", "orchestrator", "transcription", "minutes", "web", "deploy", "benchmarks", "tests")
EXCUSE = "# long: "
#: Lines of a file, lines of a function without its docstring; tests tell longer stories.
SOURCE_LIMITS = (300, 40)
TEST_LIMITS = (450, 60)


def complaints(path: Path) -> Iterator[str]:
    """One line for everything in this file that is too long."""
    name = path.relative_to(ROOT)
    file_limit, function_limit = TEST_LIMITS if name.parts[0] == "tests" else SOURCE_LIMITS
    text = path.read_text()
    lines = text.splitlines()
    if len(lines) > file_limit and not any(EXCUSE in line for line in lines[:10]):
        yield f"{name}: {len(lines)} lines, at most {file_limit}"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = _length(node)
            if length > function_limit and EXCUSE not in lines[node.lineno - 1]:
                yield f"{name}:{node.lineno}: {node.name} has {length} lines, at most {function_limit}"


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    docstring = ast.get_docstring(node) is not None
    return (
        (node.end_lineno or node.lineno)
        - node.lineno
        + 1
        - ((first.end_lineno or first.lineno) - first.lineno + 1 if docstring else 0)
    )


def main() -> int:
    """Look at every Python file of the house."""
    files = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    found = [line for path in files for line in complaints(path)]
    for line in found:
        print(line)
    print(f"{len(files)} files, {len(found)} too long")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
