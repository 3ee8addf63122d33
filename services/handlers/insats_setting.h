// What a participation or a count lies in: its förbund, insats and questions.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/ids.h"
#include "services/domain/participation.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

// A förbund and what it asks.
struct ForbundSetting {
  domain::Forbund forbund;
  std::vector<domain::Question> questions;
};

// An insats in it. Settings of one förbund share it: they are kept for a
// message of an import, where each would copy it otherwise.
struct InsatsSetting {
  InsatsKey key;
  std::shared_ptr<const ForbundSetting> around;
  domain::Insats insats;

  // What the rules want; valid as long as this and `codes`.
  domain::Surroundings Get(const domain::CodeBook& codes, Day today) const {
    return domain::Surroundings{around->forbund, insats, around->questions,
                                codes, today};
  }
};

// NOT_FOUND without such an insats.
absl::StatusOr<InsatsSetting> LoadSetting(storage::ReadTransaction& tx,
                                          const InsatsKey& key);

// The settings that one message of an import needs, each loaded once. One
// thread, one transaction.
class SettingCache {
 public:
  using Permit = std::function<absl::Status(const InsatsKey&)>;

  // `permit` says whether the caller may import into an insats. Both must
  // outlive the cache.
  SettingCache(storage::ReadTransaction& tx, Permit permit)
      : tx_(tx), permit_(std::move(permit)) {}

  // The setting of the insats called `name`; valid as long as the cache.
  // NAME_INVALID, then what `permit` says, then NOT_FOUND, at `insats`.
  absl::StatusOr<const InsatsSetting*> Get(const std::string& name);

 private:
  absl::StatusOr<InsatsSetting> Load(const std::string& name);
  absl::StatusOr<std::shared_ptr<const ForbundSetting>> Around(
      ForbundId forbund);

  storage::ReadTransaction& tx_;
  const Permit permit_;
  absl::flat_hash_map<std::string,
                      std::unique_ptr<absl::StatusOr<InsatsSetting>>>
      settings_;
  absl::flat_hash_map<ForbundId, std::shared_ptr<const ForbundSetting>>
      forbund_;
};

}  // namespace stegvis::handlers
