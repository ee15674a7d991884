hf_unit_test(role/mef/method_list USES role_mef)
hf_unit_test(role/mef/issue_key USES role_mef)
