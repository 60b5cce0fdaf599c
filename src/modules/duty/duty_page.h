/* duty_page.h - the pages of this module, one file each; joined in duty_pages.c. */
#ifndef MERIT_MODULES_DUTY_PAGE_H
#define MERIT_MODULES_DUTY_PAGE_H

#include "modules/duty/door.h"

#define TOUR_DONE 9 /* all steps, or put away */

/* ---- getting in and out ---- */
MUST_CHECK enum err in_page_draw(struct request *q);
MUST_CHECK enum err in_page_prepare(struct request *q);
MUST_CHECK enum err in_page_write(struct request *q);
MUST_CHECK enum err activate_page_draw(struct request *q);
MUST_CHECK enum err out_page_draw(struct request *q);
MUST_CHECK enum err out_page_write(struct request *q);
MUST_CHECK enum err kept_page_draw(struct request *q);
MUST_CHECK enum err password_page_draw(struct request *q);
MUST_CHECK enum err password_page_prepare(struct request *q);
MUST_CHECK enum err password_page_write(struct request *q);

/* ---- the user's own ---- */
MUST_CHECK enum err mine_page_draw(struct request *q);
MUST_CHECK enum err settings_page_draw(struct request *q);
MUST_CHECK enum err settings_page_write(struct request *q);
MUST_CHECK enum err tour_page_draw(struct request *q);
MUST_CHECK enum err tour_page_write(struct request *q);
MUST_CHECK enum err tour_panel_draw(struct request *q, int64_t id);
MUST_CHECK enum err away_page_draw(struct request *q);
MUST_CHECK enum err away_page_write(struct request *q);
MUST_CHECK enum err tokens_page_draw(struct request *q);
MUST_CHECK enum err tokens_page_write(struct request *q);

/* ---- those of others ---- */
MUST_CHECK enum err users_page_draw(struct request *q);
MUST_CHECK enum err new_user_page_draw(struct request *q);
MUST_CHECK enum err new_user_page_write(struct request *q);
MUST_CHECK enum err users_panel_draw(struct request *q, int64_t id);
MUST_CHECK enum err user_page_draw(struct request *q);
MUST_CHECK enum err user_page_write(struct request *q);
MUST_CHECK enum err letters_page_draw(struct request *q);
MUST_CHECK enum err letters_page_prepare(struct request *q);
MUST_CHECK enum err letters_page_write(struct request *q);
MUST_CHECK enum err reset_page_draw(struct request *q);
MUST_CHECK enum err reset_page_prepare(struct request *q);
MUST_CHECK enum err reset_page_write(struct request *q);

/* ---- who read what ---- */
MUST_CHECK enum err readers_page_draw(struct request *q);
MUST_CHECK enum err reads_page_draw(struct request *q);

/* ---- what several of them need ---- */
/* The form that this browser's cookie finds, when this user typed it. E_MISSING: none. */
MUST_CHECK enum err kept_form_of(struct request *q, int64_t user, struct record **ret);
/* The cookie of the session, as long as the browser is open. */
void cookie_session(struct request *q, struct str value);
/* A problem of a field of the form. */
#define problem_in(q, field, ...) problem_at((q)->c->problems, NULL, 0, (field), __VA_ARGS__)
/* The roles that there are, as choices of a form. */
MUST_CHECK enum err role_choices(struct request *q, struct choice **ret, size_t *ret_n);
/* Begins the row of a reading with when it was and who read; and what was read, by its title (N_). */
MUST_CHECK enum err reading_begin(struct request *q, const struct record *r);
const char *reading_what(const struct request *q, const struct record *r);
/* One letter with the sign-in name and a word for one use, on a sheet of its own. */
struct letter {
	struct str name, number, unit, code, word;
};
void letter_draw(struct request *q, const struct letter *l);
/* Rights as a list of words; a unit by its name, or the whole service. */
void rights_draw(struct request *q, right_t rights);
MUST_CHECK enum err over_draw(struct request *q, int64_t unit);
/* A record's number by what stands in a field of the form; 0 and a problem when there is none. */
MUST_CHECK enum err field_key(struct request *q, const char *field, const struct entity *e, int64_t *ret);
/* A day of a field of the form; DATE_NONE: empty, or a problem was added. */
date field_day(struct request *q, const char *field, bool required);

#endif
