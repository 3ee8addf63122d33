// The whole program.
#pragma once

namespace stegvis::cli {

// Runs the command that the arguments say. The exit status: 0 done, 1 refused
// or failed, 2 wrong usage, 3 done in part.
int Run(int argc, const char* const* argv);

}  // namespace stegvis::cli
