/* parts_fuzz.c - any body is read as a form with files or refused, the same in one piece and in many; no file is left.
 */
#include "web/body.h"

#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

struct outcome {
	int status;
	struct pairs into;
	size_t files, bytes;
};

static void expect(bool holds, const char *what)
{
	if (!holds)
		bug("%s", what);
}

static struct outcome read_parts(struct arena *a, struct str s, size_t piece)
{
	struct outcome o = { 0 };
	char last[256] = "";
	struct body_ask ask = { a, &o.into, "/tmp", BODY_PARTS, STR("M"), 4096, 4096 };
	struct body_reader *f = body_new(&ask);
	for (size_t at = 0; at < s.n && !o.status; at += piece)
		o.status = body_feed(f, s.p + at, s.n - at < piece ? s.n - at : piece);
	o.status = body_end(f);
	for (const struct body_file *x = body_files(f); x; x = x->next, o.files++) {
		o.bytes += x->size;
		expect(!memchr(x->filename.p, '/', x->filename.n), "a file's name has a folder");
		snprintf(last, sizeof last, "%s", x->path);
	}
	body_free(f);
	expect(!*last || access(last, F_OK) != 0, "a file is left");
	return o;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct str s = { (const char *)data, n };
	struct outcome whole = read_parts(&a, s, n + 1), cut = read_parts(&a, s, 3);
	expect(whole.status == 0 || whole.status == 400 || whole.status == 413, "a body has no other answers");
	expect((whole.status == 0) == (cut.status == 0), "pieces change the answer");
	if (whole.status)
		return 0;
	expect(whole.into.n == cut.into.n && whole.files == cut.files && whole.bytes == cut.bytes,
	       "pieces change what is read");
	for (size_t i = 0; i < whole.into.n; i++)
		expect(str_eq(whole.into.list[i].value, cut.into.list[i].value) &&
			       str_eq(whole.into.list[i].name, cut.into.list[i].name),
		       "pieces change a value");
	return 0;
}
