/* change.h - the one door for writes: check, close, insert, leaf, projections, terms; one change = one entry.
 *
 *     TRY(change_begin(c, "round.open", 0));
 *     TRY(change_settle(c, change_save(c, r), &position));
 *
 * Inside a write transaction of the caller (txn_write or the group-commit writer).
 */
#ifndef MERIT_ENTITY_CHANGE_H
#define MERIT_ENTITY_CHANGE_H

#include "entity/ctx.h"
#include "entity/record.h"

MUST_CHECK enum err change_begin(struct ctx *c, const char *action, int64_t subject);
/* E_INVALID: two owners would hold one seat once all of the change is written (so that two may exchange seats in one
 * change); c->problems says who. The change is over in every case; after a failure the transaction must be undone. */
MUST_CHECK enum err change_end(struct ctx *c, int64_t *ret_position);
void change_abandon(struct ctx *c);
/* Ends the change when what was done in it went well (e), gives it up when not: answers e, or what change_end() does.
 */
MUST_CHECK enum err change_settle(struct ctx *c, enum err e, int64_t *ret_position);
int64_t change_position(const struct ctx *c); /* that the open change will have */

/* A new fact, or "it changed on r->valid_from". E_INVALID: c->problems says why, all reasons at once.
 * THING: a new record (id 0) gets its anchor and id; an existing one gets a version from r->valid_from, and each field
 * that differs from the version holding there is carried forward to later versions that had copied the old value.
 * E_CONFLICT: a row with the same natural key is believed already (with equal values too); a problem says so.
 * E_MISSING: r->id is the number of no record. Fills r->id, vid, code, known_from, idx; a new fact's `rec` is its first
 * vid. What rules take from c->arena lives until the save returns. */
MUST_CHECK enum err change_save(struct ctx *c, struct record *r);
/* "It was recorded wrongly": replaces the believed row that has the same natural key; a reason is demanded and stands
 * in the new row (`why`). E_MISSING: no such row. Equal values: nothing is written, E_OK. */
MUST_CHECK enum err change_correct(struct ctx *c, struct record *r, struct str reason);
/* The believed row of this natural key never was, or was under another key (then save the new one in the same change).
 */
MUST_CHECK enum err change_withdraw(struct ctx *c, const struct record *key, struct str reason);
/* The THING exists no more from the day. */
MUST_CHECK enum err change_close(struct ctx *c, const struct entity *e, int64_t id, date from);
/* The rows that change_save would write for a back-dated change, without writing: the preview. */
MUST_CHECK enum err change_preview(struct ctx *c, const struct record *r, struct record ***ret, size_t *ret_n);
/* A leaf of an upper layer's own table (pack_use, candidate) in the open change: returns idx. */
uint32_t change_leaf(struct ctx *c, const struct hash *leaf);

/* All checks of one record against its declaration, rules and references, without writing. True when none found. */
bool record_check(struct ctx *c, const struct record *old, struct record *r);

/* ---- projections, terms, audit of rows ---- */
/* Re-derives what may have turned since the store was last opened on an earlier day; all of it: rebuild. */
MUST_CHECK enum err projections_turn(struct ctx *c);
MUST_CHECK enum err projections_rebuild(struct ctx *c);
/* What stands in the lists by the order of the rules, after other rules were loaded; in the same transaction, once
 * c->codes knows them. */
MUST_CHECK enum err projections_ruled(struct ctx *c);
/* For many writes in a row to a store that nobody reads yet: lists and words wait for projections_rebuild(). */
void projections_later(struct ctx *c);

/* The records whose searched words begin with every word given; at most n, so that who asks for one more knows whether
 * there are more. */
MUST_CHECK enum err search(struct ctx *c, const struct entity *e, struct str words, int64_t *ids, size_t n,
			   size_t *ret_n);

/* verify's share: every row of every ledgered entity against the ledger, and known_to, anchors, vids, folds,
 * projections, terms, code numbers recomputed, invariants re-run. Uses all cores. */
struct audit;
MUST_CHECK enum err entity_audit(struct ctx *c, struct audit *a);

#endif
