#include "storage/store/scope_keys.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/sql/query.h"
#include "storage/store/key_statements.h"
#include "storage/store/session.h"

namespace stegvis::storage {

absl::StatusOr<std::vector<seal::WrappedKey>> ReadWrappedKeys(
    sql::Connection& connection, const IdBytes& scope) {
  std::vector<seal::WrappedKey> rows;
  sql::Query query(connection, statements::kReadWrappedKeys);
  query.Blob(1, View(scope));
  while (true) {
    ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) return rows;
    rows.push_back({static_cast<seal::KeyPurpose>(query.IntegerAt(0)),
                    static_cast<uint32_t>(query.IntegerAt(1)),
                    std::string(query.BytesAt(2))});
  }
}

absl::Status PutWrappedKeys(sql::Connection& connection, const IdBytes& scope,
                            const std::vector<seal::WrappedKey>& rows) {
  for (const seal::WrappedKey& row : rows) {
    RETURN_IF_ERROR(sql::Query(connection, statements::kPutWrappedKey)
                        .Blob(1, View(scope))
                        .Integer(2, static_cast<int64_t>(row.purpose))
                        .Integer(3, static_cast<int64_t>(row.version))
                        .Blob(4, row.wrapped)
                        .Run());
  }
  return absl::OkStatus();
}

seal::KeyVersions KeyCache::Roots() const {
  absl::MutexLock lock(&mutex_);
  return source_.Keys();
}

absl::Status KeyCache::AddRoot(uint32_t version) {
  absl::MutexLock lock(&mutex_);
  return source_.Add(version);
}

absl::Status KeyCache::RemoveRootsBefore(uint32_t version) {
  absl::MutexLock lock(&mutex_);
  return source_.RemoveBefore(version);
}

std::shared_ptr<const seal::KeyRing> KeyCache::Find(
    const IdBytes& scope) const {
  absl::MutexLock lock(&mutex_);
  const auto found = rings_.find(scope);
  return found == rings_.end() ? nullptr : found->second;
}

void KeyCache::Add(const IdBytes& scope,
                   const std::shared_ptr<const seal::KeyRing>& ring) {
  absl::MutexLock lock(&mutex_);
  std::shared_ptr<const seal::KeyRing>& known = rings_[scope];
  if (known == nullptr || known->ScopeVersion() < ring->ScopeVersion()) {
    known = ring;
  }
}

void KeyCache::ForgetOlder() {
  absl::MutexLock lock(&mutex_);
  for (auto& [scope, ring] : rings_) {
    ring = std::make_shared<const seal::KeyRing>(ring->WithoutOlder());
  }
}

absl::StatusOr<const seal::KeyRing*> ScopeKeys::Of(const IdBytes& scope) {
  const auto found = rings_.find(scope);
  if (found != rings_.end()) return found->second.get();
  std::shared_ptr<const seal::KeyRing> ring = cache_.Find(scope);
  if (ring != nullptr) return Keep(scope, std::move(ring));

  return Reread(scope);
}

absl::StatusOr<const seal::KeyRing*> ScopeKeys::Reread(const IdBytes& scope) {
  ASSIGN_OR_RETURN(const std::vector<seal::WrappedKey> rows,
                   ReadWrappedKeys(connection_, scope));
  if (rows.empty()) return errors::NotFound();
  ASSIGN_OR_RETURN(seal::KeyRing opened,
                   seal::KeyRing::Open(cache_.Roots(), scope, rows));
  return Keep(scope, std::make_shared<const seal::KeyRing>(std::move(opened)));
}

absl::StatusOr<const seal::KeyRing*> ScopeKeys::Create(const IdBytes& scope) {
  auto ring = std::make_shared<const seal::KeyRing>(seal::KeyRing::Create());
  ASSIGN_OR_RETURN(const std::vector<seal::WrappedKey> rows,
                   ring->Wrap(*cache_.Roots().back(), scope));
  RETURN_IF_ERROR(PutWrappedKeys(connection_, scope, rows));
  return Keep(scope, std::move(ring));
}

void ScopeKeys::Forget() {
  rings_.clear();
  replaced_.clear();
}

void ScopeKeys::Publish() {
  for (const auto& [scope, ring] : rings_) cache_.Add(scope, ring);
  Forget();
}

const seal::KeyRing* ScopeKeys::Keep(
    const IdBytes& scope, std::shared_ptr<const seal::KeyRing> ring) {
  std::shared_ptr<const seal::KeyRing>& kept = rings_[scope];
  if (kept != nullptr) replaced_.push_back(kept);
  kept = std::move(ring);
  return kept.get();
}

}  // namespace stegvis::storage
