/* type_number.c - numbers, dates, and words of a list that the declaration holds. */
#include "entity/type_inside.h"

#include "base/json.h"
#include "base/number.h"

#include <inttypes.h>

int64_t enum_number(const struct field *f, struct str word)
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
	const char *p = f->of;
	for (; *p && number > 0; number--) {
		p += strcspn(p, " ");
		p += *p == ' ';
	}
	return (struct str){ p, number == 0 ? strcspn(p, " ") : 0 };
}

bool type_int_parse(const struct reading *r, struct value *ret)
{
	return number_parse(r->text, &ret->i) || type_refuse(r, "is not a whole number; write digits only");
}

bool type_int_fits(const struct reading *r, const struct value *v)
{
	const struct field *f = r->field;
	if (f->max == 0 || (v->i >= f->min && v->i <= f->max))
		return true;
	buf_printf(r->wrong, "%" PRId64 " is not between %" PRId64 " and %" PRId64 "; write a number in between", v->i,
		   f->min, f->max);
	return false;
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
	       type_refuse(r, "is not a number with at most two decimals; write it like 79.5");
}

bool type_percent_fits(const struct reading *r, const struct value *v)
{
	if (v->i >= 0 && v->i <= 10000)
		return true;
	decimal_add(r->wrong, v->i, 2);
	buf_text(r->wrong, " is not between 0 and 100; write the percentage, like 79.5");
	return false;
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
		return type_refuse(r, "is no day of the calendar; write it as YYYY-MM-DD");
	ret->i = d;
	return true;
}

bool type_date_fits(const struct reading *r, const struct value *v)
{
	if (v->i >= DATE_MIN && v->i <= DATE_MAX)
		return true;
	buf_text(r->wrong, "it is no day between the years 1 and 9999; write it as YYYY-MM-DD");
	return false;
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
	char t[DATE_TEXT];
	json_text(j, date_text((date)v->i, t));
}

bool type_month_parse(const struct reading *r, struct value *ret)
{
	char day[11];
	date d;
	if (r->text.n != 7)
		return type_refuse(r, "is no month; write it as YYYY-MM");
	memcpy(day, r->text.p, 7);
	memcpy(day + 7, "-01", 4);
	if (!date_parse(str_of(day), &d))
		return type_refuse(r, "is no month; write it as YYYY-MM");
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
	buf_text(r->wrong, "it is a day and not a month; give the first day of the month");
	return false;
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
	return ret->i || str_is(r->text, "false") || type_refuse(r, "is neither true nor false; write one of them");
}

bool type_bool_fits(const struct reading *r, const struct value *v)
{
	if (v->i == 0 || v->i == 1)
		return true;
	buf_text(r->wrong, "it is neither true nor false; give one of them");
	return false;
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

static void enum_list(const struct field *f, struct buf *out)
{
	buf_text(out, "; write one of ");
	for (const char *p = f->of; *p; p++)
		buf_text(out, *p == ' ' ? ", " : (char[]){ *p, 0 });
}

bool type_enum_parse(const struct reading *r, struct value *ret)
{
	ret->i = enum_number(r->field, r->text);
	if (ret->i >= 0)
		return true;
	type_refuse(r, "is not a word of the list");
	enum_list(r->field, r->wrong);
	return false;
}

bool type_enum_fits(const struct reading *r, const struct value *v)
{
	if (v->i >= 0 && enum_word(r->field, v->i).n > 0)
		return true;
	buf_printf(r->wrong, "%" PRId64 " is not the number of a word of the list", v->i);
	enum_list(r->field, r->wrong);
	return false;
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
