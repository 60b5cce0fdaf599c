/* door.h - who stands at the door: users as they are today, sessions, tokens. Inner to duty/. */
#ifndef MERIT_MODULES_DUTY_DOOR_H
#define MERIT_MODULES_DUTY_DOOR_H

#include "modules/duty/kept.h"

/* A user of today, without a session: who->role and who->lang are not filled. */
struct standing_user {
	struct who who;
	int64_t role;                 /* of the first duty; 0: none */
	const struct str *role_names; /* by place in langs[]; NULL: none */
	bool may_come;                /* exists and is not closed */
};
/* From what this thread keeps while it holds, and lives there: valid until the next call on this thread. Inside a
 * transaction, after the ledger's head was read. */
MUST_CHECK enum err standing_of(struct ctx *c, int64_t user, const struct standing_user **ret);
/* The name of a role in a language; empty: none. */
MUST_CHECK enum err role_words(struct ctx *c, int64_t role, const struct lang *l, struct str *ret);
/* Every duty of today by which people's files are read, in order of user; valid until the next call on this thread. */
struct over {
	int64_t user, role, unit; /* unit 0: the whole service */
	int64_t first, last;      /* preorder numbers */
	bool acting;              /* heads the unit for a time; role, first and last are not filled */
};
MUST_CHECK enum err standing_readers(struct ctx *c, const struct over **ret, size_t *ret_n);
/* Those who stand in for others today and until that day at the latest, the first to end first; the arena's. */
struct standing_in {
	int64_t deputy, of; /* users */
	date until;
};
MUST_CHECK enum err standing_deputies(struct ctx *c, date until, struct standing_in **ret, size_t *ret_n);
/* The unit that a person heads today by acting for the post that heads it, the user who holds that post (0: it is
 * vacant, or its holder never signs in), and the most that follows from it: nobody gives what they do not have, so what
 * whoever entered the appointment might do there on that day. unit 0: none. */
struct acting {
	int64_t unit, holder;
	right_t most;
};
#define ALL_RIGHTS (~(right_t)0)
MUST_CHECK enum err acting_of(struct ctx *c, int64_t person, struct acting *ret);
/* Adds those who so head a unit or one above it. */
MUST_CHECK enum err acting_over(struct ctx *c, int64_t unit, struct over *list, size_t most, size_t *n);
/* Forgets what this thread keeps: for tests that make one store after another. */
void standing_forget(void);

/* ---- sessions: inside a transaction of the caller ---- */
struct session_ask {
	int64_t user;
	bool shared, must_change, tour;
	struct str lang; /* tag */
};
/* *ret_cookie: what the browser keeps. */
MUST_CHECK enum err session_begin(struct ctx *c, const struct session_ask *ask, struct str *ret_cookie);
MUST_CHECK enum err session_end(struct ctx *c, int64_t session);
/* All of a user but one (0: all). */
MUST_CHECK enum err sessions_end(struct ctx *c, int64_t user, int64_t but);
/* For how long a session goes on at most; microseconds. */
int64_t session_most(bool shared);

/* ---- passwords ---- */
/* E_MISSING: the user has none. */
MUST_CHECK enum err password_of(struct ctx *c, int64_t user, struct record **ret);
/* A letter's word works for 30 days, and once somebody came in with it for an hour more, to choose a password. */
#define LETTER_LIFE (30 * 24 * HOUR)
MUST_CHECK enum err password_used(struct ctx *c, int64_t user);

/* ---- settings, waits ---- */
/* The user's, or new ones with nothing set. */
MUST_CHECK enum err settings_of(struct ctx *c, int64_t user, struct record **ret);
/* Microseconds until somebody of this name, from this address, may try again; 0: now. */
MUST_CHECK enum err wait_of(struct ctx *c, struct str name, struct str address, int64_t *ret);
/* A wrong password: the name waits 0, 0, 1, 2, 4 seconds and so on up to 15 minutes; an address, which a whole office
 * may share, begins to wait after 30, up to a minute, and is forgiven ten a minute. */
MUST_CHECK enum err wait_longer(struct ctx *c, struct str name, struct str address);
MUST_CHECK enum err wait_over(struct ctx *c, struct str name);

#endif
