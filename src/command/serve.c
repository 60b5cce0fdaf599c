/* serve.c - merit serve: the pages, until somebody asks it to stop. */
#include "command/place.h"

#include <malloc.h>
#include <signal.h>

static const char *listen_text, *log_text;
static bool behind_tls;

/* clang-format off */
static const struct option options[] = {
	{ .name = "listen", .value = &listen_text, .help = "ADDRESS:PORT (else 127.0.0.1:8080)" },
	{ .name = "access-log", .value = &log_text, .help = "file for a line a request, with nothing personal (else stderr)" },
	{ .name = "behind-tls", .flag = &behind_tls, .help = "a proxy before it speaks https to browsers" },
	PLACE_OPTIONS,
	{ .name = NULL },
};
/* clang-format on */

static enum err reread(struct ctx *c)
{
	struct policy *policy;
	return policy_open(c, modules_reader(), 0, &policy);
}

/* Every thread that is started later inherits this, so the signal comes to the one that waits for it. */
static void hold_signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGINT);
	pthread_sigmask(SIG_BLOCK, set, NULL);
}

static enum err say_address(const struct server *s)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	buf_printf(&b, "Merit serves %s/\n", server_address(s));
	TRY(command_out(&b));
	return fflush(stdout) == 0 ? E_OK : FAULT("nothing can be written to the standard output");
}

static enum err run(const char *const *words, int n)
{
	(void)n;
	struct ctx *c CLEANUP(place_close) = NULL;
	struct server *s;
	sigset_t set;
	int came;
	/* What a long page took goes back to the machine, also while others hold on to less. */
	mallopt(M_MMAP_THRESHOLD, 256 << 10);
	mallopt(M_TRIM_THRESHOLD, 1 << 20);
	mallopt(M_ARENA_MAX, 4);
	TRY(place_open(words[0], true, &c));
	hold_signals(&set);
	struct server_ask ask = { .site = modules_site(),
				  .c = c,
				  .listen = listen_text ? listen_text : "127.0.0.1:8080",
				  .tls_before = behind_tls,
				  .access_log = log_text,
				  .reread = reread };
	enum err e = server_start(&ask, &s);
	if (e == E_USAGE)
		return command_usage("%s", fault_text());
	TRY(e);
	e = say_address(s);
	if (e == E_OK)
		sigwait(&set, &came);
	server_stop(s);
	return e;
}

const struct command serve_command = {
	.name = "serve",
	.usage = "serve STORE [--listen ADDRESS:PORT] [--access-log FILE] [--behind-tls]",
	.help = "Serves the pages to browsers until it is stopped (Ctrl-C). What runs is finished first.",
	.example = "merit serve staff.db --listen 127.0.0.1:8080",
	.options = options,
	.least = 1,
	.most = 1,
	.run = run,
};
