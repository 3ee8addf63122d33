// The command that adds the reports of all nodes.
#pragma once

#include "client/cli/commands.h"

namespace stegvis::cli {

void AddRollupCommand(CommandTable& table);

}  // namespace stegvis::cli
