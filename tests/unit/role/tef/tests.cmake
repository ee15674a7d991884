hf_unit_test(role/tef/keyed_hash USES role_tef)
