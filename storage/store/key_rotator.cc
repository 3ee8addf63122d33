#include "storage/store/key_rotator.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"

namespace stegvis::storage {
namespace {

// How many participations' keys are wrapped anew in one write: so few that
// those who register meanwhile wait some milliseconds for them.
constexpr int kKeysAWrite = 200;
// Until what failed is tried again.
constexpr absl::Duration kTryAgain = absl::Seconds(30);

}  // namespace

KeyRotator::KeyRotator(sql::Database& database, GroupWriter& writer,
                       KeyCache& keys, const KeyStatus& status)
    : database_(database),
      writer_(writer),
      keys_(keys),
      status_(status),
      wanted_(status.rotation.has_value()) {
  thread_ = std::thread([this] { Work(); });
}

void KeyRotator::Wake(absl::Time now) {
  absl::MutexLock lock(&mutex_);
  wanted_ = true;
  if (!status_.rotation.has_value()) {
    status_.rotation = KeyRotation();
    status_.rotation->begun_at = now;
  }
  status_.rotation->hindrance = absl::OkStatus();
}

KeyStatus KeyRotator::Status() const {
  absl::MutexLock lock(&mutex_);
  return status_;
}

void KeyRotator::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  absl::MutexLock lock(&join_mutex_);
  if (thread_.joinable()) thread_.join();
}

void KeyRotator::Work() {
  while (AwaitWork()) {
    const absl::Status status = Go();
    absl::MutexLock lock(&mutex_);
    if (!wanted_ && status_.rotation.has_value())
      status_.rotation->hindrance = status;
  }
}

bool KeyRotator::AwaitWork() {
  absl::MutexLock lock(&mutex_);
  const absl::Condition has_news(this, &KeyRotator::HasNews);
  // What does not open opens no sooner for being tried again.
  const bool may_succeed_later = status_.rotation.has_value() &&
                                 !status_.rotation->hindrance.ok() &&
                                 !absl::IsDataLoss(status_.rotation->hindrance);
  if (may_succeed_later) {
    mutex_.AwaitWithTimeout(has_news, kTryAgain);
  } else {
    mutex_.Await(has_news);
  }
  wanted_ = false;
  return !stopping_;
}

bool KeyRotator::IsStopping() const {
  absl::MutexLock lock(&mutex_);
  return stopping_;
}

absl::Status KeyRotator::Go() {
  ASSIGN_OR_RETURN(const std::unique_ptr<sql::Connection> reader,
                   database_.ConnectReader());
  ASSIGN_OR_RETURN(const std::optional<BegunRotation> rotation,
                   FindRotation(*reader));
  if (rotation.has_value()) RETURN_IF_ERROR(Rotate(*reader, *rotation));
  return DestroyOld(*reader);
}

absl::Status KeyRotator::Rotate(sql::Connection& reader,
                                const BegunRotation& rotation) {
  ASSIGN_OR_RETURN(const int64_t keys, CountParticipations(reader));
  {
    absl::MutexLock lock(&mutex_);
    status_.rotation = KeyRotation();
    status_.rotation->begun_at = absl::FromUnixMicros(rotation.begun_at);
    status_.rotation->keys = keys;
  }
  RETURN_IF_ERROR(MakeRoot(rotation.source_version));
  bool ended = false;
  while (!ended) {
    RETURN_IF_ERROR(RotateScopes(reader, rotation));
    // What does not open may need the old keys: so they stay.
    if (Status().rotation->unreadable > 0) return errors::RecordUnreadable();
    RETURN_IF_ERROR(writer_.WriteAndWait([&](SqlWriteTransaction& tx) {
      return tx.Do([&](WriteSession& session) -> absl::Status {
        ASSIGN_OR_RETURN(ended, EndRotation(session, rotation));
        return absl::OkStatus();
      });
    }));
  }
  return absl::OkStatus();
}

