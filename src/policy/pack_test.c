#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "policy/pack_test.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- declarations ---- */
/* clang-format off */
static const struct pack_column grade_columns[] = {
	{ "code",          P_TEXT, .required = true, .key = true },
	{ "order",         P_INT,  .required = true },
	{ "title",         P_TEXT, .of = NULL },
	{ "min_schooling", P_CODE, .of = "schooling" },
};
static const struct pack_column schooling_columns[] = {
	{ "code",  P_TEXT, .required = true, .key = true },
	{ "order", P_INT,  .required = true },
};
static const struct pack_column scale_columns[] = {
	{ "grade",  P_CODE,    "grades", .required = true, .key = true },
	{ "years",  P_INT,     .required = true, .key = true },
	{ "amount", P_MONEY,   .required = true },
	{ "share",  P_PERCENT, .of = NULL },
	{ "day",    P_MONTH_DAY, .of = NULL },
	{ "since",  P_DATE,    .of = NULL },
	{ "paid",   P_BOOL,    .of = NULL },
	{ "with",   P_CODES,   .of = "schooling" },
};
#define TABLE(columns) columns, (int)COUNT(columns)
static const struct pack_table grades = { "grades", "Grades", TABLE(grade_columns), .codes = true };
static const struct pack_table schooling = { "schooling", "Schooling", TABLE(schooling_columns), .codes = true };
static const struct pack_table scale = { "scale", "Pay scale", TABLE(scale_columns), .optional = true };
static const struct pack_table *const tables[] = { &grades, &schooling, &scale, NULL };

static const struct pack_parameter parameters[] = {
	{ "retirement.age",  P_INT,       NULL,        "Age of retirement" },
	{ "season.opens",    P_MONTH_DAY, NULL,        "First day of the season" },
	{ "pass.mark",       P_PERCENT,   NULL,        "Pass mark" },
	{ "order.by",        P_CODES,     NULL,        "Order of the list" },
	{ "order.schooling", P_CODES,     "schooling", "Schooling that counts" },
	{ .name = NULL },
};
static const struct pack_parameter *const parameter_lists[] = { parameters, NULL };

static const struct judge_param judge_params[] = {
	{ "years",   P_INT,     true },
	{ "minimum", P_PERCENT, false },
	{ "kinds",   P_CODES,   false },
	{ "table",   P_TABLE,   false },
};
static const char *const judge_inputs[] = { "grade_from", "grade", "score", "acting", "count", NULL };
static const struct judge_reason judge_reasons[] = {
	{ "time in grade {value} of {need}, complete on {complete_on}", "{value} of {need} by {period}", "too early" },
	{ "in grade since {grade_from}, {grade}, {score}, acting {acting}, number {count}, years {years}, minimum {minimum}, kinds {kinds}, {own}, {nobody}",
	  NULL, NULL },
};
/* clang-format on */

static bool judge_word(const struct judge_block *b, size_t i, const char *name, const struct codebook *codes,
		       struct buf *out)
{
	(void)b, (void)i, (void)codes;
	if (!text_is(name, "own"))
		return false;
	buf_text(out, "the judge's own word");
	return true;
}

const struct judge pack_test_judge = {
	.name = "years_in_grade",
	.version = 1,
	.inputs = judge_inputs,
	.params = judge_params,
	.nparams = (int)COUNT(judge_params),
	.value = V_MONTHS,
	.reasons = judge_reasons,
	.nreasons = (int)COUNT(judge_reasons),
	.word = judge_word,
};
static const struct judge *const judges[] = { &pack_test_judge, NULL };
const struct pack_reader pack_test_reader = { tables, parameter_lists, judges };

/* ---- files ---- */
const char pack_test_yaml[] =
	"name: lights\nversion: 1\ntitle: Rules of the lighthouses\napplies_to: service\nzone: Asia/Jakarta\n"
	"parameters:\n  - parameters.yaml\nseeds:\n  - seeds/drill.csv\n";
const char pack_test_parameters[] = "# the age is the law's\nretirement:\n  age:\n    value: 56\n    source: Act 1\n"
				    "    may_override: true\nseason.opens: 04-01\npass.mark: 62.5\n"
				    "order.by:\n  - grade\n  - age\n";
const char pack_test_grades[] = "code,order,title,min_schooling,source,assumption,reason,from,to,may_override\n"
				"a,1,Lamp boy,low,Act 1,,,,,\n"
				"b,2,Keeper,low,Act 1,true,recalled,,2004-12-31,\n"
				"b,2,Keeper,high,Act 2,,,2005-01-01,,true\n"
				"c,3,Master,high,Act 1,,,,,\n";
