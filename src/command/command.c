/* command.c - options, words, output and exit status, the same for every subcommand. */
#include "command/command.h"

#include "base/date.h"
#include "base/number.h"
#include "command/place.h"

#include <errno.h>
#include <malloc.h>
#include <signal.h>

static const struct command *running;
static bool usage_said;

void command_say(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	fputs("merit: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
}

enum err command_usage(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	fputs("merit: ", stderr);
	vfprintf(stderr, fmt, ap);
	fprintf(stderr, "\nusage: merit %s\n", running->usage);
	va_end(ap);
	usage_said = true;
	return E_USAGE;
}

static void print_help(const struct command *c)
{
	printf("usage: merit %s\n\n%s\n", c->usage, c->help);
	for (const struct command *const *v = c->verbs; v && *v; v++)
		printf("%s  %-10s %s\n", v == c->verbs ? "\n" : "", (*v)->name, (*v)->help);
	for (const struct option *o = c->options; o && o->name; o++)
		printf("%s  --%-12s %s\n", o == c->options ? "\n" : "", o->name, o->help);
	printf("\nexample:\n  %s\n", c->example);
	if (c->verbs)
		printf("\nmerit %s VERB --help tells more.\n", c->name);
}

static const struct option *find_option(const struct command *c, const char *name, size_t n)
{
	for (const struct option *o = c->options; o && o->name; o++)
		if (strlen(o->name) == n && strncmp(o->name, name, n) == 0)
			return o;
	return NULL;
}

static enum err put_value(const struct option *o, const char *value)
{
	size_t i = 0;
	if (!o->more) {
		*o->value = value;
		return E_OK;
	}
	while (i < COMMAND_WORDS && o->more[i])
		i++;
	if (i == COMMAND_WORDS)
		return command_usage("--%s stands more than %d times; leave some out", o->name, COMMAND_WORDS);
	o->more[i] = value;
	return E_OK;
}

/* Takes argv[*i], which begins with --. */
static enum err take_option(const struct command *c, int argc, char **argv, int *i)
{
	const char *name = argv[*i] + 2, *equal = strchr(name, '=');
	const struct option *o = find_option(c, name, equal ? (size_t)(equal - name) : strlen(name));
	if (!o)
		return command_usage("there is no option %s here; see --help", argv[*i]);
	if (o->flag) {
		*o->flag = true;
		return equal ? command_usage("--%s takes no value; leave it out", o->name) : E_OK;
	}
	if (equal)
		return put_value(o, equal + 1);
	if (*i + 1 >= argc)
		return command_usage("--%s lacks its value; write it after the option", o->name);
	return put_value(o, argv[++*i]);
}

static const struct command *find_verb(const struct command *c, const char *name)
{
	for (const struct command *const *v = c->verbs; v && *v; v++)
		if (text_is((*v)->name, name))
			return *v;
	return NULL;
}

const char *command_option_of(const char *column)
{
	for (const struct option *o = running->options; o && o->name; o++)
		if (text_is(o->column ? o->column : o->name, column))
			return o->name;
	return NULL;
}

/* The words that the usage asks for are those in capitals before its first bracket. */
static enum err too_few(const struct command *c, int n)
{
	struct buf missing CLEANUP(buf_release) = BUF_INIT;
	const char *at = c->usage;
	for (int i = 0; i < c->least; i++) {
		at += strcspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
		size_t length = strcspn(at, " ");
		if (i >= n)
			buf_printf(&missing, "%s%.*s", i > n ? " and " : "", (int)length, at);
		at += length;
	}
	return command_usage("%s %s missing; write the call as below", buf_str(&missing),
			     c->least - n > 1 ? "are" : "is");
}

static enum err run_words(const struct command *c, int argc, char **argv)
{
	const char *words[COMMAND_WORDS] = { NULL };
	int n = 0;
	bool options = true;
	for (int i = 0; i < argc; i++) {
		if (options && (text_is(argv[i], "--help") || text_is(argv[i], "-h"))) {
			print_help(c);
			return E_OK;
		}
		if (options && text_is(argv[i], "--")) {
			options = false;
		} else if (options && strncmp(argv[i], "--", 2) == 0) {
			TRY(take_option(c, argc, argv, &i));
		} else {
			if (n == c->most)
				return command_usage("%s is one word too many; see --help", argv[i]);
			words[n++] = argv[i];
		}
	}
	if (n < c->least)
		return too_few(c, n);
	return c->run(words, n);
}

/* A command of verbs hands over to the one that its first word names. */
static enum err run_verb(const struct command *c, int argc, char **argv)
{
	const struct command *verb = argc ? find_verb(c, argv[0]) : NULL;
	if (verb) {
		running = verb;
		return run_words(verb, argc - 1, argv + 1);
	}
	if (argc && (text_is(argv[0], "--help") || text_is(argv[0], "-h"))) {
		print_help(c);
		return E_OK;
	}
	return argc ? command_usage("there is no merit %s %s; merit %s --help lists what there is", c->name, argv[0],
				    c->name)
		    : command_usage("the verb is missing; merit %s --help lists what there is", c->name);
}

int command_run(const struct command *c, int argc, char **argv)
{
	/* A file that may not grow is told as a full disk is, instead of ending the program. */
	signal(SIGXFSZ, SIG_IGN);
	/* One heap: what one thread gives back the others take, and it grows by more than a page at a time. */
	mallopt(M_ARENA_MAX, 1);
	running = c;
	enum err e = c->verbs ? run_verb(c, argc, argv) : run_words(c, argc, argv);
	place_problems();
	if (e != E_OK && !usage_said && !place_said())
		command_say("%s", fault_text()[0] ? fault_text() : err_words(e));
	if (fflush(stdout) && e == E_OK) {
		command_say("the output could not be written: %s; free some space or mend the pipe", strerror(errno));
		e = E_FAULT;
	}
	return err_exit(e);
}

enum err command_write(void *arg, struct str bytes)
{
	(void)arg;
	if (fwrite(bytes.p, 1, bytes.n, stdout) != bytes.n)
		return FAULT("the output could not be written: %s; free some space or mend the pipe", strerror(errno));
	return E_OK;
}

enum err command_out(const struct buf *b)
{
	return b->n ? command_write(NULL, (struct str){ b->p, b->n }) : E_OK;
}

enum err command_number(const char *what, const char *text, int64_t *ret)
{
	if (number_parse(str_of(text), ret))
		return E_OK;
	return command_usage("%s is not a whole number: %s; write digits only", what, text);
}

enum err command_date(const char *what, const char *text, int32_t *ret)
{
	if (date_parse(str_of(text), ret))
		return E_OK;
	return command_usage("%s is not a day: %s; write it as 2008-10-01", what, text);
}

enum err command_format(const char *text, const char *const *allowed, int *ret)
{
	for (*ret = 0; text && allowed[*ret]; ++*ret)
		if (text_is(text, allowed[*ret]))
			return E_OK;
	if (!text)
		return E_OK;
	return command_usage("%s is no form that this prints; give one of those below", text);
}

enum err command_read(const char *path, struct buf *ret)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return FAULT("%s cannot be read: %s; check the name", path, strerror(errno));
	size_t n;
	do {
		n = fread(buf_more(ret, 65536), 1, 65536, f);
		ret->n += n;
	} while (n);
	bool bad = ferror(f);
	fclose(f);
	buf_str(ret);
	return bad ? FAULT("%s cannot be read: %s; check the disk", path, strerror(errno)) : E_OK;
}
