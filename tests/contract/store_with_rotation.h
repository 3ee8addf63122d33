// A store whose keys are rotated.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/seal/key_source.h"
#include "storage/sql/query.h"
#include "tests/contract/store_with_erasures.h"

namespace stegvis::contract {

// More than one write of the rotation takes.
inline constexpr uint8_t kMany = 230;

class StoreWithRotation : public StoreWithErasures {
 protected:
  absl::Status Begin() {
    return store_->WriteAndWait(
        [](WriteTransaction& tx) { return tx.BeginKeyRotation(); });
  }
  // Waits for as long as `is_so` is not; each look waits for a commit.
  void Await(const std::function<bool(const storage::KeyStatus&)>& is_so) {
    while (!is_so(store_->Keys())) {
      ASSERT_THAT(store_->WriteAndWait(
                      [](WriteTransaction&) { return absl::OkStatus(); }),
                  IsOk());
    }
  }
  void AwaitEnd() {
    Await([](const storage::KeyStatus& keys) { return !keys.rotation; });
  }
  void AwaitHindrance() {
    Await([](const storage::KeyStatus& keys) {
      return keys.rotation && !keys.rotation->hindrance.ok();
    });
  }
  void Rotate() {
    ASSERT_THAT(Begin(), IsOk());
    AwaitEnd();
  }

  void PutMany() {
    for (uint8_t id = 1; id <= kMany; ++id) Put(Participation(id));
  }
  void ExpectAllOpen(uint8_t many) {
    for (uint8_t id = 1; id <= many; ++id) {
      EXPECT_THAT(Get(id), IsOk()) << int{id};
    }
  }

  // What a statement gives in its first row and column, past the store.
  int64_t Ask(const std::string& sql) {
    const std::unique_ptr<sql::Connection> raw = installation_->OpenRaw();
    sql::Query query(*raw, sql);
    EXPECT_TRUE(query.Step().value());
    return query.IntegerAt(0);
  }
  // Keys of participations that are not wrapped under `version`.
  int64_t NotUnder(int version) {
    return Ask(
        absl::StrCat("SELECT count(*) FROM participation WHERE hex("
                     "substr(wrapped_key, 2, 4)) <> '0000000",
                     version, "'"));
  }
  std::vector<uint32_t> SourceVersions() {
    std::vector<uint32_t> versions;
    const auto source = seal::KeySource::Load(installation_->KeySource());
    EXPECT_THAT(source, IsOk());
    for (const auto& key : source->Keys()) versions.push_back(key->version);
    return versions;
  }
  std::string CopyOfKeySource(const std::string& name) {
    const std::string copy = absl::StrCat(installation_->Folder(), "/", name);
    std::filesystem::copy_file(
        installation_->KeySource(), copy,
        std::filesystem::copy_options::overwrite_existing);
    return copy;
  }
};

}  // namespace stegvis::contract
