hf_unit_test(core/derive/derive USES core_derive)
hf_unit_test(core/derive/refusals USES core_derive)
hf_unit_test(core/derive/second_implementation USES core_derive)
