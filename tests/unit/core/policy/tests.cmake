hf_unit_test(core/policy/authorise USES core_policy)
hf_unit_test(core/policy/client USES core_policy)
hf_unit_test(core/policy/key_value USES core_policy)
hf_unit_test(core/policy/targets USES core_policy)
