/* verify.h - every table of a store against the ledger: what `merit verify` and the page of proof run. */
#ifndef MERIT_DECISION_VERIFY_H
#define MERIT_DECISION_VERIFY_H

#include "entity/ctx.h"
#include "ledger/audit.h"

/* Findings go to f. E_INVALID: so much is gone that not all could be asked (f says what). *ret, which must be NULL
 * before, is the caller's to free in every case. Nobody may write meanwhile: rows that arrive would be findings. */
MUST_CHECK enum err verify_whole(struct ctx *c, struct findings *f, struct audit **ret);
/* The same while others write: one state, by one thread through c's own connection, which must have no transaction
 * open and has one until *ret is freed. */
MUST_CHECK enum err verify_beside(struct ctx *c, struct findings *f, struct audit **ret);

#endif
