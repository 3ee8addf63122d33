// A picture of flows, from the left to the right: bands as wide as they are
// many.
#pragma once

#include <string>
#include <vector>

#include "client/cli/svg_chart.h"

namespace stegvis::cli {

struct FlowBand {
  std::string from;
  std::string to;
  double count = 0;
  bool stressed = false;  // Shown in another colour.
};

// The largest on either side by name; the others together as "Övriga".
std::string FlowsSvg(const ChartText& text, const std::vector<FlowBand>& bands);

}  // namespace stegvis::cli
