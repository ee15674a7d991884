/* handfast: what people and scripts call; every command is a row of cli/. */
#include "cli/command.h"

int main(int argc, char **argv)
{
    static const struct hf_command *const *const tables[] = {hf_node_commands,
                                                             hf_operator_commands};

    return hf_command_line(tables, HF_COUNT(tables), argc, argv, stdout, stderr);
}
