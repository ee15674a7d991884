hf_unit_test(crypto/x509 USES core_certificate crypto)
