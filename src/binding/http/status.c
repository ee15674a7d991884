#include "binding/http/primitive.h"

/* TS-0009, table 6.3.2-1. */
static const struct {
    enum hf_rsc rsc;
    unsigned status;
} rows[] = {
    {HF_RSC_OK,                            200},
    {HF_RSC_CREATED,                       201},
    {HF_RSC_DELETED,                       200},
    {HF_RSC_UPDATED,                       200},
    {HF_RSC_BAD_REQUEST,                   400},
    {HF_RSC_RELEASE_VERSION_NOT_SUPPORTED, 501},
    {HF_RSC_NOT_FOUND,                     404},
    {HF_RSC_OPERATION_NOT_ALLOWED,         405},
    {HF_RSC_REQUEST_TIMEOUT,               504},
    {HF_RSC_UNSUPPORTED_MEDIA_TYPE,        415},
    {HF_RSC_CONTENTS_UNACCEPTABLE,         400},
    {HF_RSC_NO_PRIVILEGE,                  403},
    {HF_RSC_CONFLICT,                      409},
    {HF_RSC_ORIGINATOR_NOT_AUTHENTICATED,  403},
    {HF_RSC_SECURITY_ASSOCIATION_REQUIRED, 403},
    {HF_RSC_INVALID_CHILD_RESOURCE_TYPE,   403},
    {HF_RSC_ALREADY_REGISTERED,            403},
    {HF_RSC_INTERNAL_ERROR,                500},
    {HF_RSC_NOT_IMPLEMENTED,               501},
    {HF_RSC_TARGET_NOT_REACHABLE,          404},
    {HF_RSC_NOT_ACCEPTABLE,                406},
};

enum { INTERNAL_SERVER_ERROR = 500 };

unsigned hf_http_status_of(enum hf_rsc rsc)
{
    for (size_t i = 0; i < HF_COUNT(rows); i++)
        if (rows[i].rsc == rsc)
            return rows[i].status;
    return INTERNAL_SERVER_ERROR;
}
