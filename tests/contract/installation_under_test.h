// An installation for the store's contract: made new in a folder of its own,
// opened and closed at will, and changed behind the store's back.
#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/clock.h"
#include "storage/sql/connection.h"
#include "storage/store/store.h"

namespace stegvis::contract {

class InstallationUnderTest {
 public:
  virtual ~InstallationUnderTest() = default;

  // Opens the store; at most one at a time, or DATABASE_IN_USE.
  virtual absl::StatusOr<std::unique_ptr<storage::Store>> Open(
      const Clock& clock) = 0;
  // The same with another key source.
  virtual absl::StatusOr<std::unique_ptr<storage::Store>> OpenWith(
      const std::string& key_source, const Clock& clock) = 0;

  // A connection past the store, which must be closed.
  virtual std::unique_ptr<sql::Connection> OpenRaw() = 0;

  // A folder for the test's own files.
  virtual std::string Folder() const = 0;
  virtual std::string KeySource() const = 0;
};

// Makes an installation; the parameter of the suite.
struct InstallationMaker {
  const char* name;
  std::unique_ptr<InstallationUnderTest> (*make)();

  friend void PrintTo(const InstallationMaker& maker, std::ostream* out) {
    *out << maker.name;
  }
};

}  // namespace stegvis::contract
