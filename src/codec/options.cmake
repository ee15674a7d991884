# A library of its own: the daemon's and the node's configuration need no JSON.
hf_library(codec_options
    SOURCES options.c options_file.c option_value.c options_show.c
    USES base core_identity PkgConfig::YAML)
hf_library(codec_node_facts
    SOURCES node_facts.c
    USES base core_record codec)
