/*
 * The public facts that a node keeps beside its keys in the secure environment, as JSON text: what
 * bootstrapping told it, and the outputs of an association. No key in them.
 */
#ifndef HF_CODEC_NODE_FACTS_H
#define HF_CODEC_NODE_FACTS_H

#include "base/arena.h"
#include "base/wire.h"
#include "core/associate/association.h"
#include "core/enrol/enrolment.h"

HF_CHECKED hf_status hf_enrolment_write(const struct hf_enrolment *e, struct hf_writer *w);
/* HF_ERR_MALFORMED, HF_ERR_LIMIT. */
HF_CHECKED hf_status hf_enrolment_read(struct hf_bytes json, struct hf_arena *a,
                                       struct hf_enrolment *out);
HF_CHECKED hf_status hf_association_write(const struct hf_association *c, struct hf_writer *w);
HF_CHECKED hf_status hf_association_read(struct hf_bytes json, struct hf_arena *a,
                                         struct hf_association *out);
/* The MEF client configuration, as far as a node wants it; leaves the rest of `out`. */
HF_CHECKED hf_status hf_enrolment_read_configuration(struct hf_bytes json, struct hf_arena *a,
                                                     struct hf_enrolment *out);

#endif
