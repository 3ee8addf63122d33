// Small whole files.
#pragma once

#include <filesystem>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace stegvis::cli {

// FAILED_PRECONDITION with a Swedish line when the file cannot be read.
absl::StatusOr<std::string> ReadFile(const std::filesystem::path& path);

// Writes a file that only its owner can read. It stands there whole or not at
// all.
absl::Status WriteFile(const std::filesystem::path& path,
                       absl::string_view text);

// What WriteFile would say of a folder or a right that is missing, before the
// server is asked for what cannot be undone. An empty path is no file: OK.
absl::Status CheckWritable(const std::filesystem::path& path);

}  // namespace stegvis::cli
