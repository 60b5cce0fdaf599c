/* cookie.h - the Cookie header read, and Set-Cookie written. Stands alone, so that it can be tried with any bytes. */
#ifndef MERIT_WEB_COOKIE_H
#define MERIT_WEB_COOKIE_H

#include "web/inside.h"

/* Names and values as they stand; what is no name=value, or not of the letters that a cookie may hold, is left out. */
void cookies_read(struct arena *a, struct str header, struct pairs *ret);
/* name=value; Path=/; HttpOnly; … */
struct cookie {
	const char *name;
	struct str value; /* written percent-encoded where it must be */
	int life;
	bool strict, secure;
};
struct str cookie_write(struct arena *a, const struct cookie *c);

#endif
