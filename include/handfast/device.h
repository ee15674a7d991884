/*
 * A device: its bootstrap credential, its secure environment, and what bootstrapping made of it.
 *
 * Life and threads: a device belongs to one thread at a time and outlives every task and session
 * made from it. The library starts no thread, keeps no global state and owns no loop.
 */
#ifndef HANDFAST_DEVICE_H
#define HANDFAST_DEVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <handfast/status.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { HF_DEVICE_METHODS_MAX = 4 };

/* Everything is copied or read when the device is opened. Zero what you do not use. */
struct hf_device_options {
    const char *provider;                /* FQDN of the M2M service provider */
    const char *mef_fqdn;                /* where to bootstrap */
    const char *mef_address;             /* numeric; NULL: resolve the FQDN (which may block) */
    uint16_t certificate_port, psk_port; /* of the MEF; 0: its list of methods tells */
    /* What this device can do, best first: "certificate", "psk". One: it is used; several: the
     * MEF is asked, and the first of its list that is here is taken. */
    const char *methods[HF_DEVICE_METHODS_MAX];
    size_t method_count;
    const char *anchors_file;     /* PEM: who may vouch for the provider's MEF and MAF */
    const char *certificate_file; /* PEM chain, leaf first; for the method "certificate" */
    const char *private_key_file; /* PEM, mode 0600 or 0400 */
    const char *psk_identity;     /* KpmID; for the method "psk" */
    const char *psk_file;         /* 16 to 64 octets in hex, mode 0600 or 0400 */
    const char *sealed_file;      /* the secure environment; made if it is not there */
    const char *passphrase_file;  /* mode 0600 or 0400 */
    const char *entity;           /* absolute ID to register as; NULL: the MEF knows */
    uint32_t lifetime_s;          /* of the enrolment, as asked for; 0: a year */
};

struct hf_device;

/* `why` may be NULL. On failure *out is as it was. */
HF_PUBLIC_CHECKED hf_status hf_device_open(const struct hf_device_options *options,
                                           struct hf_device **out, struct hf_report *why);
void hf_device_close(struct hf_device *d); /* accepts NULL; wipes */

/* What bootstrapping gave; texts live until the next bootstrap, forget or close. */
struct hf_device_enrolment {
    const char *provider;
    const char *mef_fqdn;
    const char *node_id;
    const char *cse_id;    /* absolute; "" where the node has none */
    const char *in_cse_id; /* absolute, of the infrastructure node */
    const char *maf_fqdn;
    const char *key_id; /* KmID: names the long-term key, which stays in the secure environment */
    const char *const *ae_ids;
    size_t ae_count;
    uint64_t expires_s; /* seconds since 1970, UTC */
    bool is_current;    /* in force, with the configured provider */
};

/* HF_ERR_UNKNOWN: never enrolled. */
HF_PUBLIC_CHECKED hf_status hf_device_enrolment(struct hf_device *d,
                                                struct hf_device_enrolment *out);
/* Erases the long-term key and every association's from the secure environment. */
HF_PUBLIC_CHECKED hf_status hf_device_forget(struct hf_device *d);

/* An association's four outputs; the key is in the secure environment. Texts as above. */
struct hf_device_association {
    const char *ae, *target;          /* absolute IDs */
    const char *secure_connection_id; /* SecureConnectionID: hexBinary(KcID)@MAF-FQDN */
    uint64_t expires_s;
    unsigned suid;           /* what the key may be used for: 32 */
    const char *suite;       /* TLS version and suite that it came from */
    const char *server_name; /* SNI when talking to the target */
    const char *address;     /* of the target, numeric; "" where it is not known */
    uint16_t port;
};

/* HF_ERR_UNKNOWN: there is none. HF_ERR_EXPIRED: it is over; *out is set nevertheless. */
HF_PUBLIC_CHECKED hf_status hf_device_association(struct hf_device *d, const char *ae,
                                                  const char *target,
                                                  struct hf_device_association *out);

#ifdef __cplusplus
}
#endif

#endif
