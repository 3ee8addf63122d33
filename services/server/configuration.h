// What stegvis.toml says.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace stegvis::server {

// Every path is absolute, or relative to the working folder as the file's is.
struct Configuration {
  std::string file;            // Where all of this stands.
  std::string listen;          // `HOST:PORT`; port 0 takes a free one.
  std::string key_source;      // The key source's file.
  std::string data_directory;  // storage.path
  std::string tls_ca;          // Who signs the clients' certificates.
  std::string tls_certificate;
  std::string tls_key;
  bool log_requests = true;  // log.requests: else only what failed.
};

// Reads the file; its paths are relative to it. FAILED_PRECONDITION with
// CONFIGURATION_INVALID, and a fault whose field is the setting, when the file
// cannot be read, a setting is unknown or missing, or a value has another type.
absl::StatusOr<Configuration> ReadConfiguration(const std::string& path);

// The known setting that `setting` is probably meant to be.
std::string NearestSetting(absl::string_view setting);

}  // namespace stegvis::server
