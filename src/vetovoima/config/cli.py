"""The command line `vetovoima`: each command is a management command of the same name."""

from __future__ import annotations

import os
import sys

COMMANDS = {
    "demo": "start the demonstration: real facts, labelled examples, web server and worker",
    "serve": "start the web server",
    "worker": "start the worker that sends mail and deliveries",
    "init": "prepare the database",
    "load-region": "load or refresh the region's data pack",
    "load-demo": "load the labelled examples and the demonstration's sign-ins",
    "import": "take a table or a map file into the offer, the register or the indicators",
    "export": "write the offer as xlsx, csv, json or geojson",
    "harvest": "read municipalities' own sources now",
    "statistics": "read statistics and municipal boundaries now",
    "invite": "invite a person",
    "people": "list people and their roles, end a role, close an account",
    "rounds": "list the collection rounds and how they are answered",
    "remind": "open and close collection rounds and send their reminders now",
    "follow": "list, follow and read other regions' sources",
    "apikey": "make, list and revoke API keys",
    "webhook": "make, list, test and replay webhooks",
    "channel": "list, register and visit the pages that show the offer",
    "audit": "check the portal against its checklist now",
    "check": "check the installation",
}
USAGE_ERROR = 2


def _usage() -> str:
    width = max(map(len, COMMANDS))
    lines = "\n".join(f"  {name:<{width}}  {text}" for name, text in COMMANDS.items())
    return f"vetovoima: the operating system of a region's investment promotion\n\n{lines}\n\nvetovoima COMMAND --help tells more."


def main() -> None:
    """This will run one command; exit code 2 for a command that does not exist, 1 for one that failed."""
    arguments = sys.argv[1:]
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(_usage())
        return
    name = arguments[0]
    os.environ.setdefault(
        "DJANGO_SETTINGS_MODULE",
        "vetovoima.config.settings.production"
        if os.environ.get("VETOVOIMA_SECRET_KEY")
        else "vetovoima.config.settings.demo",
    )
    import django
    from django.core.management import execute_from_command_line, get_commands

    django.setup()
    command = name.replace("-", "_")
    if command not in get_commands():
        print(f"vetovoima: there is no command {name}\n\n{_usage()}", file=sys.stderr)
        sys.exit(USAGE_ERROR)
    execute_from_command_line(["vetovoima", command, *arguments[1:]])


if __name__ == "__main__":
    main()
