/*
 * The outcome of security association establishment (founding text 2, item 9), always all four: a
 * SecureConnectionID, the Secure Connection Key (which stays in the secure environment, under
 * `name`), its lifetime, and the security methods and parameters. Plain values; texts borrowed.
 */
#ifndef HF_CORE_ASSOCIATE_ASSOCIATION_H
#define HF_CORE_ASSOCIATE_ASSOCIATION_H

#include "base/arena.h"
#include "core/record/record.h"

struct hf_association {
    struct hf_bytes ae, target;           /* absolute IDs: for whom, and to whom */
    struct hf_bytes secure_connection_id; /* hexBinary(KcID) "@" MAF-FQDN: the psk_identity */
    uint64_t expires_s;
    unsigned suid;               /* the feature that the key is for */
    struct hf_bytes suite;       /* version and suite that Kc came from */
    struct hf_bytes server_name; /* public name of the target: its SNI */
    struct hf_bytes address;     /* of the target's association listener, numeric; may be empty */
    uint16_t port;
};

/*
 * Name of its entry in the secure environment: one application never finds another's key by its
 * own names (threat row DEV-9). HF_ERR_LIMIT: the two IDs together are too long for a name.
 */
HF_CHECKED hf_status hf_association_name(struct hf_bytes ae, struct hf_bytes target,
                                         struct hf_arena *a, struct hf_bytes *out);

#endif
