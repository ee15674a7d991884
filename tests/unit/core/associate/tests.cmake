hf_unit_test(core/associate/associate USES core_associate test_diagram)
