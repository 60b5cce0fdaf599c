/* demo_each.c - rows about everybody, block by block on all cores, joined in the order of the people. */
#include "base/parallel.h"
#include "command/demo.h"

#define BLOCK 1024
#define AT_ONCE 16 /* blocks: what is written beside the file itself stays small */

struct writing {
	const struct demo *d;
	struct window w;
	void (*rows)(struct demo_file *f, const struct demo_person *p);
	int64_t first; /* person of the first block */
	struct buf blocks[AT_ONCE];
};

static enum err write_block(void *arg, size_t i, unsigned worker)
{
	struct writing *x = arg;
	struct demo_file f = { .d = x->d, .w = x->w, .out = &x->blocks[i] };
	struct demo_person p;
	int64_t from = x->first + (int64_t)i * BLOCK, to = from + BLOCK < x->d->people ? from + BLOCK : x->d->people;
	(void)worker;
	for (int64_t who = from; who < to; who++) {
		demo_person(x->d, who, &p);
		buf_reset(&f.number);
		demo_number(x->d, who, &f.number);
		x->rows(&f, &p);
	}
	buf_release(&f.number);
	return E_OK;
}

void demo_out_pass(struct demo_out *out)
{
	if (out->rows.n)
		out->whole = fwrite(out->rows.p, 1, out->rows.n, out->file) == out->rows.n && out->whole;
	buf_reset(&out->rows);
}

void demo_each(const struct demo *d, struct window w, struct demo_out *out,
	       void (*rows)(struct demo_file *f, const struct demo_person *p))
{
	struct writing x = { .d = d, .w = w, .rows = rows };
	for (; x.first < d->people; x.first += AT_ONCE * BLOCK) {
		if (parallel_for(AT_ONCE, write_block, &x) != E_OK)
			bug("a block of the demo was not written");
		for (int i = 0; i < AT_ONCE; i++) {
			if (x.blocks[i].n)
				buf_add(&out->rows, x.blocks[i].p, x.blocks[i].n);
			buf_reset(&x.blocks[i]);
			demo_out_pass(out);
		}
	}
	for (int i = 0; i < AT_ONCE; i++)
		buf_release(&x.blocks[i]);
}
