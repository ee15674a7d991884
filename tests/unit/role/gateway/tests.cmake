hf_unit_test(role/gateway/key_cache USES role_gateway)
hf_unit_test(role/gateway/origin USES role_gateway)
hf_unit_test(role/gateway/resolve_kc USES role_gateway)
