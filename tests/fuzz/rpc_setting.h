// What a world of calls begins with.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace stegvis::fuzz {

struct RpcSetting {
  absl::string_view user;
  absl::string_view method;
  absl::string_view text;
  std::string name;  // What the thing that is made is called in later calls.
};

// In the order they are made. The people are invented.
const std::vector<RpcSetting>& Setting();

}  // namespace stegvis::fuzz
