/* problem.c - what is wrong with what was given: kept, ordered, printed. */
#include "base/problem.h"

#include <stdarg.h>

void problems_release(struct problems *p)
{
	free(p->list);
	arena_release(&p->arena);
	*p = (struct problems)PROBLEMS_INIT;
}

void problem_add(struct problems *p, struct problem x)
{
	p->count++;
	if (p->kept == PROBLEMS_KEPT)
		return;
	if (p->kept == p->cap) {
		p->cap = p->cap ? p->cap * 2 : 16;
		p->list = xrealloc(p->list, p->cap * sizeof *p->list);
	}
	x.file = arena_copy(&p->arena, x.file);
	x.column = arena_copy(&p->arena, x.column);
	x.what = arena_copy(&p->arena, x.what ? x.what : "");
	x.todo = arena_copy(&p->arena, x.todo ? x.todo : "");
	p->list[p->kept++] = x;
}

static const char *last_part(const char *fmt)
{
	const char *last = NULL;
	for (const char *at = strstr(fmt, "; "); at; at = strstr(at + 1, "; "))
		last = at;
	return last;
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
/* The split is made in fmt, not in what comes out: a cell that is quoted may hold "; " too. The half before it uses the
 * first of the arguments, so its length in the whole is known by formatting it alone. A fmt without a split leaves it
 * to the text. */
void problem_vat(struct problems *p, struct problem where, const char *fmt, va_list ap)
{
	struct buf head CLEANUP(buf_release) = BUF_INIT, what CLEANUP(buf_release) = BUF_INIT;
	struct buf whole CLEANUP(buf_release) = BUF_INIT;
	fmt = say(p->lang, fmt);
	const char *split = last_part(fmt);
	va_list again;
	va_copy(again, ap);
	buf_add(&head, fmt, split ? (size_t)(split - fmt) : 0);
	buf_vprintf(&what, buf_str(&head), ap);
	buf_vprintf(&whole, fmt, again);
	va_end(again);
	if (!split && (split = last_part(buf_str(&whole))))
		buf_add(&what, whole.p, (size_t)(split - whole.p));
	where.what = split ? buf_str(&what) : buf_str(&whole);
	where.todo = split ? buf_str(&whole) + what.n + 2 : NULL;
	problem_add(p, where);
}
#pragma GCC diagnostic pop

void problem_at(struct problems *p, const char *file, size_t row, const char *column, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	problem_vat(p, (struct problem){ .file = file, .row = row, .column = column }, fmt, ap);
	va_end(ap);
}

void problems_sort(struct problems *p)
{
	for (size_t i = 1; i < p->kept; i++) {
		struct problem x = p->list[i];
		size_t at = i;
		for (; at && p->list[at - 1].row > x.row; at--)
			p->list[at] = p->list[at - 1];
		p->list[at] = x;
	}
}

const char *problem_day(struct problems *p, date d)
{
	struct buf words CLEANUP(buf_release) = BUF_INIT;
	say_date(p->lang, d, &words);
	return arena_text(&p->arena, buf_str(&words), words.n);
}

/* A title begins with a capital, which does not stay inside a sentence; "DP3" does. */
const char *problem_word(struct problems *p, const char *name, const char *title)
{
	if (!p->lang || !title)
		return name;
	char *word = arena_copy(&p->arena, say(p->lang, title));
	if (word[0] >= 'A' && word[0] <= 'Z' && word[1] >= 'a' && word[1] <= 'z')
		word[0] = (char)(word[0] - 'A' + 'a');
	return word;
}

static void print(const struct lang *l, const struct problem *x, struct buf *out)
{
	const char *comma = "";
	if (x->file) {
		buf_text(out, x->file);
		comma = ", ";
	}
	if (x->row && x->place) {
		buf_printf(out, x->file ? ":%zu:%zu" : say(l, "row %zu, place %zu"), x->row, x->place);
		comma = ", ";
	} else if (x->row) {
		buf_text(out, comma);
		buf_printf(out, say(l, "row %zu"), x->row);
		comma = ", ";
	}
	if (x->column) {
		buf_text(out, comma);
		buf_printf(out, say(l, "column %s"), x->column);
	}
	if (x->file || x->row || x->column)
		buf_text(out, ": ");
	buf_text(out, x->what);
	if (*x->todo)
		buf_printf(out, "; %s", x->todo);
}

void problem_print(const struct problem *x, struct buf *out)
{
	print(NULL, x, out);
}

void problems_print(const struct problems *p, struct buf *out)
{
	for (size_t i = 0; i < p->kept; i++) {
		print(p->lang, &p->list[i], out);
		buf_char(out, '\n');
	}
	if (p->count == p->kept)
		return;
	struct buf more CLEANUP(buf_release) = BUF_INIT;
	say_int(p->lang, (int64_t)(p->count - p->kept), &more);
	buf_printf(out,
		   say_n(p->lang, "… and %s more problem", "… and %s more problems", (int64_t)(p->count - p->kept)),
		   buf_str(&more));
	buf_char(out, '\n');
}
