/* proof_file.h - what a stranger checks without the store: a decision's rows, their entry, a signed checkpoint.
 *
 * { "format": "merit-proof-1", "origin", "checkpoint": note, "entry": {canonical members}, "entry_index": seq - 1,
 *   "log_path": [hex], "rows": [ { "entity", "header": {}, "open": {}, "salt": hex, "closed": {} and "salt_closed": hex
 *   | "closed_hash": hex | neither (no confidential group), "idx", "path": [hex] } ], "decision": {} }
 *
 * `path` may be absent only where every row of the entry is present: the root is then made from all of them. What is
 * hashed of entry, header, open and closed is their canonical form (RFC 8785), made anew from what was read. `decision`
 * belongs to the layer that decided: it is not hashed here, and that layer checks it against the rows.
 */
#ifndef MERIT_LEDGER_PROOF_FILE_H
#define MERIT_LEDGER_PROOF_FILE_H

#include "base/json.h"
#include "base/problem.h"
#include "ledger/ledger.h"

#include <stdio.h>

struct json_t; /* jansson's: upper layers that look inside include its header */

/* ---- checking ---- */

/* A row as it stands in the file; texts are canonical. Valid only inside the call: a file may be larger than memory, so
 * its rows are read one at a time. */
struct proof_row {
	const char *entity;
	int64_t idx;
	const struct json_t *header, *open;
	const struct json_t *closed; /* NULL: not shown, or none */
	struct str header_text, open_text, closed_text;
	struct hash leaf;
};
struct proof_file {
	struct checkpoint checkpoint; /* true once verified, as are entry and rows */
	struct entry entry;
	size_t rows;
	bool all;                      /* every row of the entry is present */
	const struct json_t *decision; /* NULL: none */
	struct proof_inside *inside;
};
/* Reads the form, proves nothing. E_INVALID: not such a file; the problems, of file `name`, say where. `in` can be read
 * more than once and outlives the proof_file. */
MUST_CHECK enum err proof_file_read(const char *name, FILE *in, struct problems *p, struct proof_file **ret);
/* Signature, entry and every row. For each row that holds, in the order of the file, calls each (may be NULL), which
 * answers E_INVALID after adding a problem when the layer above disagrees. E_DENIED: something does not hold, and the
 * problems say what. */
MUST_CHECK enum err proof_file_verify(struct proof_file *f, const struct verifier *v,
				      enum err (*each)(void *arg, const struct proof_row *row), void *arg,
				      struct problems *p);
void proof_file_free_p(struct proof_file **f);

/* ---- writing ---- */

struct proof_writer {
	struct json json; /* for the decision's value */
	struct ledger *ledger;
	int64_t seq;
	bool paths, decided;
};
/* One row to be shown; texts are canonical. closed.n > 0 shows the confidential group, else closed_hash (NULL: none).
 */
struct proof_row_text {
	const char *entity;
	uint32_t idx;
	struct str header, open, closed;
	const unsigned char *salt, *salt_closed;
	const struct hash *closed_hash;
};
/* Begins a proof of entry seq at the ledger's head and its list of rows. With all_rows the caller writes every row of
 * the entry and no paths are given. E_MISSING: no such entry under the head. */
MUST_CHECK enum err proof_write_begin(struct proof_writer *w, struct ledger *l, int64_t seq, bool all_rows,
				      struct buf *out);
MUST_CHECK enum err proof_write_row(struct proof_writer *w, const struct proof_row_text *row);
/* Ends the rows and opens the member `decision`: the caller writes one JSON value to w->json before proof_write_end().
 */
void proof_write_decision(struct proof_writer *w);
/* Ends the file; without proof_write_decision() it has no such member. */
void proof_write_end(struct proof_writer *w);

#endif
