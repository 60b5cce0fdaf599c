/* type_number.c - numbers, dates, and words of a list that the declaration holds. */
#include "entity/type_inside.h"

#include "base/json.h"
#include "base/number.h"

/* The number of a word of an enum, or -1. */
static int64_t number_of(const struct field *f, struct str word)
{
	int64_t n = 0;
	for (const char *p = f->of; *p; n++) {
		size_t len = strcspn(p, " ");
		if (len == word.n && memcmp(p, word.p, len) == 0)
			return n;
		p += len + (p[len] == ' ');
	}
	return -1;
}

struct str enum_word(const struct field *f, int64_t number)
{
	/* Byte by byte, for the words are few and short, and each row that is hashed asks for some. */
	const char *word = f->of;
	for (; *word && number > 0; word++)
		number -= *word == ' ';
	size_t n = 0;
	while (number == 0 && word[n] && word[n] != ' ')
		n++;
	return (struct str){ word, n };
}

bool type_int_parse(const struct reading *r, struct value *ret)
{
	return number_parse(r->text, &ret->i) || type_refuse(r, N_("is not a whole number; write digits only"));
}

bool type_int_fits(const struct reading *r, const struct value *v)
{
	const struct field *f = r->field;
	if (f->max == 0 || (v->i >= f->min && v->i <= f->max))
		return true;
	return type_wrong(r, "%lld is not between %lld and %lld; write a number in between", (long long)v->i,
			  (long long)f->min, (long long)f->max);
}

void type_int_text(struct ctx *c, const struct field *f, const struct value *v, struct buf *out)
{
	(void)c, (void)f;
	buf_int(out, v->i);
}

void type_int_canonical(const struct codes *codes, const struct field *f, const struct value *v, struct json *j)
{
	(void)codes, (void)f;
	json_int(j, v->i);
}

bool type_percent_parse(const struct reading *r, struct value *ret)
{
	return decimal_parse(r->text, 2, &ret->i) ||
	       type_refuse(r, N_("is not a number with at most two decimals; write it like 79.5"));
}

bool type_percent_fits(const struct reading *r, const struct value *v)
{
	if (v->i >= 0 && v->i <= 10000)
		return true;
	struct buf number CLEANUP(buf_release) = BUF_INIT;
	decimal_add(&number, v->i, 2);
	return type_wrong(r, "%s is not between 0 and 100; write the percentage, like 79.5", buf_str(&number));
}

void type_percent_text(struct ctx *c, const struct field *f, const struct value *v, struct buf *out)
{
	(void)c, (void)f;
	decimal_add(out, v->i, 2);
}

/* ---- dates */

bool type_date_parse(const struct reading *r, struct value *ret)
{
	date d;
	if (!date_parse(r->text, &d))
		return type_refuse(r, N_("is no day of the calendar; write it as YYYY-MM-DD"));
	ret->i = d;
	return true;
}

bool type_date_fits(const struct reading *r, const struct value *v)
{
	if (v->i >= DATE_MIN && v->i <= DATE_MAX)
		return true;
	return type_wrong(r, "it is no day between the years 1 and 9999; write it as YYYY-MM-DD");
}

void type_date_text(struct ctx *c, const struct field *f, const struct value *v, struct buf *out)
{
	(void)c, (void)f;
	char t[DATE_TEXT];
	buf_text(out, date_text((date)v->i, t));
}

void type_date_canonical(const struct codes *codes, const struct field *f, const struct value *v, struct json *j)
{
	(void)codes, (void)f;
	json_date(j, (date)v->i);
}

bool type_month_parse(const struct reading *r, struct value *ret)
{
	char day[11];
	date d;
	if (r->text.n != 7)
		return type_refuse(r, N_("is no month; write it as YYYY-MM"));
	memcpy(day, r->text.p, 7);
	memcpy(day + 7, "-01", 4);
	if (!date_parse(str_of(day), &d))
		return type_refuse(r, N_("is no month; write it as YYYY-MM"));
	ret->i = d;
	return true;
}

bool type_month_fits(const struct reading *r, const struct value *v)
{
	int y, m, d;
	if (!type_date_fits(r, v))
		return false;
	date_parts((date)v->i, &y, &m, &d);
	if (d == 1)
		return true;
	return type_wrong(r, "it is a day and not a month; give the first day of the month");
}

static struct str month_text(const struct value *v, char t[static DATE_TEXT])
{
	return (struct str){ date_text((date)v->i, t), 7 };
}

void type_month_text(struct ctx *c, const struct field *f, const struct value *v, struct buf *out)
{
	(void)c, (void)f;
	char t[DATE_TEXT];
	struct str s = month_text(v, t);
	buf_add(out, s.p, s.n);
}

void type_month_canonical(const struct codes *codes, const struct field *f, const struct value *v, struct json *j)
{
	(void)codes, (void)f;
	char t[DATE_TEXT];
	json_str(j, month_text(v, t));
}

/* ---- words of a list */

bool type_bool_parse(const struct reading *r, struct value *ret)
{
	ret->i = str_is(r->text, "true");
	return ret->i || str_is(r->text, "false") || type_refuse(r, N_("is neither true nor false; write one of them"));
}

bool type_bool_fits(const struct reading *r, const struct value *v)
{
	if (v->i == 0 || v->i == 1)
		return true;
	return type_wrong(r, "it is neither true nor false; give one of them");
}

void type_bool_text(struct ctx *c, const struct field *f, const struct value *v, struct buf *out)
{
	(void)c, (void)f;
	buf_text(out, v->i ? "true" : "false");
}

void type_bool_canonical(const struct codes *codes, const struct field *f, const struct value *v, struct json *j)
{
	(void)codes, (void)f;
	json_bool(j, v->i != 0);
}

static bool enum_list(const struct reading *r)
{
	struct buf list CLEANUP(buf_release) = BUF_INIT;
	for (const char *p = r->field->of; *p; p++)
		buf_text(&list, *p == ' ' ? ", " : (char[]){ *p, 0 });
	buf_text(r->wrong, "; ");
	return type_wrong(r, "write one of %s", buf_str(&list));
}

bool type_enum_parse(const struct reading *r, struct value *ret)
{
	ret->i = number_of(r->field, r->text);
	if (ret->i >= 0)
		return true;
	(void)type_refuse(r, N_("is not a word of the list"));
	return enum_list(r);
}

bool type_enum_fits(const struct reading *r, const struct value *v)
{
	if (v->i >= 0 && enum_word(r->field, v->i).n > 0)
		return true;
	(void)type_wrong(r, "%lld is not the number of a word of the list", (long long)v->i);
	return enum_list(r);
}

void type_enum_text(struct ctx *c, const struct field *f, const struct value *v, struct buf *out)
{
	(void)c;
	struct str w = enum_word(f, v->i);
	buf_add(out, w.p, w.n);
}

void type_enum_canonical(const struct codes *codes, const struct field *f, const struct value *v, struct json *j)
{
	(void)codes;
	json_str(j, enum_word(f, v->i));
}
