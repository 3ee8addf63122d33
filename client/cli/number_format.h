// Numbers as Swedish readers expect them: blanks between thousands, a decimal
// comma, a real minus sign, one decimal rounded half away from zero.
#pragma once

#include <cstdint>
#include <string>

namespace stegvis::cli {

std::string FormatNumber(int64_t number);        // 24 867
std::string FormatChange(int64_t change);        // +1 200, 0, −16
std::string FormatPercent(double fraction);      // 0.31 is "31,0 %"
std::string FormatPoints(double fraction);       // 0.2 is "+20,0", with sign
std::string FormatPercentChange(double change);  // −0.16 is "−16,0 %"

}  // namespace stegvis::cli
