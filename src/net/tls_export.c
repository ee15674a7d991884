/* The one exporter (threat rows CH-1 and CH-2): no other file may call the library's. */
#include "net/tls_session.h"

#include <string.h>

static bool binds_the_handshake(gnutls_session_t session)
{
    return gnutls_protocol_get_version(session) == GNUTLS_TLS1_3
           || gnutls_session_ext_master_secret_status(session) != 0;
}

hf_status hf_tls_export(struct hf_tls *t, const char *label, struct hf_secret *out)
{
    struct hf_secret exported = {0};
    int rc;

    if (t->stage != HF_STAGE_SECURED && t->stage != HF_STAGE_CLOSED)
        return HF_ERR_UNEXPECTED;
    if (!binds_the_handshake(t->session))
        return HF_ERR_DENIED;
    if (t->has_exported)
        return HF_ERR_CONFLICT;
    rc = gnutls_prf_rfc5705(t->session, strlen(label), label, 0, NULL, HF_EXPORT_LEN,
                            (char *)hf_secret_room(&exported, HF_EXPORT_LEN));
    if (rc == 0) {
        t->has_exported = true;
        *out = exported;
    }
    hf_secret_wipe(&exported);
    return rc == 0 ? HF_OK : HF_ERR_CRYPTO;
}
