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

/* Ke and Kc have 32 octets; what the exporter gives has the identifier before them. */
enum { HF_EXPORTED_KEY_LEN = 32, HF_EXPORTED_LEN = HF_RELATIVE_ID_LEN + HF_EXPORTED_KEY_LEN };

/*
 * 10.3.1: splits 48 exported octets, the first 16 the identifier, the last 32 the key.
 * HF_ERR_MALFORMED: another length. `key` may be `exported`.
 */
HF_CHECKED hf_status hf_exported_split(const struct hf_secret *exported,
                                       uint8_t id[HF_RELATIVE_ID_LEN], struct hf_secret *key);
/*
 * 10.3.7: HMAC-SHA-256(Ke, label || SUID as two decimal digits || target FQDN). No two accepted
 * pairs of SUID and target give the same octets.
 * HF_ERR_MALFORMED: Ke is not 32 octets, the SUID is none of 21..25 (keys that a MEF provisions),
 * or the target is not a canonical FQDN.
 */
HF_CHECKED hf_status hf_usage_constrained_derive(const struct hf_secret *ke, unsigned suid,
                                                 struct hf_bytes target_fqdn,
                                                 struct hf_secret *out);
/*
 * 10.3.2 and 10.3.3: the older Km and Kpsa, behind the switch legacy-labels.
 * HF_ERR_MALFORMED: Ke is not 32 octets, the FQDN or the absolute CSE-ID or AE-ID not canonical.
 */
HF_CHECKED hf_status hf_km_derive(const struct hf_secret *ke, struct hf_bytes maf_fqdn,
                                  struct hf_secret *out);
HF_CHECKED hf_status hf_kpsa_derive(const struct hf_secret *ke, struct hf_bytes enrolee_b_id,
                                    struct hf_secret *out);

struct hf_ke2e {
    struct hf_secret master, msg_auth, msg_conf, att_auth, att_conf;
};
/*
 * 10.3.6; an empty salt counts as 32 zero octets.
 * HF_ERR_MALFORMED: a Kpsa of fewer than 16 octets.  HF_ERR_LIMIT: a salt of more than 64.
 */
HF_CHECKED hf_status hf_ke2e_derive(const struct hf_secret *kpsa, struct hf_bytes salt,
                                    struct hf_ke2e *out);
/*
 * 10.3.8.2: the rand objects as compact JSON (digest 3.6).
 * HF_ERR_MALFORMED: a pairwise key of fewer than 16 octets, or an object that is not one flat JSON
 * object of printable ASCII without white space.  HF_ERR_LIMIT: an object of more than 2048 octets.
 */
HF_CHECKED hf_status hf_session_esprim_key_derive(const struct hf_secret *pairwise,
                                                  struct hf_bytes receiver_object,
                                                  struct hf_bytes originator_object,
                                                  struct hf_secret *out);

#endif
