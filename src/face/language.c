/* language.c - another language: kept in a cookie, and in the settings of who is signed in. */
#include "face/inside.h"

enum err language_write(struct request *q)
{
	const struct lang *l = lang_find(request_form(q, "lang"));
	const struct face *f = face_of(q);
	if (!l || !lang_complete(l))
		return E_MISSING;
	request_set_cookie(q, COOKIE_LANG, str_of(lang_tag(l)), 365 * 24 * 3600);
	if (q->who && f->set_lang)
		TRY(f->set_lang(q->c, q->who, str_of(lang_tag(l))));
	request_see_again(q, request_form(q, "back"));
	return E_OK;
}
