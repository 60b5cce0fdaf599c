/* openapi.c - merit openapi: the description of what programs may ask. */
#include "command/command.h"
#include "modules/module.h"

static enum err run(const char *const *words, int n)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	(void)words, (void)n;
	api_openapi(modules_registry(), &a, &out);
	buf_char(&out, '\n');
	return command_out(&out);
}

const struct command openapi_command = {
	.name = "openapi",
	.usage = "openapi",
	.help = "Prints what programs may ask of merit serve, as OpenAPI 3.1.",
	.example = "merit openapi > merit.json",
	.run = run,
};