const char pack_test_policy[] =
	"policy: rise\nkind: grade\nfrom: 2000-01-01\nsource: Act 1\ndefault: true\nother_kind:\n  - low\n"
	"criteria:\n"
	"  - name: time\n    judge: years_in_grade@1\n    years: 4\n    source: Act 1 art. 2\n"
	"  - name: quality\n    judge: years_in_grade@1\n    confidential: true\n    needs: proved\n"
	"    years:\n      value: 2\n      may_override: true\n    minimum: 79.5\n    kinds:\n      - x\n      - y\n"
	"    table: schooling\n"
	"not_asked:\n  - name: eyesight\n    reason: the doctor sees to it\n";

void pack_test_write(const struct pack_test_folder *f, const char *path, const char *text)
{
	char full[256];
	snprintf(full, sizeof(full), "%s/%s", f->path, path);
	FILE *out = fopen(full, "w");
	assert_non_null(out);
	fwrite(text, 1, strlen(text), out);
	fclose(out);
}

static void make_folder(struct pack_test_folder *f)
{
	char inner[128];
	snprintf(f->path, sizeof(f->path), "/tmp/merit-pack-XXXXXX");
	assert_non_null(mkdtemp(f->path));
	snprintf(inner, sizeof(inner), "%s/policies", f->path);
	mkdir(inner, 0700);
	snprintf(inner, sizeof(inner), "%s/seeds", f->path);
	mkdir(inner, 0700);
}

void pack_test_make(struct pack_test_folder *f)
{
	make_folder(f);
	pack_test_write(f, "pack.yaml", pack_test_yaml);
	pack_test_write(f, "parameters.yaml", pack_test_parameters);
	pack_test_write(f, "grades.csv", pack_test_grades);
	pack_test_write(f, "schooling.csv", "code,order\nlow,1\nhigh,2\n");
	pack_test_write(f, "synonyms.csv",
			"of,written,code,assumption,reason\nschooling,college,high,true,commonest\n"
			"schooling,HIGH,high,,\n");
	pack_test_write(f, "scale.csv",
			"grade,years,amount,share,day,since,paid,with\n"
			"a,0,1000,12.5,10-01,2008-02-29,true,low;high\nb,0,1200,,,,false,\n");
	pack_test_write(f, "policies/rise.yaml", pack_test_policy);
	pack_test_write(
		f, "seeds/drill.csv",
		"code,title,pass_mark,valid_from\nfire,Fire drill,60,2000-01-01\nrescue,Rescue,70,2000-01-01\n");
	pack_test_write(f, "README.md", "For people.\n");
}

void pack_test_overlay(struct pack_test_folder *f)
{
	make_folder(f);
	pack_test_write(f, "pack.yaml", "name: north\nversion: 1\ntitle: Rules of the north\napplies_to: NORTH\n");
}

static void remove_all(const char *path)
{
	char inner[512];
	DIR *d = opendir(path);
	for (struct dirent *e = d ? readdir(d) : NULL; e; e = readdir(d)) {
		if (text_is(e->d_name, ".") || text_is(e->d_name, ".."))
			continue;
		snprintf(inner, sizeof(inner), "%s/%s", path, e->d_name);
		if (unlink(inner) != 0)
			remove_all(inner);
	}
	if (d)
		closedir(d);
	rmdir(path);
}

void pack_test_remove(struct pack_test_folder *f)
{
	remove_all(f->path);
}

/* ---- reading ---- */
struct pack *pack_test_read(const struct pack_test_folder *f)
{
	CLEANUP(problems_release) struct problems p = PROBLEMS_INIT;
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	struct pack *k = NULL;
	if (pack_read(f->path, &pack_test_reader, &p, &k) != E_OK) {
		problems_print(&p, &b);
		fail_msg("%s", buf_str(&b));
	}
	return k;
}

static void add_without_folder(struct buf *out, const char *text, const char *folder)
{
	size_t n = strlen(folder);
	for (; *text; text++)
		if (strncmp(text, folder, n) == 0) {
			buf_text(out, "PACK");
			text += n - 1;
		} else {
			buf_char(out, *text);
		}
}

void pack_test_refuses(const struct pack_test_folder *f, const char *expected)
{
	CLEANUP(problems_release) struct problems p = PROBLEMS_INIT;
	CLEANUP(buf_release) struct buf b = BUF_INIT, shown = BUF_INIT;
	struct pack *k = NULL;
	assert_int_equal(pack_read(f->path, &pack_test_reader, &p, &k), E_INVALID);
	assert_null(k);
	problems_print(&p, &b);
	add_without_folder(&shown, buf_str(&b), f->path);
	assert_string_equal(buf_str(&shown), expected);
}

