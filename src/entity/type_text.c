/* type_text.c - texts, and names in several languages. */
#include "entity/type_inside.h"

#include "base/json.h"
#include "entity/names.h"

#include <ctype.h>

/* What is wrong with the letters, or NULL. A note may have lines; no other text may. */
static const char *wrong_letter(const struct field *f, struct str s)
{
	bool line_break = false;
	while (s.n) {
		const char *end = memchr(s.p, '\n', s.n);
		size_t n = end ? (size_t)(end - s.p) : s.n;
		size_t line = end && f->type != T_NOTE && n && s.p[n - 1] == '\r' ? n - 1 : n;
		if (text_has_control((struct str){ s.p, line }))
			return N_("it holds a control character; remove it");
		line_break = line_break || end;
		s = (struct str){ s.p + n + (end != NULL), s.n - n - (end != NULL) };
	}
	return line_break && f->type != T_NOTE ? N_("it holds a line break; write it in one line") : NULL;
}

bool type_text_fits(const struct reading *r, const struct value *v)
{
	size_t bad = text_utf8_bad(v->t);
	if (bad < v->t.n)
		return type_wrong(r, "byte %zu is not UTF-8; save the text as UTF-8", bad + 1);
	const char *wrong = wrong_letter(r->field, v->t);
	if (wrong)
		return type_wrong(r, "%s", say(r->lang, wrong));
	size_t n = text_letters(v->t), max = (size_t)field_longest(r->field);
	if (n > max)
		return type_wrong(r, "it has %zu characters, %zu too many; shorten it to %zu", n, n - max, max);
	if (n == 0)
		return type_wrong(r, "it is empty; write something or leave it out");
	return true;
}

/* 1.98503E+17: a spreadsheet took a long number for a quantity, and its last digits are lost. */
static bool cut_short(struct str s)
{
	size_t i = 0, digits = 0;
	for (; i < s.n && (isdigit((unsigned char)s.p[i]) || s.p[i] == '.' || s.p[i] == ','); i++)
		digits += isdigit((unsigned char)s.p[i]) != 0;
	if (!digits || s.n - i < 3 || (s.p[i] != 'E' && s.p[i] != 'e') || s.p[i + 1] != '+')
		return false;
	for (i += 2; i < s.n; i++)
		if (!isdigit((unsigned char)s.p[i]))
			return false;
	return true;
}

bool type_code_fits(const struct reading *r, const struct value *v)
{
	if (!type_text_fits(r, v))
		return false;
	if (cut_short(v->t))
		return type_wrong(r,
				  "%.*s is a long number that a spreadsheet cut short; make the column text, type the "
				  "number again and save once more",
				  (int)v->t.n, v->t.p);
	for (size_t i = 0; i < v->t.n; i++) {
		if (!isspace((unsigned char)v->t.p[i]))
			continue;
		struct reading again = *r;
		again.text = v->t;
		return type_refuse(&again, N_("holds a blank; write the code without one"));
	}
	return true;
}

bool type_text_parse(const struct reading *r, struct value *ret)
{
	ret->t = r->text;
	return true;
}

void type_text_text(struct ctx *c, const struct field *f, const struct value *v, struct buf *out)
{
	(void)c, (void)f;
	buf_add(out, v->t.p, v->t.n);
}

void type_text_canonical(const struct codes *codes, const struct field *f, const struct value *v, struct json *j)
{
	(void)codes, (void)f;
	json_str(j, v->t);
}

/* ---- names: {"en":"Harbour","id":"Pelabuhan"} */

struct one_name {
	const struct reading *r;
};

static bool name_fits(void *arg, struct str text)
{
	return type_text_fits(((struct one_name *)arg)->r, &(struct value){ .t = text });
}

bool type_names_parse(const struct reading *r, struct value *ret)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	struct one_name one = { r };
	const char *wrong = names_read(r->text, &b, name_fits, &one);
	if (wrong)
		return *wrong && type_refuse(r, wrong);
	ret->t = (struct str){ arena_text(r->arena, b.p, b.n), b.n };
	return true;
}

bool type_names_fits(const struct reading *r, const struct value *v)
{
	struct reading again = *r;
	struct value w = { 0 };
	again.text = v->t;
	if (!type_names_parse(&again, &w))
		return false;
	if (str_eq(w.t, v->t))
		return true;
	return type_wrong(r, "its languages are not in the canonical order; let the text be read again");
}

void type_names_canonical(const struct codes *codes, const struct field *f, const struct value *v, struct json *j)
{
	(void)codes, (void)f;
	json_raw(j, v->t);
}
