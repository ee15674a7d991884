/*
 * Every derived key of TS-0003 10.3, one file per key beside this one. Pure computation.
 * Identifiers come in canonical form (core/identity); `out` changes only on success.
 */
#ifndef HF_CORE_DERIVE_DERIVE_H
#define HF_CORE_DERIVE_DERIVE_H

#include "base/secret.h"
#include "core/identity/key_id.h"

#define HF_LABEL_BOOTSTRAP  "EXPORTER-oneM2M-Bootstrap"  /* Ke */
#define HF_LABEL_CONNECTION "EXPORTER-oneM2M-Connection" /* Kc */
#define HF_LABEL_ESCERTKE   "EXPORTER-oneM2M-ESCertKE"

/* 10.3.1: splits 48 exported octets, the first 16 the identifier, the last 32 the key. */
HF_CHECKED hf_status hf_exported_split(const struct hf_secret *exported,
                                       uint8_t id[HF_RELATIVE_ID_LEN], struct hf_secret *key);
/* 10.3.7: HMAC-SHA-256(Ke, label || SUID as two decimal digits || target FQDN). */
HF_CHECKED hf_status hf_usage_constrained_derive(const struct hf_secret *ke, unsigned suid,
                                                 struct hf_bytes target_fqdn,
                                                 struct hf_secret *out);
/* 10.3.2 and 10.3.3: the older Km and Kpsa, behind the switch legacy-labels. */
HF_CHECKED hf_status hf_km_derive(const struct hf_secret *ke, struct hf_bytes maf_fqdn,
                                  struct hf_secret *out);
HF_CHECKED hf_status hf_kpsa_derive(const struct hf_secret *ke, struct hf_bytes enrolee_b_id,
                                    struct hf_secret *out);

struct hf_ke2e {
    struct hf_secret master, msg_auth, msg_conf, att_auth, att_conf;
};
/* 10.3.6; an empty salt counts as 32 zero octets. */
HF_CHECKED hf_status hf_ke2e_derive(const struct hf_secret *kpsa, struct hf_bytes salt,
                                    struct hf_ke2e *out);
/* 10.3.8.2: the rand objects as compact JSON (digest 3.6). */
HF_CHECKED hf_status hf_session_esprim_key_derive(const struct hf_secret *pairwise,
                                                  struct hf_bytes receiver_object,
                                                  struct hf_bytes originator_object,
                                                  struct hf_secret *out);

#endif
