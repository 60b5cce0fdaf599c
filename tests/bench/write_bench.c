/* write_bench.c - ledgered writes: 32 threads hand one rating each to the group-commit writer, which checks and saves
 * it, derives what follows, adds an entry and signs a checkpoint a group.
 *
 *     write_bench STORE EACH
 *
 * Those who joined before 1990 are given ratings of 2001, 2000 and so on, which STORE must lack. Prints the writes a
 * second. In a small store there are fewer than EACH a thread.
 */
#include "entity/change.h"
#include "entity/read.h"
#include "modules/module.h"
#include "modules/staff/staff.h"
#include "policy/rules.h"
#include "store/writer.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define THREADS 32
#define LAST_YEAR 2001
#define YEARS 12 /* all of them joined before these */

static int64_t *people, tool;
static size_t npeople;
static struct ctx *place;

struct caller {
	struct writer *w;
	size_t first, each;
};

static void ok(enum err e)
{
	if (e != E_OK)
		bug("%s %s", fault_text(), place->problems->count ? place->problems->list[0].what : "");
}

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void find_people(void)
{
	struct query q = { .entity = &person_entity, .extent = HOLDING, .at.day = DATE_NONE };
	int joined_on = entity_field(&person_entity, "joined_on");
	struct record **rows;
	size_t n;
	ok(read_all(place, &q, &rows, &n));
	people = xcalloc(n + 1, sizeof *people);
	for (size_t i = 0; i < n; i++)
		if (record_get(rows[i], joined_on, DATE_MAX) < date_of(1990, 1, 1))
			people[npeople++] = rows[i]->id;
	if (npeople == 0)
		bug("nobody joined before 1990");
}

static enum err save(size_t n)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct record *r = record_new(&a, &rating_entity);
	int64_t position;
	int year = LAST_YEAR - (int)(n / npeople);
	r->owner = people[n % npeople];
	record_int(r, entity_field(&rating_entity, "tool"), tool);
	record_int(r, entity_field(&rating_entity, "year"), year);
	record_int(r, entity_field(&rating_entity, "score"), 9100);
	r->valid_from = date_of(year, 12, 31);
	TRY(change_begin(place, "rating.enter", r->owner));
	TRY(change_save(place, r));
	return change_end(place, &position);
}

static enum err job(struct store *s, void *arg)
{
	(void)s;
	enum err e = save(*(const size_t *)arg);
	if (e != E_OK)
		change_abandon(place);
	return e;
}

static enum err group_begun(struct store *s, void *arg)
{
	(void)s;
	(void)arg;
	return ledger_refresh(place->ledger);
}

static void *call(void *arg)
{
	struct caller *c = arg;
	for (size_t i = 0; i < c->each; i++) {
		size_t n = c->first + i;
		ok(writer_do(c->w, job, &n));
	}
	return NULL;
}

static double rate(size_t each)
{
	if (each > npeople * YEARS / THREADS)
		each = npeople * YEARS / THREADS;
	pthread_t threads[THREADS];
	struct caller callers[THREADS];
	struct writer *w;
	ok(writer_new(place->store, group_begun, NULL, NULL, &w));
	double begun = now();
	for (size_t i = 0; i < THREADS; i++) {
		callers[i] = (struct caller){ w, i * each, each };
		if (pthread_create(&threads[i], NULL, call, &callers[i]) != 0)
			bug("no thread");
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	double took = now() - begun;
	writer_free(w);
	return (double)(THREADS * each) / took;
}

int main(int argc, char **argv)
{
	struct policy *policy;
	if (argc != 3)
		bug("write_bench STORE EACH");
	ok(ctx_open(&(struct ctx_place){ .where = argv[1] }, modules_registry(), true, &place));
	ok(policy_open(place, modules_reader(), 0, &policy));
	place->actor.user = 1;
	find_people();
	tool = place->codes->number(place->codes->arg, "tools", STR("DP3"));
	printf("%.0f\n", rate(strtoul(argv[2], NULL, 10)));
	free(people);
	policy_release(place);
	ctx_close(place);
	return 0;
}
