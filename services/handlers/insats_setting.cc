#include "services/handlers/insats_setting.h"

#include <utility>

#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/validation/resource_name.h"

namespace stegvis::handlers {
namespace {

absl::StatusOr<std::shared_ptr<const ForbundSetting>> LoadForbund(
    storage::ReadTransaction& tx, ForbundId id) {
  ASSIGN_OR_RETURN(const storage::Versioned<domain::Forbund> forbund,
                   tx.GetForbund(id));
  ASSIGN_OR_RETURN(
      const std::vector<storage::Versioned<domain::Question>> questions,
      tx.ListQuestions(id));
  ForbundSetting loaded{forbund.value, {}};
  for (const storage::Versioned<domain::Question>& question : questions) {
    loaded.questions.push_back(question.value);
  }
  return std::make_shared<const ForbundSetting>(std::move(loaded));
}

}  // namespace

absl::StatusOr<InsatsSetting> LoadSetting(storage::ReadTransaction& tx,
                                          const InsatsKey& key) {
  ASSIGN_OR_RETURN(std::shared_ptr<const ForbundSetting> around,
                   LoadForbund(tx, key.forbund));
  ASSIGN_OR_RETURN(storage::Versioned<domain::Insats> insats,
                   tx.GetInsats(key));
  return InsatsSetting{key, std::move(around), std::move(insats.value)};
}

absl::StatusOr<const InsatsSetting*> SettingCache::Get(
    const std::string& name) {
  auto found = settings_.find(name);
  if (found == settings_.end()) {
    found = settings_
                .emplace(name, std::make_unique<absl::StatusOr<InsatsSetting>>(
                                   Load(name)))
                .first;
  }
  const absl::StatusOr<InsatsSetting>& setting = *found->second;
  if (!setting.ok()) return setting.status();
  return &*setting;
}

absl::StatusOr<InsatsSetting> SettingCache::Load(const std::string& name) {
  const absl::StatusOr<InsatsKey> key = validation::ParseInsatsName(name);
  if (!key.ok()) return AtField("insats", key.status());
  if (const absl::Status permitted = permit_(*key); !permitted.ok()) {
    return AtField("insats", permitted);
  }
  ASSIGN_OR_RETURN(std::shared_ptr<const ForbundSetting> around,
                   Around(key->forbund));
  absl::StatusOr<storage::Versioned<domain::Insats>> insats =
      tx_.GetInsats(*key);
  if (!insats.ok()) return AtField("insats", insats.status());
  return InsatsSetting{*key, std::move(around), std::move(insats->value)};
}

absl::StatusOr<std::shared_ptr<const ForbundSetting>> SettingCache::Around(
    ForbundId forbund) {
  const auto found = forbund_.find(forbund);
  if (found != forbund_.end()) return found->second;
  absl::StatusOr<std::shared_ptr<const ForbundSetting>> loaded =
      LoadForbund(tx_, forbund);
  if (!loaded.ok()) return AtField("insats", loaded.status());
  forbund_.emplace(forbund, *loaded);
  return loaded;
}

}  // namespace stegvis::handlers
