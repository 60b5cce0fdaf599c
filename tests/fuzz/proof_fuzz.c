/* proof_fuzz.c - any bytes are a proof file or refused with words; what is proved is what was signed, and its canonical
 * form, read again, is itself. */
#include "../help/memory_file.h"
#include "base/jansson_read.h"
#include "ledger/canonical.h"
#include "ledger/proof_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define PUBLIC "example.org/merit+1ef0e258+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"

static void expect(bool holds, const char *what)
{
	if (!holds)
		bug("%s", what);
}

static void comes_back(struct str text)
{
	struct buf again CLEANUP(buf_release) = BUF_INIT;
	json_t *value = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, NULL);
	expect(canonical_add(value, &again) && str_eq((struct str){ again.p, again.n }, text),
	       "a form is not canonical");
	json_decref(value);
}

static enum err row(void *arg, const struct proof_row *row)
{
	(void)arg;
	comes_back(row->header_text);
	comes_back(row->open_text);
	if (row->closed != NULL)
		comes_back(row->closed_text);
	return E_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct problems problems CLEANUP(problems_release) = PROBLEMS_INIT;
	FILE *file CLEANUP(memory_file_close) = memory_file((struct str){ (const char *)data, n });
	struct proof_file *f CLEANUP(proof_file_free_p) = NULL;
	struct verifier v;
	expect(verifier_parse(STR(PUBLIC), &v) == E_OK, "the key is none");
	enum err e = proof_file_read("proof.json", file, &problems, &f);
	if (e == E_OK)
		e = proof_file_verify(f, &v, row, NULL, &problems);
	expect((e == E_OK) == (problems.count == 0), "a file is refused without words, or accepted with some");
	if (e == E_OK)
		expect(f->checkpoint.size == 3 && f->entry.seq >= 1 && f->entry.seq <= 3,
		       "what was never signed is proved");
	return 0;
}
