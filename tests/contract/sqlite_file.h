// An installation over an SQLite file, in a new folder that goes with it.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "storage/store/open.h"
#include "tests/contract/installation_under_test.h"

namespace stegvis::contract {

class SqliteFile final : public InstallationUnderTest {
 public:
  // In a new folder inside `parent`.
  explicit SqliteFile(const std::string& parent);
  ~SqliteFile() override;

  absl::StatusOr<std::unique_ptr<storage::Store>> Open(
      const Clock& clock) override;
  absl::StatusOr<std::unique_ptr<storage::Store>> OpenWith(
      const std::string& key_source, const Clock& clock) override;
  std::unique_ptr<sql::Connection> OpenRaw() override;
  std::string Folder() const override { return folder_; }
  std::string KeySource() const override;

  std::string DatabaseFile() const;

 private:
  std::string folder_;
};

}  // namespace stegvis::contract
