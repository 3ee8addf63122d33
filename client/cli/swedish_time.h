// Moments as people in Sweden read them.
#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <string>

namespace stegvis::cli {

// `2026-01-31 14:05`; empty for a moment that is not set.
std::string SwedishTime(const google::protobuf::Timestamp& moment);

}  // namespace stegvis::cli
