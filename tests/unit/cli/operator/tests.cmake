foreach(piece key_strength seen import tree)
    hf_unit_test(cli/operator_${piece} USES cli)
endforeach()
