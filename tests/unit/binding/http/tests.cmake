hf_unit_test(binding/http/parser USES binding_http)
hf_unit_test(binding/http/refusals USES binding_http)
hf_unit_test(binding/http/primitive USES binding_http)
