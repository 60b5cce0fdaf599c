/* demo_each.c - rows about everybody, in order, passed on a few at a time. */
#include "command/demo.h"

#define PASSED 256 /* people */

void demo_out_pass(struct demo_out *out)
{
	if (out->rows.n)
		out->whole = fwrite(out->rows.p, 1, out->rows.n, out->file) == out->rows.n && out->whole;
	buf_reset(&out->rows);
}

void demo_each(const struct demo *d, struct window w, struct demo_out *out,
	       void (*rows)(struct demo_file *f, const struct demo_person *p))
{
	struct demo_file f = { .d = d, .w = w, .out = &out->rows };
	struct demo_person p;
	for (int64_t who = 0; who < d->people; who++) {
		demo_person(d, who, &p);
		buf_reset(&f.number);
		demo_number(d, who, &f.number);
		rows(&f, &p);
		if (who % PASSED == 0)
			demo_out_pass(out);
	}
	buf_release(&f.number);
}
