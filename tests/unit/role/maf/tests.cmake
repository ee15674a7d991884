hf_unit_test(role/maf/known_ids USES role_maf)
hf_unit_test(role/maf/admit_km USES role_maf)