absl::Status KeyRotator::MakeRoot(uint32_t version) {
  const seal::KeyVersions roots = keys_.Roots();
  if (seal::FindVersion(roots, version) != nullptr) return absl::OkStatus();
  return keys_.AddRoot(version);
}

absl::Status KeyRotator::RotateScopes(sql::Connection& reader,
                                      const BegunRotation& rotation) {
  {
    absl::MutexLock lock(&mutex_);
    status_.rotation->rotated = 0;
    status_.rotation->unreadable = 0;
    status_.rotation->first_unreadable.clear();
  }
  ASSIGN_OR_RETURN(const std::vector<IdBytes> scopes, ListScopes(reader));
  for (const IdBytes& scope : scopes) {
    const absl::Status status =
        RotateScope(reader, scope, rotation.source_version);
    if (absl::IsDataLoss(status)) {
      ASSIGN_OR_RETURN(const int64_t keys,
                       CountParticipationsOf(reader, scope));
      NoteUnreadable(scope, keys);
      continue;
    }
    RETURN_IF_ERROR(status);
  }
  return absl::OkStatus();
}

absl::Status KeyRotator::RotateScope(sql::Connection& reader,
                                     const IdBytes& scope,
                                     uint32_t source_version) {
  RETURN_IF_ERROR(writer_.WriteAndWait([&](SqlWriteTransaction& tx) {
    return tx.Do([&](WriteSession& session) {
      return RenewScopeKey(session, scope, source_version);
    });
  }));
  // From here on everybody writes with the new key.
  ScopeKeys keys(reader, keys_);
  RETURN_IF_ERROR(keys.Reread(scope).status());
  keys.Publish();
  return RewrapAll(scope);
}

absl::Status KeyRotator::RewrapAll(const IdBytes& scope) {
  std::optional<std::string> after = "";
  while (after.has_value()) {
    if (IsStopping()) return errors::ShuttingDown();
    Rewrapped done;
    RETURN_IF_ERROR(writer_.WriteAndWait([&](SqlWriteTransaction& tx) {
      return tx.Do([&](WriteSession& session) -> absl::Status {
        ASSIGN_OR_RETURN(done, RewrapSome(session, scope, *after, kKeysAWrite));
        return absl::OkStatus();
      });
    }));
    Note(done);
    after = std::move(done.last);
  }
  return absl::OkStatus();
}

absl::Status KeyRotator::DestroyOld(sql::Connection& reader) {
  ASSIGN_OR_RETURN(const KeyStatus status, ReadKeyStatus(reader));
  if (keys_.Roots().front()->version < status.source_version) {
    // Nobody reads what is wrapped under them when this is told done.
    RETURN_IF_ERROR(writer_.WriteAndWait([](SqlWriteTransaction& tx) {
      tx.LeaveNoTrace();
      return absl::OkStatus();
    }));
    keys_.ForgetOlder();
    RETURN_IF_ERROR(keys_.RemoveRootsBefore(status.source_version));
  }
  absl::MutexLock lock(&mutex_);
  status_.source_version = status.source_version;
  status_.made_at = status.made_at;
  // The next one may have begun.
  if (!wanted_) status_.rotation.reset();
  return absl::OkStatus();
}

void KeyRotator::Note(const Rewrapped& done) {
  absl::MutexLock lock(&mutex_);
  status_.rotation->rotated += done.rotated;
  status_.rotation->unreadable += done.unreadable;
  if (status_.rotation->first_unreadable.empty()) {
    status_.rotation->first_unreadable = done.first_unreadable;
  }
}

void KeyRotator::NoteUnreadable(const IdBytes& scope, int64_t keys) {
  absl::MutexLock lock(&mutex_);
  // A förbund without participations has keys all the same.
  status_.rotation->unreadable += std::max<int64_t>(keys, 1);
  if (status_.rotation->first_unreadable.empty()) {
    status_.rotation->first_unreadable =
        absl::StrCat("forbund/", UuidText(scope));
  }
}

}  // namespace stegvis::storage
