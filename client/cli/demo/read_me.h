// What the demo data set says about itself.
#pragma once

#include <string>

#include "client/cli/demo/generate.h"

namespace stegvis::demo {

// The text of LASMIG.txt, in Swedish.
std::string ReadMe(const GenerateOptions& options);

}  // namespace stegvis::demo
