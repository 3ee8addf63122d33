// Pages of a list: how many, and where to go on.
//
// A page token holds the key of the last thing shown and a digest of the query
// (method and arguments), so that it cannot be used with another. Keys are ids,
// codes and titles; never anything about a person.
//
// Pure functions. Safe from any thread.
#pragma once

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace stegvis::validation {

// What a list is asked for.
struct Page {
  int size = 0;       // 1 to limits::kMaxPageSize.
  std::string after;  // The key of the last thing shown; empty = the start.
};

// The page that `request`, which has the fields `page_size` and `page_token`,
// asks for: 0 means 50, above 500 means 500. INVALID_ARGUMENT with
// PAGE_TOKEN_MISMATCH at `page_token`.
absl::StatusOr<Page> PageOf(const google::protobuf::Message& request);

// The token for what comes after `last_key` in the same query.
std::string NextPageToken(const google::protobuf::Message& request,
                          absl::string_view last_key);

}  // namespace stegvis::validation
