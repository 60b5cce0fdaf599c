/* kept.h - what this server keeps of sessions and passwords: fields of the records without clocks. Inner to duty/. */
#ifndef MERIT_MODULES_DUTY_KEPT_H
#define MERIT_MODULES_DUTY_KEPT_H

#include "entity/plain.h"
#include "modules/duty/duty.h"

enum { PASSWORD_USER, PASSWORD_HASH, PASSWORD_SET, PASSWORD_ONCE, PASSWORD_ENDS };
enum {
	SESSION_USER,
	SESSION_HASH,
	SESSION_BEGUN,
	SESSION_USED,
	SESSION_ENDS,
	SESSION_SHARED,
	SESSION_CHANGE,
	SESSION_TOUR,
	SESSION_LANG
};
enum { TOKEN_USER, TOKEN_NAME, TOKEN_HASH, TOKEN_MADE, TOKEN_ENDS, TOKEN_RIGHTS };
enum { SETTING_USER, SETTING_LANG, SETTING_TOUR };
enum { WAIT_KEY, WAIT_FAILURES, WAIT_UNTIL };
enum { SENT_MARK, SENT_TO, SENT_AT };
enum { KEPT_HASH, KEPT_PATH, KEPT_FORM, KEPT_AT, KEPT_USER };

#define KEPT_MOST 900000 /* letters of a form */
#define KEPT_FORMS 5     /* of one user */
#define MINUTE INT64_C(60000000)
#define HOUR (60 * MINUTE)

/* A secret's hash as it stands in a table. */
struct str kept_hash(struct arena *a, struct str secret, const char *purpose);

#endif
