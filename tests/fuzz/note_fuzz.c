/* note_fuzz.c - any bytes are a note, a key or neither; what is read as a key is written as the same text, and only
 * what the key signed is accepted. */
#include "base/arena.h"
#include "ledger/note.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define PUBLIC "example.org/merit+1ef0e258+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"

static void expect(bool holds, const char *what)
{
	if (!holds)
		bug("%s", what);
}

static void same_text(struct buf *again, struct str text)
{
	expect(str_eq((struct str){ again->p, again->n }, str_trim(text)), "two texts give the same key");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct buf text CLEANUP(buf_release) = BUF_INIT;
	struct str s = { (const char *)data, n };
	struct verifier v;
	struct signer signer;
	struct checkpoint c;
	if (verifier_parse(s, &v) == E_OK) {
		verifier_text(&v, &text);
		same_text(&text, s);
	}
	if (signer_parse(s, &signer) == E_OK) {
		buf_reset(&text);
		signer_text(&signer, &text);
		same_text(&text, s);
	}
	expect(verifier_parse(STR(PUBLIC), &v) == E_OK, "the key is none");
	if (note_open(s, &v, &c) == E_OK)
		expect(c.size == 1284 || c.size == 3, "a note is accepted that was never signed");
	return 0;
}
