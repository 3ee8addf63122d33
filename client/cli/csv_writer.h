// Writes CSV as the imports read it: UTF-8, `;`, one line break a row.
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace stegvis::cli {

void WriteCsvRow(const std::vector<std::string>& fields, std::ostream& out);

}  // namespace stegvis::cli
