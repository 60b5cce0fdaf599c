/* main.c - the table of subcommands and nothing else. */
#include "command/command.h"

static const struct command *const commands[] = {
	&init_command,    &demo_command,  &serve_command,    &import_command,    &export_command,
	&show_command,    &round_command, &due_command,      &seniority_command, &verify_command,
	&proof_command,   &pack_command,  &describe_command, &openapi_command,   &user_command,
	&rebuild_command, NULL,
};

static int help(FILE *to)
{
	fputs("merit manages the people of a civil service, and proves that it did so on merit.\n\n", to);
	for (const struct command *const *c = commands; *c; c++)
		fprintf(to, "  %-14s%s\n", (*c)->name, (*c)->help);
	fputs("\nmerit COMMAND --help tells more, with an example.\n", to);
	return to == stdout ? 0 : 2;
}

int main(int argc, char **argv)
{
	static char flag[] = "--help";
	if (argc < 2)
		return help(stderr);
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || (argc == 2 && strcmp(argv[1], "help") == 0))
		return help(stdout);
	for (const struct command *const *c = commands; *c; c++)
		if (strcmp((*c)->name, argv[1]) == 0)
			return command_run(*c, argc - 2, argv + 2);
		else if (argc > 2 && strcmp(argv[1], "help") == 0 && strcmp((*c)->name, argv[2]) == 0)
			return command_run(*c, 1, (char *[]){ flag });
	fprintf(stderr, "merit: there is no command %s; merit help lists them\n",
		argv[argc > 2 && strcmp(argv[1], "help") == 0 ? 2 : 1]);
	return 2;
}
