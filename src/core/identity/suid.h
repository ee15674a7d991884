/*
 * SUID: what a key or certificate may be used for (TS-0004, 6.3.4.2.39; digest section 4).
 */
#ifndef HF_CORE_IDENTITY_SUID_H
#define HF_CORE_IDENTITY_SUID_H

#include <stdbool.h>
#include <stdint.h>

enum hf_suid {
    HF_SUID_NONE = 0,
    HF_SUID_PRESHARED_MEF = 10,
    HF_SUID_PRESHARED_MAF = 11,
    HF_SUID_PRESHARED_SAEF = 12,
    HF_SUID_RSPF_MAF = 21,
    HF_SUID_RSPF_SAEF = 22,
    HF_SUID_RSPF_ESPRIM = 23,
    HF_SUID_RSPF_ESDATA = 24,
    HF_SUID_RSPF_ESDATA_SIGN = 25,
    HF_SUID_MAF_SAEF = 32,
    HF_SUID_MAF_ESPRIM = 33,
    HF_SUID_MAF_ESDATA = 34,
    HF_SUID_MAF_ESDATA_SIGN = 35,
    HF_SUID_CERTIFICATE_MEF = 40,
    HF_SUID_CERTIFICATE_MAF = 41,
};

bool hf_suid_is_defined(unsigned suid); /* every value of the table; 20, 30, 31 are not */
bool hf_suid_is_for_mef_registration(unsigned suid); /* 21..25 */
bool hf_suid_is_for_maf_registration(unsigned suid); /* 32..35 */
bool hf_suid_opens_association(unsigned suid);       /* 12, 22, 32: a psk between Entity A and B */
bool hf_suid_opens_maf(unsigned suid);               /* 11, 21: Km */
bool hf_suid_wants_one_target(unsigned suid);        /* MAF, SAEF and ESPrim uses: exactly one */

#endif
