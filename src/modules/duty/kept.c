/* kept.c - records of this server alone: passwords, sessions, tokens, settings, waits, forms that were sent or kept. */
#include "modules/duty/kept.h"

#include "access/secret.h"
#include "base/number.h"

/* No page, list or interface shows these rows: it is a right that no role can give. */
#define NOBODY ((right_t)1 << 31)
#define INSTANT .max = INT64_C(4102444800000000)

/* clang-format off */
static const struct field password_fields[] = {
	[PASSWORD_USER] = { "account",   N_("User"),        T_REF,  .ref = &user_entity, .flags = REQUIRED | UNIQUE },
	[PASSWORD_HASH] = { "hash",   N_("Hash"),        T_TEXT, .max = 200, .flags = REQUIRED },
	[PASSWORD_SET]  = { "set_at", N_("Set at"),      T_INT,  INSTANT, .flags = REQUIRED },
	[PASSWORD_ONCE] = { "once",   N_("For one use"), T_BOOL, .flags = REQUIRED },
	[PASSWORD_ENDS] = { "ends",   N_("Ends at"),     T_INT,  INSTANT },
};
static const struct field session_fields[] = {
	[SESSION_USER]   = { "account",        N_("User"),            T_REF,  .ref = &user_entity, .flags = REQUIRED | KEY },
	[SESSION_HASH]   = { "hash",        N_("Hash"),            T_CODE, .max = 64, .flags = REQUIRED },
	[SESSION_BEGUN]  = { "begun",       N_("Begun at"),        T_INT,  INSTANT, .flags = REQUIRED },
	[SESSION_USED]   = { "used",        N_("Used at"),         T_INT,  INSTANT, .flags = REQUIRED },
	[SESSION_ENDS]   = { "ends",        N_("Ends at"),         T_INT,  INSTANT, .flags = REQUIRED | KEY },
	[SESSION_SHARED] = { "shared",      N_("Shared computer"), T_BOOL, .flags = REQUIRED },
	[SESSION_CHANGE] = { "must_change", N_("For one use"),     T_BOOL, .flags = REQUIRED },
	[SESSION_TOUR]   = { "tour",        N_("First steps"),     T_BOOL, .flags = REQUIRED },
	[SESSION_LANG]   = { "lang",        N_("Language"),        T_CODE, .max = 16 },
};
static const struct field token_fields[] = {
	[TOKEN_USER]   = { "account",    N_("User"),    T_REF,  .ref = &user_entity, .flags = REQUIRED | KEY },
	[TOKEN_NAME]   = { "name",    N_("Name"),    T_TEXT, .max = 100, .flags = REQUIRED },
	[TOKEN_HASH]   = { "hash",    N_("Hash"),    T_CODE, .max = 64, .flags = REQUIRED },
	[TOKEN_MADE]   = { "made_at", N_("Made at"), T_INT,  INSTANT, .flags = REQUIRED },
	[TOKEN_ENDS]   = { "ends",    N_("Ends at"), T_INT,  INSTANT, .flags = REQUIRED },
	[TOKEN_RIGHTS] = { "rights",  N_("Rights"),  T_INT,  .max = UINT32_MAX, .flags = REQUIRED },
};
static const struct field setting_fields[] = {
	[SETTING_USER] = { "account", N_("User"),        T_REF,  .ref = &user_entity, .flags = REQUIRED | UNIQUE },
	[SETTING_LANG] = { "lang", N_("Language"),    T_CODE, .max = 16 },
	[SETTING_TOUR] = { "tour", N_("First steps"), T_INT,  .max = 99, .flags = REQUIRED },
};
static const struct field wait_fields[] = {
	[WAIT_KEY]      = { "name",     N_("Who or where from"), T_CODE, .max = 64, .flags = REQUIRED | UNIQUE },
	[WAIT_FAILURES] = { "failures", N_("Failures"),          T_INT,  .max = 1000000, .flags = REQUIRED },
	[WAIT_UNTIL]    = { "ends",     N_("Wait until"),        T_INT,  INSTANT, .flags = REQUIRED | KEY },
};
static const struct field sent_fields[] = {
	[SENT_MARK] = { "mark",    N_("Mark of the form"), T_CODE, .max = 64, .flags = REQUIRED | UNIQUE },
	[SENT_TO]   = { "led_to",  N_("Led to"),           T_NOTE, .max = 4000, .flags = REQUIRED },
	[SENT_AT]   = { "sent_at", N_("Sent at"),          T_INT,  INSTANT, .flags = REQUIRED | KEY },
};
static const struct field kept_fields[] = {
	[KEPT_HASH] = { "hash",    N_("Hash"),    T_CODE, .max = 64, .flags = REQUIRED | UNIQUE },
	[KEPT_PATH] = { "path",    N_("Page"),    T_NOTE, .max = 4000, .flags = REQUIRED },
	[KEPT_FORM] = { "form",    N_("Form"),    T_NOTE, .max = KEPT_MOST },
	[KEPT_AT]   = { "kept_at", N_("Kept at"), T_INT,  INSTANT, .flags = REQUIRED | KEY },
	[KEPT_USER] = { "account", N_("User"),    T_REF,  .ref = &user_entity, .flags = REQUIRED | KEY },
};
/* clang-format on */

#define KEPT(object, rows, called, words, what)                                                                        \
	const struct entity object = {                                                                                 \
		.name = called, .title = words, .help = what, .kind = PLAIN, FIELDS(rows), .see = NOBODY               \
	}
/* clang-format off */
KEPT(user_password_entity, password_fields, "user_password", N_("Password"), N_("The hash of a user's password."));
KEPT(user_session_entity,  session_fields,  "user_session",  N_("Session"),  N_("Somebody who is signed in."));
KEPT(user_token_entity,    token_fields,    "user_token",    N_("Token"),    N_("A secret by which a program of the user's reads and writes."));
KEPT(user_setting_entity,  setting_fields,  "user_setting",  N_("Settings"), N_("A user's language, and which of the first steps are done."));
KEPT(sign_in_wait_entity,  wait_fields,     "sign_in_wait",  N_("Wait"),     N_("How long a name or an address waits after wrong passwords."));
KEPT(sent_form_entity,     sent_fields,     "sent_form",     N_("Form that was sent"), N_("By which a form that is sent twice is written once."));
KEPT(kept_form_entity,     kept_fields,     "kept_form",     N_("Form that waits"),    N_("What was typed when the session had ended."));
/* clang-format on */

struct str kept_hash(struct arena *a, struct str secret, const char *purpose)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	unsigned char h[32];
	secret_hash(secret, purpose, h);
	hex_add(&b, h, sizeof(h));
	return (struct str){ arena_text(a, b.p, b.n), b.n };
}