static void a_good_pack(void **state)
{
	(void)state;
	CLEANUP(pack_test_remove) struct pack_test_folder f;
	pack_test_make(&f);
	CLEANUP(pack_free_p) struct pack *a = pack_test_read(&f);
	assert_string_equal(pack_name(a), "lights");
	assert_string_equal(pack_version(a), "1");
	assert_string_equal(pack_zone(a), "Asia/Jakarta");
	CLEANUP(pack_free_p) struct pack *b = pack_test_read(&f);
	struct hash x = pack_hash(a), y = pack_hash(b);
	assert_memory_equal(x.b, y.b, HASH_SIZE);
	pack_test_write(&f, "schooling.csv", "code,order\nlow,1\nhigh,3\n");
	CLEANUP(pack_free_p) struct pack *c = pack_test_read(&f);
	y = pack_hash(c);
	assert_memory_not_equal(x.b, y.b, HASH_SIZE);
}

/* An overlay needs neither all tables nor a zone. */
static void an_overlay(void **state)
{
	(void)state;
	CLEANUP(pack_test_remove) struct pack_test_folder f;
	pack_test_overlay(&f);
	CLEANUP(pack_free_p) struct pack *k = pack_test_read(&f);
	assert_null(pack_zone(k));
}

static void what_pack_yaml_lacks(void **state)
{
	(void)state;
	CLEANUP(pack_test_remove) struct pack_test_folder f;
	pack_test_make(&f);
	pack_test_write(&f, "pack.yaml",
			"name: lights\ntitle: x\napplies_to: service\ncolour: red\nzones:\n  - Asia/Jakarta\n"
			"  - Asia/Atlantis\nseeds:\n  - seeds/boat.csv\n");
	pack_test_refuses(
		&f,
		"PACK/pack.yaml:1:1: version is not stated; write version: and one line of text\n"
		"PACK/pack.yaml:4:1: the key colour is not known here; remove it or correct it (keys: name, version, "
		"title, applies_to, zone, zones, parameters, seeds)\n"
		"PACK/pack.yaml:7:5: no time zone is called Asia/Atlantis; write one such as Asia/Jakarta\n"
		"PACK/pack.yaml:9:5: the pack has no file seeds/boat.csv; add it or remove this line\n");
}

static void files_missing_and_foreign(void **state)
{
	(void)state;
	CLEANUP(pack_test_remove) struct pack_test_folder f;
	char path[128];
	pack_test_make(&f);
	snprintf(path, sizeof(path), "%s/schooling.csv", f.path);
	unlink(path);
	pack_test_write(&f, "boats.csv", "code\nx\n");
	pack_test_write(&f, "notes.txt", "x");
	pack_test_refuses(
		&f,
		"PACK/boats.csv: no part of this program reads a table of this name; remove the file or correct "
		"its name\n"
		"PACK/notes.txt: this file is no part of a pack; remove it, or name it in pack.yaml under parameters "
		"or seeds\n"
		"PACK: the pack has no file schooling.csv (Schooling); add it with the columns code, order\n");
}

static void no_folder_at_all(void **state)
{
	(void)state;
	struct pack_test_folder f = { "/tmp/merit-no-such-pack" };
	pack_test_refuses(
		&f, "PACK: the folder of rules cannot be opened (No such file or directory); name a folder that holds "
		    "pack.yaml\n");
	CLEANUP(pack_test_remove) struct pack_test_folder empty;
	make_folder(&empty);
	pack_test_refuses(&empty,
			  "PACK: the folder has no pack.yaml; add it with name, version, title and applies_to, or name "
			  "another folder\n");
}

/* A folder that is no pack is not walked through, whatever stands in it. */
static void no_pack_yaml(void **state)
{
	(void)state;
	CLEANUP(pack_test_remove) struct pack_test_folder f;
	char path[128];
	pack_test_make(&f);
	pack_test_write(&f, "notes.txt", "x");
	snprintf(path, sizeof(path), "%s/pack.yaml", f.path);
	unlink(path);
	pack_test_refuses(&f, "PACK: the folder has no pack.yaml; add it with name, version, title and applies_to, or "
			      "name another folder\n");
}

static void links_are_not_followed(void **state)
{
	(void)state;
	CLEANUP(pack_test_remove) struct pack_test_folder f;
	char path[128];
	pack_test_make(&f);
	snprintf(path, sizeof(path), "%s/etc", f.path);
	assert_int_equal(symlink("/etc", path), 0);
	pack_test_refuses(&f, "PACK/etc: this is a link, and a pack is read from its own folder only; put what it "
			      "leads to in its place\n");
}

