#include "tests/contract/sqlite_file.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "storage/seal/key_source.h"
#include "storage/sqlite/sqlite_connection.h"

namespace stegvis::contract {

SqliteFile::SqliteFile(const std::string& parent)
    : folder_(absl::StrCat(parent, "/storeXXXXXX")) {
  EXPECT_NE(mkdtemp(folder_.data()), nullptr);
  EXPECT_TRUE(seal::KeySource::Create(KeySource()).ok());
}

SqliteFile::~SqliteFile() { std::filesystem::remove_all(folder_); }

absl::StatusOr<std::unique_ptr<storage::Store>> SqliteFile::Open(
    const Clock& clock) {
  return OpenWith(KeySource(), clock);
}

absl::StatusOr<std::unique_ptr<storage::Store>> SqliteFile::OpenWith(
    const std::string& key_source, const Clock& clock) {
  return storage::OpenStore({folder_, key_source, true}, clock);
}

std::unique_ptr<sql::Connection> SqliteFile::OpenRaw() {
  return sqlite::SqliteConnection::Open(DatabaseFile()).value();
}

std::string SqliteFile::KeySource() const {
  return absl::StrCat(folder_, "/key-source");
}

std::string SqliteFile::DatabaseFile() const {
  return absl::StrCat(folder_, "/stegvis.db");
}

}  // namespace stegvis::contract
