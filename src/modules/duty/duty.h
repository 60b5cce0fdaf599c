/* duty.h - what users may do and where: roles, duties over units, deputies; signing in; who read whose file.
 * Sources: DP-07 MP-223. */
#ifndef MERIT_MODULES_DUTY_H
#define MERIT_MODULES_DUTY_H

#include "modules/staff/staff.h"

extern const struct module duty_module;
/* Ledgered. */
extern const struct entity user_role_entity, user_duty_entity, user_deputy_entity, user_person_entity,
	user_letter_entity, file_read_entity;
/* Of this server alone, no clocks and no proof. */
extern const struct entity user_password_entity, user_session_entity, user_token_entity, user_setting_entity,
	sign_in_wait_entity, sent_form_entity, kept_form_entity;
extern const struct projection user_now_projection;

enum user_role_field { ROLE_CODE, ROLE_NAME, ROLE_NAMES, ROLE_RIGHTS /* then one a right */ };
enum user_duty_field { DUTY_NUMBER, DUTY_ROLE, DUTY_UNIT, DUTY_STATE };
enum user_deputy_field { DEPUTY_NUMBER, DEPUTY_TO, DEPUTY_ROLE, DEPUTY_REASON, DEPUTY_STATE };
/* The role of everybody with a file: what letters give. */
#define ROLE_EMPLOYEE "employee"
/* The role of whoever heads a unit: what acting for its head gives. */
#define ROLE_HEAD "line-manager"
#define DUTY_STATES "held ended"
enum { DUTY_HELD, DUTY_ENDED };
enum file_read_field { READ_BY, READ_WHAT, READ_PAGE, READ_AT };
enum user_letter_field { LETTER_KIND, LETTER_AT, LETTER_CHECKED, LETTER_REASON };
enum { LETTER_ACTIVATION, LETTER_RESET };
/* Columns of user_now. */
enum user_now_column { NOW_NAME, NOW_NAME_FOLD, NOW_PERSON, NOW_STATUS };

/* Who keeps the door of the site. */
extern const struct gate duty_gate;
extern const struct page duty_pages[];
extern const struct panel duty_panels[];
extern const struct home duty_homes[];

/* ---- users, for pages, commands and the demo: inside a change of the caller ---- */

/* A new user, with the file that is the user's own (0: none). E_INVALID, E_CONFLICT: c->problems. */
MUST_CHECK enum err user_add(struct ctx *c, struct str code, struct str name, int64_t person, date from, int64_t *ret);
/* Another duty from a day; unit 0: the whole service; until DATE_NONE: without end. */
struct duty_ask {
	int64_t user, role, unit;
	date from, until;
};
MUST_CHECK enum err user_give(struct ctx *c, const struct duty_ask *ask);
/* The duty of this number ends: its last day is the one before `from`. */
MUST_CHECK enum err user_take(struct ctx *c, int64_t user, int64_t number, date from);
/* The password, at once and outside the ledger; once: only good for choosing another one. Ends the user's sessions;
 * once: the tokens too, since the way in was lost.
 * hash: of password_hash(). Inside a write transaction. */
MUST_CHECK enum err user_set_password(struct ctx *c, int64_t user, const char *hash, bool once);
/* Of whom a file is the own; 0: nobody. And the file of a user; 0: none. */
MUST_CHECK enum err user_of_person(struct ctx *c, int64_t person, int64_t *ret);
MUST_CHECK enum err user_person(struct ctx *c, int64_t user, int64_t *ret);

/* For struct face: the unit at the top, the name of a user, and keeping a language. */
MUST_CHECK enum err office_name(struct ctx *c, struct str *ret);
MUST_CHECK enum err user_name(struct ctx *c, int64_t user, struct str *ret);
MUST_CHECK enum err user_set_lang(struct ctx *c, const struct who *w, struct str tag);

/* Who a user is today, as at the door: name, reach, own file. Without a session. E_DENIED: closed or unknown. */
MUST_CHECK enum err who_of_user(struct ctx *c, int64_t user, const struct who **ret);

#endif
