/* The extensions of a certificate that path validation asks for (RFC 5280, 4.2.1). */
#ifndef HF_CORE_CERTIFICATE_EXTENSIONS_H
#define HF_CORE_CERTIFICATE_EXTENSIONS_H

#include "core/certificate/certificate.h"

/* `content`: that of the SEQUENCE OF Extension. Fills the fields of `out` that come from them.
 * The statuses of hf_certificate_read. */
HF_CHECKED hf_status hf_extensions_read(struct hf_bytes content, struct hf_certificate *out);

#endif
