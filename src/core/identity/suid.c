#include "core/identity/suid.h"

/* Where the key or certificate comes from: the tens digit of the table. */
enum origin { PRESHARED = 1, RSPF = 2, MAF_DISTRIBUTED = 3, CERTIFICATE = 4 };
/* What it is used for: the units digit. */
enum use { WITH_MEF = 0, WITH_MAF = 1, SAEF = 2, ESPRIM = 3, ESDATA = 4, ESDATA_SIGN = 5 };

enum { DECIMAL = 10 };

bool hf_suid_is_defined(unsigned suid)
{
    unsigned use = suid % DECIMAL;

    if (use > ESDATA_SIGN)
        return false;
    switch (suid / DECIMAL) {
    case PRESHARED:
    case CERTIFICATE:
        return true;
    case RSPF:
        return use >= WITH_MAF; /* a MEF provisions no key toward a MEF */
    case MAF_DISTRIBUTED:
        return use >= SAEF;
    default:
        return false;
    }
}

bool hf_suid_is_for_mef_registration(unsigned suid)
{
    return hf_suid_is_defined(suid) && suid / DECIMAL == RSPF;
}

bool hf_suid_is_for_maf_registration(unsigned suid)
{
    return hf_suid_is_defined(suid) && suid / DECIMAL == MAF_DISTRIBUTED;
}

bool hf_suid_opens_association(unsigned suid)
{
    return suid == HF_SUID_PRESHARED_SAEF || suid == HF_SUID_RSPF_SAEF || suid == HF_SUID_MAF_SAEF;
}

bool hf_suid_opens_maf(unsigned suid)
{
    return suid == HF_SUID_PRESHARED_MAF || suid == HF_SUID_RSPF_MAF;
}

bool hf_suid_wants_one_target(unsigned suid)
{
    unsigned use = suid % DECIMAL;

    return hf_suid_is_defined(suid) && (use == WITH_MAF || use == SAEF || use == ESPRIM);
}
