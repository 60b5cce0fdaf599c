/* proof_write.c - a proof file, written member by member. */
#include "ledger/inside.h"
#include "ledger/proof_file.h"

static void add_path(struct json *j, const char *key, const struct hash *path, size_t n)
{
	json_key(j, key);
	json_array(j);
	for (size_t i = 0; i < n; i++)
		json_hash(j, path[i].b, HASH_SIZE);
	json_array_end(j);
}

enum err proof_write_begin(struct proof_writer *w, struct ledger *l, int64_t seq, bool all_rows, struct buf *out)
{
	struct buf entry CLEANUP(buf_release) = BUF_INIT;
	struct hash path[MERKLE_PATH];
	struct entry e;
	size_t n;
	TRY(entry_get(ledger_store(l), seq, &e));
	TRY(proof_entry(ledger_store(l), seq, (uint64_t)ledger_committed(l), path, &n));
	entry_canonical(&e, &entry);
	*w = (struct proof_writer){ .ledger = l, .seq = seq, .paths = !all_rows };
	struct json *j = &w->json;
	json_init(j, out);
	json_object(j);
	json_member_text(j, "format", "merit-proof-1");
	json_member_text(j, "origin", ledger_origin(l));
	json_member_text(j, "checkpoint", ledger_note(l));
	json_key(j, "entry");
	json_raw(j, (struct str){ entry.p, entry.n });
	json_member_int(j, "entry_index", seq - 1);
	add_path(j, "log_path", path, n);
	json_key(j, "rows");
	json_array(j);
	return E_OK;
}

static void add_closed(struct json *j, const struct proof_row_text *row)
{
	if (row->closed.n > 0) {
		json_key(j, "closed");
		json_raw(j, row->closed);
		json_member_hash(j, "salt_closed", row->salt_closed, SALT_SIZE);
	} else if (row->closed_hash) {
		json_member_hash(j, "closed_hash", row->closed_hash->b, HASH_SIZE);
	}
}

enum err proof_write_row(struct proof_writer *w, const struct proof_row_text *row)
{
	struct hash path[MERKLE_PATH];
	size_t n = 0;
	struct json *j = &w->json;
	if (w->paths)
		TRY(proof_row(ledger_store(w->ledger), w->seq, row->idx, path, &n));
	json_object(j);
	json_member_text(j, "entity", row->entity);
	json_key(j, "header");
	json_raw(j, row->header);
	json_key(j, "open");
	json_raw(j, row->open);
	json_member_hash(j, "salt", row->salt, SALT_SIZE);
	add_closed(j, row);
	json_member_int(j, "idx", row->idx);
	if (w->paths)
		add_path(j, "path", path, n);
	json_object_end(j);
	return E_OK;
}

void proof_write_decision(struct proof_writer *w)
{
	json_array_end(&w->json);
	w->decided = true;
	json_key(&w->json, "decision");
}

void proof_write_end(struct proof_writer *w)
{
	if (!w->decided)
		json_array_end(&w->json);
	json_object_end(&w->json);
	buf_char(w->json.out, '\n');
}
