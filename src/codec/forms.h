/* What a text attribute has to be, and its canonical form. */
#ifndef HF_CODEC_FORMS_H
#define HF_CODEC_FORMS_H

#include "codec/attributes.h"

/*
 * The canonical form in `a`. HF_ERR_MALFORMED: not of that form, empty or longer than `max`;
 * HF_ERR_LIMIT: no room.
 */
HF_CHECKED hf_status hf_form_read(enum hf_text_form form, struct hf_bytes text, size_t max,
                                  struct hf_arena *a, struct hf_bytes *out);
/* A target that may be named by its bare FQDN: "maf.example" becomes "//maf.example". */
HF_CHECKED hf_status hf_form_read_function(struct hf_bytes text, struct hf_arena *a,
                                           struct hf_bytes *out);
/* A letter, then letters and digits: the word of a bootstrap method, known or not. */
bool hf_form_is_word(struct hf_bytes text);

#endif
