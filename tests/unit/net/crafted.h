/* Handshake messages and records written by hand: what no well-behaved client would send. */
#ifndef HF_TESTS_UNIT_NET_CRAFTED_H
#define HF_TESTS_UNIT_NET_CRAFTED_H

#include "base/bytes.h"

enum { CRAFTED_ROOM = 80 * 1024 };

struct crafted {
    uint8_t room[CRAFTED_ROOM];
    struct hf_bytes octets;
};

struct crafted_hello {
    uint16_t suites[4];
    size_t suite_count;
    const char *server_name; /* NULL: "mef.example.com"; "": none */
    uint16_t legacy_version; /* 0: 0x0303 */
    bool tls13;              /* supported_versions and an empty key_share */
    bool no_ems, no_etm, no_groups, no_renegotiation_info;
    bool two_server_names, two_extensions;
    size_t padding; /* octets of a padding extension; 0: none */
};

/* Header and body. */
struct hf_bytes craft_hello(struct crafted *c, const struct crafted_hello *h);
/* A ClientKeyExchange of plain PSK, or of ECDHE-PSK with some X25519 point. */
struct hf_bytes craft_key_exchange(struct crafted *c, struct hf_bytes identity, bool has_point);
/* `octets` in records of `step` octets each; 0: one record. */
struct hf_bytes craft_records(struct crafted *c, uint8_t type, struct hf_bytes octets, size_t step);

#endif
