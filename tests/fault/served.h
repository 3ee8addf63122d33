// Everything that a store and its reports serve, however damaged it is.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "storage/store/store.h"

namespace stegvis::fault {

struct Served {
  std::multiset<std::string> lines;   // Of each thing that was read.
  std::set<std::string> named;        // What was refused or named unreadable.
  std::optional<std::string> report;  // Of every förbund; nothing: refused.
  int64_t unreadable = 0;             // As the report says.
};

// Reads everything in every way, and stops the store. An error without a reason
// fails the test.
Served Serve(storage::Store& store);

}  // namespace stegvis::fault
