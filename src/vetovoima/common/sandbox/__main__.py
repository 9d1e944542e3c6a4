"""The child: sets its own limits first, then imports what the job needs, then opens the file."""

from __future__ import annotations

import importlib
import json
import sys

#: job → its module (with `run_in_child(*arguments)`, whose answer is printed as JSON), memory, largest output
JOBS: dict[str, tuple[str, int, int]] = {
    "image": ("vetovoima.common.sandbox.images", 1024 << 20, 50_000_000),
    "table": ("vetovoima.common.sandbox.tables", 512 << 20, 400_000_000),
    # measured: the libraries take 220 MiB of addresses, 20,000 shapes 150 MiB more
    "shapes": ("vetovoima.common.sandbox.shapes", 512 << 20, 100_000_000),
    # no file of anybody's: a document to set, bounded because people's texts can be long
    "pdf": ("vetovoima.common.pdf.child", 1024 << 20, 50_000_000),
}
CPU_SECONDS = 20


def limit(memory: int, output: int) -> None:
    """This will bound the process: processor seconds, memory and the size of any file it writes."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    if sys.platform.startswith("linux"):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(job: str, *arguments: str) -> None:
    """This will do one job within its limits and print its answer."""
    module, memory, output = JOBS[job]
    limit(memory, output)
    answer = importlib.import_module(module).run_in_child(*arguments)
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
