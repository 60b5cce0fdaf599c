/* demo.c - merit demo: a store fresh from init becomes an invented ministry with five years of history. */
#include "command/demo.h"

#include "base/sha256.h"
#include "command/birth.h"
#include "command/demo_users.h"
#include "policy/unfold.h"

#include <errno.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#define USUAL_STAFF 2000
#define USUAL_SEED 1

static const char *staff_text, *seed_text;

/* clang-format off */
static const struct option options[] = {
	{ .name = "staff", .value = &staff_text, .help = "how many people, 100 or more (else 2,000)" },
	{ .name = "seed",  .value = &seed_text,  .help = "a number; the same one gives the same people, key and proofs (else 1)" },
	PLACE_OPTIONS,
	{ .name = NULL },
};
/* clang-format on */

/* ---- a store fresh from init ---- */

static enum err refuse(const char *where)
{
	problem_at(place_found(), NULL, 0, NULL,
		   "%s is not fresh from merit init, and a demo would replace what it holds; make a new store and give "
		   "that",
		   where);
	return E_CONFLICT;
}

/* Fresh from init: nobody but Merit itself has written yet. */
static enum err is_fresh(struct ctx *c, bool *ret)
{
	*ret = !ledger_is_demo(c->ledger);
	for (int64_t seq = 1; *ret && seq <= ledger_head(c->ledger); seq++) {
		struct entry e;
		TRY(entry_get(c->store, seq, &e));
		*ret = e.actor == 0 || e.actor == ACTOR_SYSTEM;
	}
	return E_OK;
}

static enum err look(const char *where, const char *folder, struct arena *a, const char *const **ret_packs)
{
	struct ctx *c CLEANUP(place_close) = NULL;
	const char *const *packs;
	size_t n = 0;
	bool fresh;
	TRY(place_open(where, true, &c));
	TRY(is_fresh(c, &fresh));
	if (!fresh)
		return refuse(where);
	TRY(pack_unfold(c, modules_reader(), folder, &packs));
	while (packs[n])
		n++;
	const char **kept = ARENA_ARRAY(a, const char *, n + 1);
	for (size_t i = 0; i < n; i++)
		kept[i] = arena_copy(a, packs[i]);
	*ret_packs = kept;
	return E_OK;
}

/* ---- the folder into which its rules are written ---- */

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st, (void)kind, (void)at;
	return remove(path);
}

static void remove_folder(const char **folder)
{
	if (*folder)
		nftw(*folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static enum err make_folder(struct arena *a, const char **ret)
{
	const char *tmp = getenv("TMPDIR");
	char *name = arena_printf(a, "%s/merit-demo-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	if (!mkdtemp(name))
		return FAULT("the folder %s cannot be made: %s; free some space, or set TMPDIR", name, strerror(errno));
	*ret = name;
	return E_OK;
}

/* ---- the command ---- */

static enum err read_options(int64_t *ret_staff, int64_t *ret_seed)
{
	*ret_staff = USUAL_STAFF;
	*ret_seed = USUAL_SEED;
	if (staff_text)
		TRY(command_number("--staff", staff_text, ret_staff));
	if (seed_text)
		TRY(command_number("--seed", seed_text, ret_seed));
	if (*ret_staff < DEMO_LEAST || *ret_staff > DEMO_MOST)
		return command_usage("a demo has from %d to %d people; give --staff such a number", DEMO_LEAST,
				     DEMO_MOST);
	return E_OK;
}

static enum err tell(struct ctx *c, void *demo)
{
	TRY(demo_tell(c, demo));
	return demo_enter_users(c);
}

static enum err rebuild(const char *where, struct demo *d, struct arena *a)
{
	const char *folder CLEANUP(remove_folder) = NULL;
	const char *text = arena_printf(a, "merit demo %llu\n", (unsigned long long)d->seed);
	struct hash seed = sha256(text, strlen(text));
	struct birth b = { .where = where, .side = place_side, .replace = true, .tell = tell, .arg = d };
	TRY(make_folder(a, &folder));
	d->folder = folder;
	TRY(look(where, folder, a, &b.packs));
	b.seed = seed.b;
	b.clock = demo_begins();
	return birth_store(&b);
}

static enum err run(const char *const *words, int n)
{
	(void)n;
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct demo d CLEANUP(demo_release) = { 0 };
	struct buf users CLEANUP(buf_release) = BUF_INIT;
	int64_t staff, seed;
	TRY(read_options(&staff, &seed));
	demo_plan(&d, staff, (uint64_t)seed);
	TRY(rebuild(words[0], &d, &a));
	printf("%s is now a demo: an invented ministry, MOF, of %lld people; today is 15 September 2008 there\n",
	       words[0], (long long)staff);
	demo_say_users(&users);
	return command_out(&users);
}

const struct command demo_command = {
	.name = "demo",
	.usage = "demo STORE [--staff N] [--seed S] [--side DIR]",
	.help = "Fills a store fresh from init with an invented ministry and five years of its history.",
	.example = "merit demo try.db --staff 2000",
	.options = options,
	.least = 1,
	.most = 1,
	.run = run,
};
