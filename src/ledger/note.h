/* note.h - signed notes of checkpoints (C2SP tlog-checkpoint, signed-note) with Ed25519, and the keys' text forms. */
#ifndef MERIT_LEDGER_NOTE_H
#define MERIT_LEDGER_NOTE_H

#include "base/buf.h"
#include "base/error.h"
#include "base/sha256.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct signer {         /* private: never leaves STORE.d/key */
	char name[128]; /* the log's origin */
	unsigned char secret[64], public[32];
};
struct verifier {
	char name[128];
	unsigned char public[32];
};

/* What a key or log may be named: 1 to 127 bytes of UTF-8 without blanks and plus signs. */
bool note_name_fits(struct str name);
/* A key from 32 seed bytes (a demo's key derives from its seed; others from the system's randomness). */
void signer_make(struct signer *s, const char *name, const unsigned char seed[static 32]);
void signer_text(const struct signer *s, struct buf *out);             /* "PRIVATE+KEY+name+hash+base64" */
MUST_CHECK enum err signer_parse(struct str text, struct signer *ret); /* E_INVALID */
void verifier_of(const struct signer *s, struct verifier *ret);
void verifier_text(const struct verifier *v, struct buf *out);             /* C2SP verifier key "name+hash+base64" */
MUST_CHECK enum err verifier_parse(struct str text, struct verifier *ret); /* blanks around it allowed; E_INVALID */

struct checkpoint {
	char origin[128];
	uint64_t size;
	struct hash root;
};
void note_sign(const struct checkpoint *c, const struct signer *s, struct buf *out); /* the whole note */
/* E_INVALID: not a note of that form. E_DENIED: the signature is not this key's. */
MUST_CHECK enum err note_open(struct str note, const struct verifier *v, struct checkpoint *ret);

#endif
