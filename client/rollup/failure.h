// Why a node did not give what it was asked for.
#pragma once

#include <string>

#include "stegvis/v1/outcome.pb.h"

namespace stegvis::rollup {

struct Failure {
  v1::RollupSource::Gap gap = v1::RollupSource::GAP_UNSPECIFIED;
  std::string detail;  // The reason that the node gave.
};

}  // namespace stegvis::rollup
