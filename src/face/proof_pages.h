/* proof_pages.h - the pages of proof, one file each; joined in decision_pages.c. */
#ifndef MERIT_FACE_PROOF_PAGES_H
#define MERIT_FACE_PROOF_PAGES_H

#include "face/face.h"

extern const struct page proof_page, proof_code_page, proof_sample_page;

#endif
