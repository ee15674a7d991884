hf_unit_test(store/kill SUITE system USES store_sqlite store_test_support)
