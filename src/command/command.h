/* command.h - a subcommand is a row: its words, its options and what it does. */
#ifndef MERIT_COMMAND_COMMAND_H
#define MERIT_COMMAND_COMMAND_H

#include "base/buf.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

#define COMMAND_WORDS 8 /* most words beside the options */

/* An option: `--name VALUE` when value is set, `--name` alone when flag is. An option with `more` may stand up to
 * COMMAND_WORDS times. */
struct option {
	const char *name;
	const char **value;
	bool *flag;
	const char **more; /* COMMAND_WORDS of them, filled in order */
	const char *help;
	const char *column; /* what the record calls it, where that is another word */
};

struct command {
	const char *name;
	const char *usage; /* after "merit " */
	const char *help;
	const char *example;
	const struct option *options;       /* ended by a row without name; NULL: none */
	const struct command *const *verbs; /* NULL-terminated: the first word names one of these instead */
	int least, most;                    /* words beside the options */
	enum err (*run)(const char *const *words, int n);
};

/* Reads the options and words, runs it, prints problems and faults to stderr; the exit status. */
int command_run(const struct command *c, int argc, char **argv);
/* Says on stderr what is wrong with the call and how it goes; E_USAGE. */
enum err command_usage(const char *fmt, ...) PRINTF(1, 2);
/* The option of the running command that fills this column of a record; NULL: none. */
const char *command_option_of(const char *column);
/* A plain message on stderr. */
void command_say(const char *fmt, ...) PRINTF(1, 2);
/* Writes to stdout; E_FAULT when the other end is gone or the disk is full. */
MUST_CHECK enum err command_out(const struct buf *b);
MUST_CHECK enum err command_write(void *arg, struct str bytes); /* for export_entity and round_proof */
/* A whole number or a date given as an option. */
MUST_CHECK enum err command_number(const char *what, const char *text, int64_t *ret);
MUST_CHECK enum err command_date(const char *what, const char *text, int32_t *ret);
MUST_CHECK enum err command_format(const char *text, const char *const *allowed, int *ret); /* NULL: 0 */
/* A whole file, NUL after it, freed with buf_release. */
MUST_CHECK enum err command_read(const char *path, struct buf *ret);

extern const struct command init_command, demo_command, import_command, export_command, show_command, round_command,
	due_command, seniority_command, verify_command, proof_command, pack_command, describe_command, openapi_command,
	rebuild_command, serve_command, user_command;

#endif