/* A code that no table brings is told where it is written. */
static void codes_that_no_table_brings(void **state)
{
	(void)state;
	CLEANUP(pack_test_remove) struct pack_test_folder f;
	pack_test_make(&f);
	pack_test_write(&f, "grades.csv", "code,order,title,min_schooling\na,1,,low\nb,2,,tall\n");
	pack_test_write(&f, "scale.csv", "grade,years,amount,with\na,0,1,low;small\nz,0,1,\n");
	pack_test_write(&f, "synonyms.csv", "of,written,code\nschooling,college,wide\nboats,x,y\n");
	pack_test_write(&f, "parameters.yaml", "order.schooling:\n  - high\n  - deep\n");
	pack_test_refuses(
		&f,
		"PACK/grades.csv, row 3, column min_schooling: tall stands in no row of schooling.csv; correct it or "
		"add "
		"the row there\n"
		"PACK/scale.csv, row 2, column with: small stands in no row of schooling.csv; correct it or add the "
		"row "
		"there\n"
		"PACK/scale.csv, row 3, column grade: z stands in no row of grades.csv; correct it or add the row "
		"there\n"
		"PACK/synonyms.csv, row 3, column of: the pack has no table boats; correct the name or add boats.csv\n"
		"PACK/synonyms.csv, row 2, column code: wide stands in no row of schooling.csv; correct it or add the "
		"row "
		"there\n"
		"PACK/parameters.yaml:1:1: deep stands in no row of schooling.csv; correct it or add the row there\n");
}

static void differences_are_told(void **state)
{
	(void)state;
	CLEANUP(pack_test_remove) struct pack_test_folder f;
	CLEANUP(buf_release) struct buf out = BUF_INIT;
	pack_test_make(&f);
	CLEANUP(pack_free_p) struct pack *a = pack_test_read(&f);
	pack_diff(a, a, false, &out);
	assert_string_equal(buf_str(&out), "");
	pack_test_write(&f, "schooling.csv", "code,order,source\nlow,1,Act 9\nhigh,3,\nhighest,4,\n");
	pack_test_write(&f, "parameters.yaml",
			"retirement:\n  age:\n    value: 58\n    source: Act 1\n    may_override: true\n");
	pack_test_write(
		&f, "policies/rise.yaml",
		"policy: rise\nkind: grade\nfrom: 2000-01-01\nsource: Act 1\ndefault: true\nother_kind:\n  - low\n"
		"criteria:\n  - name: time\n    judge: years_in_grade@1\n    years: 5\n    source: Act 1 art. 2\n"
		"not_asked:\n  - name: eyesight\n    reason: the doctor sees to it\n");
	CLEANUP(pack_free_p) struct pack *b = pack_test_read(&f);
	pack_diff(a, b, false, &out);
	assert_string_equal(buf_str(&out), "schooling.csv, low, source: nothing -> Act 9\n"
					   "schooling.csv, high, order: 2 -> 3\n"
					   "schooling.csv, highest: new: code highest, order 4\n"
					   "retirement.age: 56 -> 58\n"
					   "season.opens: gone, was: 04-01\n"
					   "pass.mark: gone, was: 62.5\n"
					   "order.by: gone, was: grade, age\n"
					   "policy rise, criterion time, years: 4 -> 5\n"
					   "policy rise, criterion quality: gone, was: years_in_grade@1\n");
	buf_reset(&out);
	pack_test_write(&f, "schooling.csv", "code,order,source\nlow,1,Act 9\nhigh,3,\n");
	CLEANUP(pack_free_p) struct pack *c = pack_test_read(&f);
	pack_diff(b, c, true, &out);
	assert_string_equal(
		buf_str(&out),
		"[{\"after\":null,\"before\":\"code highest, order 4\",\"where\":\"schooling.csv, highest\"}]");
}

int pack_test(void);
int pack_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_pack),
		cmocka_unit_test(an_overlay),
		cmocka_unit_test(what_pack_yaml_lacks),
		cmocka_unit_test(files_missing_and_foreign),
		cmocka_unit_test(no_folder_at_all),
		cmocka_unit_test(no_pack_yaml),
		cmocka_unit_test(links_are_not_followed),
		cmocka_unit_test(codes_that_no_table_brings),
		cmocka_unit_test(differences_are_told),
	};
	return cmocka_run_group_tests_name("pack", tests, NULL, NULL);
}
