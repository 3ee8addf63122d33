// Profiles: where the server is and who the user is.
#pragma once

#include <string>

#include "absl/status/statusor.h"

namespace stegvis::cli {

struct Profile {
  std::string address;
  std::string ca_pem;
  std::string certificate_pem;
  std::string key_pem;
};

// Reads a profile in TOML and the files it names, relative to itself. Says
// which file or key is missing.
absl::StatusOr<Profile> ReadProfile(const std::string& path);

}  // namespace stegvis::cli
