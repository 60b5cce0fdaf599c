/* type_inside.h - the functions behind the rows of type.c. Inner to the type files. */
#ifndef MERIT_ENTITY_TYPE_INSIDE_H
#define MERIT_ENTITY_TYPE_INSIDE_H

#include "base/buf.h"
#include "entity/type.h"

/* Quotes what was written, cut where it is long. */
void type_quote(struct buf *out, struct str s);
/* Says what is wrong with the text being read, translated: "is no month; write …"; answers false. */
bool type_refuse(const struct reading *r, const char *what);
/* Says it, translated, whatever was read; answers false. */
bool type_wrong(const struct reading *r, const char *fmt, ...) PRINTF(2, 3);

typedef bool type_parse(const struct reading *r, struct value *ret);
typedef void type_text(struct ctx *c, const struct field *f, const struct value *v, struct buf *out);
typedef void type_canonical(const struct codes *codes, const struct field *f, const struct value *v, struct json *j);
typedef bool type_fits(const struct reading *r, const struct value *v);

type_parse type_text_parse, type_int_parse, type_percent_parse, type_money_parse, type_date_parse, type_month_parse,
	type_bool_parse, type_enum_parse, type_ref_parse, type_pack_parse, type_names_parse;
type_text type_text_text, type_int_text, type_percent_text, type_money_text, type_date_text, type_month_text,
	type_bool_text, type_enum_text, type_ref_text, type_pack_text;
type_canonical type_text_canonical, type_int_canonical, type_money_canonical, type_date_canonical, type_month_canonical,
	type_bool_canonical, type_enum_canonical, type_pack_canonical, type_names_canonical;
type_fits type_code_fits, type_text_fits, type_int_fits, type_percent_fits, type_money_fits, type_date_fits,
	type_month_fits, type_bool_fits, type_enum_fits, type_ref_fits, type_pack_fits, type_names_fits;

#endif
