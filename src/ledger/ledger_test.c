/* The life of a ledger, its checkpoints and what stands beside the store; on both databases. */
#include "ledger/testing.h"

#include "ledger/inside.h"
#include "ledger/tables.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static void a_new_ledger_proves_what_it_is(void **state)
{
	struct spot *p = *state;
	struct ledger *l CLEANUP(ledger_close_p) = born(p, &demo);
	struct stat st;
	struct entry e;
	assert_int_equal(ledger_head(l), 1);
	assert_true(ledger_is_demo(l));
	assert_string_equal(ledger_origin(l), "example.org/demo");
	assert_string_equal(ledger_zone(l), "Asia/Jakarta");
	OK(entry_get(p->s, 1, &e));
	assert_string_equal(e.action, "store.create");
	assert_int_equal(e.n, 1);
	assert_int_equal(e.at, 1000000);
	assert_int_equal(entry_get(p->s, 2, &e), E_MISSING);
	assert_int_equal(stat(side_of(p, ""), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(stat(side_of(p, "key"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(notes_in(p), 1);
	struct verifier v;
	struct checkpoint c;
	OK(verifier_parse(str_of(ledger_key(l)), &v));
	OK(note_open(str_of(ledger_note(l)), &v, &c));
	assert_int_equal(c.size, 1);
}

static void a_seed_gives_the_same_ledger(void **state)
{
	struct spot *p = *state;
	struct spot q;
	unsigned char salts[2][300 * SALT_SIZE];
	spot_make(&q, p->postgres);
	spot_create(&q);
	struct ledger *a = born(p, &demo), *b = born(&q, &demo);
	ledger_salts(a, salts[0], 300);
	for (size_t i = 0; i < 300; i++)
		ledger_salt(b, salts[1] + i * SALT_SIZE);
	assert_memory_equal(salts[0], salts[1], sizeof salts[0]);
	assert_memory_not_equal(salts[0], salts[0] + SALT_SIZE, SALT_SIZE);
	put_alone(a, 300);
	put_alone(b, 300);
	assert_string_equal(ledger_note(a), ledger_note(b));
	ledger_close(a);
	ledger_close(b);
	spot_remove(&q);
}

static void without_a_seed_nothing_is_the_same(void **state)
{
	struct spot *p = *state;
	struct spot q;
	unsigned char salt[2][SALT_SIZE];
	spot_make(&q, p->postgres);
	spot_create(&q);
	struct ledger *a = born(p, &(struct ledger_birth){ 0 }), *b = born(&q, &(struct ledger_birth){ 0 });
	ledger_salt(a, salt[0]);
	ledger_salt(b, salt[1]);
	assert_memory_not_equal(salt[0], salt[1], SALT_SIZE);
	assert_string_not_equal(ledger_origin(a), ledger_origin(b));
	assert_int_equal(strncmp(ledger_origin(a), "merit/", 6), 0);
	assert_int_equal(strlen(ledger_origin(a)), 6 + 32);
	assert_string_equal(ledger_zone(a), "UTC");
	ledger_close(a);
	ledger_close(b);
	spot_remove(&q);
}

static void two_who_write_in_turn(void **state)
{
	struct spot *p = *state;
	struct ledger *a CLEANUP(ledger_close_p) = born(p, &demo), *b CLEANUP(ledger_close_p) = NULL;
	struct store *again CLEANUP(store_close_p) = NULL;
	OK(store_again(p->s, STORE_WRITE, &again));
	OK(ledger_open(again, side_of(p, ""), true, &b));
	for (int i = 0; i < 300; i++)
		put_alone(i % 3 == 0 ? a : b, 1);
	OK(ledger_refresh(a));
	OK(ledger_refresh(b));
	assert_int_equal(ledger_head(a), 301);
	assert_string_equal(ledger_note(a), ledger_note(b));
	ledger_close(b);
	b = NULL;
}

static void a_birth_given_up_leaves_no_key(void **state)
{
	struct spot *p = *state;
	struct ledger *l;
	struct txn t;
	OK(txn_write(p->s, &t));
	OK(ledger_create(p->s, side_of(p, ""), &demo, &l));
	txn_end(&t);
	ledger_close(l);
	assert_int_equal(access(side_of(p, ""), F_OK), -1);
}

static void a_key_is_never_written_over(void **state)
{
	struct spot *p = *state;
	struct spot q;
	struct ledger *l CLEANUP(ledger_close_p) UNUSED = born(p, &demo), *other;
	struct txn t;
	spot_make(&q, p->postgres);
	spot_create(&q);
	OK(txn_write(q.s, &t));
	assert_int_equal(ledger_create(q.s, side_of(p, ""), &demo, &other), E_CONFLICT);
	assert_true(spot_said("already exists"));
	txn_end(&t);
	assert_int_equal(access(side_of(p, "key"), F_OK), 0);
	assert_int_equal(access(side_of(p, "checkpoints"), F_OK), 0);
	spot_remove(&q);
}

static void a_key_elsewhere_is_linked(void **state)
{
	struct spot *p = *state;
	char path[128];
	struct stat st;
	snprintf(path, sizeof path, "%s/elsewhere", p->folder);
	struct ledger_birth birth = { .key_path = path };
	struct ledger *l CLEANUP(ledger_close_p) = born(p, &birth);
	assert_int_equal(lstat(side_of(p, "key"), &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	ledger_close(l);
	l = NULL;
	OK(ledger_open(p->s, side_of(p, ""), true, &l));
	put_alone(l, 1);
}

static void names_and_zones_that_cannot_be(void **state)
{
	struct spot *p = *state;
	struct ledger *l;
	struct txn t;
	OK(txn_write(p->s, &t));
	assert_int_equal(ledger_create(p->s, side_of(p, ""), &(struct ledger_birth){ .origin = "a b" }, &l), E_INVALID);
	assert_true(spot_said("origin"));
	assert_int_equal(ledger_create(p->s, side_of(p, ""), &(struct ledger_birth){ .zone = "Mars/North" }, &l),
			 E_INVALID);
	assert_true(spot_said("time zone"));
	txn_end(&t);
	assert_int_equal(access(side_of(p, ""), F_OK), -1);
}

static void without_the_key_one_can_read(void **state)
{
	struct spot *p = *state;
	struct ledger *l CLEANUP(ledger_close_p) = born(p, &demo);
	put_alone(l, 1);
	struct hash root = ledger_checkpoint(l).root;
	ledger_close(l);
	l = NULL;
	assert_int_equal(unlink(side_of(p, "key")), 0);
	assert_int_equal(ledger_open(p->s, side_of(p, ""), true, &l), E_DENIED);
	assert_true(spot_said("key is not there"));
	OK(ledger_open(p->s, side_of(p, ""), false, &l));
	assert_int_equal(ledger_head(l), 2);
	assert_int_equal(ledger_committed(l), 2);
	struct checkpoint c = ledger_checkpoint(l);
	assert_int_equal(c.size, 2);
	assert_true(hash_eq(&c.root, &root));
}

/* Who only reads goes by the size; a note that nobody signed says nothing. */
static void a_reader_believes_no_unsound_note(void **state)
{
	struct spot *p = *state;
	struct ledger *l CLEANUP(ledger_close_p) = born(p, &demo);
	struct hash none = merkle_empty();
	put_alone(l, 1);
	ledger_close(l);
	l = NULL;
	OK(store_exec(p->s, "UPDATE head SET note = replace(note, 'demo', 'omed')"));
	OK(ledger_open(p->s, side_of(p, ""), false, &l));
	assert_int_equal(ledger_head(l), 2);
	struct checkpoint c = ledger_checkpoint(l);
	assert_int_equal(c.size, 2);
	assert_true(hash_eq(&c.root, &none));
}

static void a_note_that_a_crash_left_out_is_appended(void **state)
{
	struct spot *p = *state;
	struct ledger *l CLEANUP(ledger_close_p) = born(p, &demo);
	char kept[4096];
	FILE *f = fopen(side_of(p, "checkpoints"), "r");
	size_t n = fread(kept, 1, sizeof kept, f);
	fclose(f);
	put_alone(l, 1);
	ledger_close(l);
	l = NULL;
	write_file(side_of(p, "checkpoints"), kept, n);
	OK(ledger_open(p->s, side_of(p, ""), true, &l));
	assert_int_equal(notes_in(p), 2);
	ledger_close(l);
	l = NULL;
	/* Half a note is cut off first. */
	memcpy(kept + n, kept, 40);
	write_file(side_of(p, "checkpoints"), kept, n + 40);
	OK(ledger_open(p->s, side_of(p, ""), true, &l));
	assert_int_equal(notes_in(p), 2);
	f = fopen(side_of(p, "checkpoints"), "r");
	memset(kept, 0, sizeof kept);
	assert_true(fread(kept, 1, sizeof kept - 1, f) > n);
	fclose(f);
	assert_memory_equal(kept + n, ledger_note(l), strlen(ledger_note(l)));
}

/* What was committed stands though its note could not be kept; but nothing more is committed until it is. */
static void a_note_that_is_owed_holds_up_the_next_commit(void **state)
{
	struct spot *p = *state;
	struct ledger *l CLEANUP(ledger_close_p) = born(p, &demo);
	struct txn t;
	int good = l->checkpoints;
	l->checkpoints = open(side_of(p, "key.pub"), O_RDONLY);
	assert_int_equal(put_alone(l, 1), 2);
	assert_int_equal(notes_in(p), 1);
	OK(ledger_refresh(l));
	OK(txn_write(p->s, &t));
	put(l, "held up", 1);
	assert_int_equal(txn_commit(&t), E_FAULT);
	assert_true(spot_said("checkpoint file cannot be written"));
	assert_int_equal(ledger_head(l), 2);
	close(l->checkpoints);
	l->checkpoints = good;
	assert_int_equal(put_alone(l, 1), 3);
	assert_int_equal(notes_in(p), 3);
}

static void an_older_copy_is_not_written_to(void **state)
{
	struct spot *p = *state;
	struct ledger *l CLEANUP(ledger_close_p) = born(p, &demo);
	char note[2048];
	put_alone(l, 1);
	snprintf(note, sizeof note, "%s\n", ledger_note(l));
	ledger_close(l);
	l = NULL;
	/* The head of before, as an older file has it. */
	struct spot q;
	spot_make(&q, p->postgres);
	spot_create(&q);
	l = born(&q, &demo);
	ledger_close(l);
	l = NULL;
	write_file(side_of(&q, "checkpoints"), note, strlen(note));
	assert_int_equal(ledger_open(q.s, side_of(&q, ""), true, &l), E_CONFLICT);
	assert_true(spot_said("older copy"));
	spot_remove(&q);
}

static void a_damaged_head_is_not_built_on(void **state)
{
	struct spot *p = *state;
	static const char *const harm[] = {
		"UPDATE head SET size = 2",
		"UPDATE head SET frontier = NULL",
		"UPDATE head SET note = 'x'",
		"DELETE FROM log_tile",
	};
	struct ledger *l CLEANUP(ledger_close_p) = born(p, &demo);
	for (int i = 0; i < 2; i++)
		put_alone(l, 1);
	ledger_close(l);
	l = NULL;
	for (size_t i = 0; i < COUNT(harm); i++) {
		struct txn t;
		OK(txn_write(p->s, &t));
		if (store_exec(p->s, harm[i]) == E_OK) {
			assert_int_equal(ledger_open(p->s, side_of(p, ""), true, &l), E_FAULT);
			assert_true(spot_said("merit verify"));
		}
		txn_end(&t);
	}
	OK(ledger_open(p->s, side_of(p, ""), true, &l));
	put_alone(l, 1);
}

static void a_store_without_a_ledger(void **state)
{
	struct spot *p = *state;
	struct ledger *l;
	for (size_t i = 0; ledger_tables[i] != NULL; i++)
		OK(table_migrate(p->s, &ledger_tables[i]->table));
	assert_int_equal(ledger_open(p->s, side_of(p, ""), true, &l), E_MISSING);
}

int ledger_test(void);
int ledger_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(a_new_ledger_proves_what_it_is),
		SPOT_CASE(a_seed_gives_the_same_ledger),
		SPOT_CASE(without_a_seed_nothing_is_the_same),
		SPOT_CASE(two_who_write_in_turn),
		SPOT_CASE(a_birth_given_up_leaves_no_key),
		SPOT_CASE(a_key_is_never_written_over),
		SPOT_CASE(a_reader_believes_no_unsound_note),
		SPOT_CASE(a_key_elsewhere_is_linked),
		SPOT_CASE(names_and_zones_that_cannot_be),
		SPOT_CASE(without_the_key_one_can_read),
		SPOT_CASE(a_note_that_a_crash_left_out_is_appended),
		SPOT_CASE(an_older_copy_is_not_written_to),
		SPOT_CASE(a_damaged_head_is_not_built_on),
		SPOT_CASE(a_store_without_a_ledger),
		SPOT_CASE(a_note_that_is_owed_holds_up_the_next_commit),
	};
	return spot_run("ledger", cases, COUNT(cases));
}
