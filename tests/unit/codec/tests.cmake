hf_unit_test(codec/content USES codec)
hf_unit_test(codec/documents USES codec)
