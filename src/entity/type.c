/* type.c - one row a field type. A new type is a row here and a line in TYPE_LIST. */
#include "entity/type_inside.h"

#include "store/store.h"

/* Quotes what was written, cut where it is long, never inside a letter. */
void type_quote(struct buf *out, struct str s)
{
	size_t n = s.n;
	if (n > 60)
		for (n = 60; n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80;)
			n--;
	buf_char(out, '"');
	buf_add(out, s.p, n);
	buf_text(out, n < s.n ? "…\"" : "\"");
}

bool type_refuse(const struct reading *r, const char *what)
{
	type_quote(r->wrong, r->text);
	buf_char(r->wrong, ' ');
	buf_text(r->wrong, say(r->lang, what));
	return false;
}

bool type_wrong(const struct reading *r, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	buf_vprintf(r->wrong, say(r->lang, fmt), ap);
	va_end(ap);
	return false;
}

/* clang-format off */
const struct type_row type_rows[T_COUNT] = {
	[T_CODE]    = { "code",    "t",   N_("code"),             type_text_parse,    type_text_text,    type_text_canonical,  type_code_fits },
	[T_TEXT]    = { "text",    "t",   N_("text"),             type_text_parse,    type_text_text,    type_text_canonical,  type_text_fits },
	[T_NOTE]    = { "note",    "t",   N_("long text"),        type_text_parse,    type_text_text,    type_text_canonical,  type_text_fits },
	[T_INT]     = { "int",     "i",   N_("whole number"),     type_int_parse,     type_int_text,     type_int_canonical,   type_int_fits },
	[T_PERCENT] = { "percent", "i",   N_("number from 0 to 100 with at most two decimals"),
	                                                          type_percent_parse, type_percent_text, type_int_canonical,   type_percent_fits },
	[T_MONEY]   = { "money",   "ii",  N_("amount of money with currency"),
	                                                          type_money_parse,   type_money_text,   type_money_canonical, type_money_fits },
	[T_DATE]    = { "date",    "i",   N_("date (YYYY-MM-DD)"), type_date_parse, type_date_text,    type_date_canonical,  type_date_fits },
	[T_MONTH]   = { "month",   "i",   N_("month (YYYY-MM)"),  type_month_parse,   type_month_text,   type_month_canonical, type_month_fits },
	[T_BOOL]    = { "bool",    "i",   N_("true or false"),    type_bool_parse,    type_bool_text,    type_bool_canonical,  type_bool_fits },
	[T_ENUM]    = { "enum",    "i",   N_("one of a few words"), type_enum_parse,  type_enum_text,    type_enum_canonical,  type_enum_fits },
	[T_REF]     = { "ref",     "i",   N_("code of another record"), type_ref_parse, type_ref_text,   type_int_canonical,   type_ref_fits },
	[T_PACK]    = { "pack",    "i",   N_("code of a table of the rules"), type_pack_parse, type_pack_text, type_pack_canonical, type_pack_fits },
	[T_NAMES]   = { "names",   "t",   N_("a text a language"), type_names_parse,  type_text_text,    type_names_canonical, type_names_fits },
	[T_PERSON]  = { "person",  "i",   N_("number of a person"), type_ref_parse,   type_ref_text,     type_int_canonical,   type_ref_fits },
};
/* clang-format on */

/* ---- columns */

int type_bind(struct stmt *st, int i, const struct field *f, const struct value *v)
{
	const int64_t *number = &v->i;
	for (const char *k = TYPE(f)->columns; *k; k++, i++) {
		if (!v->set) {
			stmt_null(st, i);
		} else if (*k == 'i') {
			stmt_int(st, i, *number);
			number = &v->j;
		} else {
			stmt_text(st, i, v->t);
		}
	}
	return i;
}

int type_get(struct stmt *st, int i, const struct field *f, struct arena *a, struct value *ret)
{
	int64_t *number = &ret->i;
	ret->set = !stmt_is_null(st, i);
	for (const char *k = TYPE(f)->columns; *k; k++, i++) {
		if (!ret->set)
			continue;
		if (*k == 'i') {
			*number = stmt_get_int(st, i);
			number = &ret->j;
		} else {
			ret->t = str_copy(a, stmt_get_text(st, i));
		}
	}
	return i;
}
