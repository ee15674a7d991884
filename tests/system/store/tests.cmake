hf_unit_test(store/kill SUITE system USES store_sqlite store_test_support)
set_tests_properties(system/store/kill PROPERTIES RUN_SERIAL TRUE) # it counts what a life gets done
